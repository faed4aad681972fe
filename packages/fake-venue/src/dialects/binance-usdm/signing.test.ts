import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, venueFor } from '#testing/venue-for-test.ts';

test('a signed call is answered, whether its parameters are in the query or in the body', async (t) => {
  const client = await venueFor(t);
  assert.equal((await client.signed('GET', '/fapi/v3/balance')).status, 200);
  assert.equal((await client.signed('POST', '/fapi/v1/order', BUY)).status, 200);
});

test('keys, signatures and times are refused with the codes of the venue', async (t) => {
  const client = await venueFor(t);
  const { url } = client.venue;
  const codeOf = async (
    answer: Promise<{ status: number; body: { code?: number } }>,
  ): Promise<[number, number | undefined]> => {
    const { status, body } = await answer;
    return [status, body.code];
  };
  assert.deepEqual(await codeOf(client.open('GET', '/fapi/v3/balance')), [401, -2014]);
  const other = await fetch(`${url}/fapi/v3/balance?timestamp=1&signature=x`, { headers: { 'x-mbx-apikey': 'other' } });
  assert.deepEqual([other.status, ((await other.json()) as { code: number }).code], [401, -2015]);
  assert.deepEqual(await codeOf(client.signed('GET', '/fapi/v3/balance', {}, 'wrong')), [400, -1022]);
  assert.deepEqual(await codeOf(client.keyed('GET', '/fapi/v3/balance')), [400, -1102]);
  assert.deepEqual(await codeOf(client.keyed('GET', '/fapi/v3/balance', { timestamp: Date.now() })), [400, -1102]);
  assert.deepEqual(await codeOf(client.signed('GET', '/fapi/v3/balance', { recvWindow: 60_000 })), [200, undefined]);
  assert.deepEqual(await codeOf(client.signed('GET', '/fapi/v3/balance', { recvWindow: 60_001 })), [400, -1131]);
});

test('a timestamp may be behind by recvWindow and ahead by a second, and no more', async (t) => {
  const client = await venueFor(t);
  const at = async (offsetMs: number, recvWindow = 5000): Promise<number | undefined> =>
    (await client.signed('GET', '/fapi/v3/balance', { timestamp: Date.now() + offsetMs, recvWindow })).body.code;
  assert.equal(await at(-50_000, 60_000), undefined);
  assert.equal(await at(-61_000, 60_000), -1021);
  assert.equal(await at(-100, 50), -1021);
  assert.equal(await at(900), undefined);
  assert.equal(await at(5000), -1021);
});

test('a venue whose clock is ahead refuses who does not correct for it, and tells its own time', async (t) => {
  const client = await venueFor(t);
  client.venue.faults.clockOffsetMs = 6000;
  const uncorrected = await client.signed('GET', '/fapi/v3/balance', { timestamp: Date.now() });
  assert.equal(uncorrected.body.code, -1021);
  assert.equal((await client.signed('GET', '/fapi/v3/balance')).status, 200);
  const { body } = await client.open('GET', '/fapi/v1/time');
  assert.ok(Math.abs(Number(body.serverTime) - Date.now() - 6000) < 2000);
});
