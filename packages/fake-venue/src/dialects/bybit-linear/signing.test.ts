import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, bybitFor } from '#testing/bybit-for-test.ts';

const WALLET = '/v5/account/wallet-balance';
const UNIFIED = { accountType: 'UNIFIED' };

test('a signed call is answered, with the query signed or the body, and a public one without a key', async (t) => {
  const client = await bybitFor(t);
  assert.equal((await client.get(WALLET, UNIFIED)).code, 0);
  assert.equal((await client.post('/v5/order/create', BUY)).code, 0);
  assert.equal((await client.open('/v5/market/time')).code, 0);
});

test('keys and signatures are refused with the codes of the venue', async (t) => {
  const client = await bybitFor(t);
  const bare = await client.open(WALLET, UNIFIED);
  assert.deepEqual([bare.status, bare.code], [401, 10003]);
  const other = await client.get(WALLET, UNIFIED, { apiKey: 'other' });
  assert.deepEqual([other.status, other.code], [200, 10003]);
  assert.equal((await client.get(WALLET, UNIFIED, { secret: 'wrong' })).code, 10004);
  assert.equal((await client.post('/v5/order/create', BUY, { secret: 'wrong' })).code, 10004);
  assert.equal(client.venue.account().orders.length, 0);
});

test('a timestamp may be behind by recv_window and ahead by less than a second', async (t) => {
  const client = await bybitFor(t);
  const at = async (offsetMs: number, recvWindow = 5000): Promise<number | undefined> =>
    (await client.get(WALLET, UNIFIED, { timestamp: Date.now() + offsetMs, recvWindow })).code;
  assert.equal(await at(-50_000, 60_000), 0);
  assert.equal(await at(-61_000, 60_000), 10002);
  assert.equal(await at(-100, 50), 10002);
  assert.equal(await at(900), 0);
  assert.equal(await at(5000), 10002);
});

test('a venue whose clock is ahead refuses who does not correct for it, and tells its own time', async (t) => {
  const client = await bybitFor(t);
  client.venue.faults.clockOffsetMs = 6000;
  const uncorrected = await client.get(WALLET, UNIFIED, { timestamp: Date.now() });
  assert.equal(uncorrected.code, 10002);
  assert.match(uncorrected.message, /req_timestamp\[\d{13}\],server_timestamp\[\d{13}\],recv_window\[5000\]/);
  assert.equal((await client.get(WALLET, UNIFIED)).code, 0);
  const { result } = await client.open('/v5/market/time');
  assert.ok(Math.abs(Number(result.timeNano) / 1e6 - Date.now() - 6000) < 2000);
});

test('an unknown path is not found', async (t) => {
  const { status, code } = await (await bybitFor(t)).open('/v5/market/nothing');
  assert.deepEqual([status, code], [404, 10017]);
});
