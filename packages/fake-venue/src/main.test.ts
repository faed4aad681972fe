import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from '#testing/venue-for-test.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

async function started(flags: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout!.on('data', (chunk) => {
    output += chunk;
  });
  const url = await until(() => /fake venue at (\S+)/.exec(output)?.[1], 20_000);
  return { child, url };
}

test('the program serves the venue and the calls that drive it, and ends on a signal', async (t) => {
  const { child, url } = await started(['--still', '--wallet', '5000']);
  t.after(() => child.kill('SIGKILL'));
  const send = async (method: string, path: string, body?: unknown, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  assert.equal((await send('GET', '/fapi/v1/time')).status, 200);
  const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 0.01 };
  assert.equal((await send('POST', '/fake/owner/order', order)).body.status, 'FILLED');
  assert.equal(((await send('GET', '/fake/account')).body.positions as unknown[]).length, 1);
  assert.equal((await send('POST', '/fake/market/move', { symbol: 'BTCUSDT', price: 61000 })).status, 200);
  assert.equal((await send('POST', '/fake/owner/close', { symbol: 'BTCUSDT' })).status, 200);
  assert.deepEqual((await send('GET', '/fake/account')).body.positions, []);

  assert.equal((await send('POST', '/fake/faults', { serverErrors: true, noSuchFault: true })).status, 400);
  assert.equal((await send('GET', '/fapi/v1/time')).status, 200, 'none is set when one is unknown');
  await send('POST', '/fake/faults', { serverErrors: { body: 'json' } });
  assert.equal((await send('GET', '/fapi/v1/time')).status, 502);
  assert.equal((await send('DELETE', '/fake/faults')).body.serverErrors, false);

  assert.equal((await send('POST', '/fake/owner/order', { ...order, symbol: 'NOSUCH' })).status, 409);
  assert.equal((await send('POST', '/fake/owner/order', { ...order, quantity: '1' })).status, 400);
  assert.equal((await send('POST', '/fake/nothing')).status, 404);
  assert.equal((await send('GET', '/fake/account', undefined, { origin: 'http://example.test' })).status, 403);

  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
});

test('the program speaks the dialect that it is told to', async (t) => {
  const { child, url } = await started(['--still', '--dialect', 'bybit-linear']);
  t.after(() => child.kill('SIGKILL'));
  const body = (await (await fetch(`${url}/v5/market/time`)).json()) as { retCode: number };
  assert.equal(body.retCode, 0);
  assert.equal((await fetch(`${url}/fapi/v1/time`)).status, 404);
  assert.equal((await fetch(`${url}/fake/account`)).status, 200);
});

test('bad usage is told and ends with 2', () => {
  for (const flags of [
    ['--nothing'],
    ['--dialect', 'toString'],
    ['--wallet', 'much'],
    ['--recording', '/no/such/file'],
  ]) {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...flags], { encoding: 'utf8', timeout: 20_000 });
    assert.equal(status, 2);
    assert.match(stderr, /Usage:/);
  }
});
