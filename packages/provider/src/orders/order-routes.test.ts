import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import test from 'node:test';
import { newOrder, providerForTest } from '#testing/provider-for-test.ts';

const stop = { type: 'STOP_MARKET', side: 'SELL', reduceOnly: true } as const;

async function withPosition(t: Parameters<typeof providerForTest>[0]) {
  const provider = await providerForTest(t);
  const { status, body } = await provider.call('POST', '/api/orders', { order: newOrder() });
  assert.equal(status, 200);
  assert.equal(body.status, 'FILLED');
  return { ...provider, price: body.priceExecuted as number, externalId: body.externalId as string };
}

test('a placed order is found by each of its ids', async (t) => {
  const { call, externalId } = await withPosition(t);
  for (const id of ['order1', externalId]) {
    const { status, body } = await call('GET', `/api/orders/${id}`);
    assert.equal(status, 200);
    assert.equal(body.clientOrderId, 'order1');
  }
  const missing = await call('GET', '/api/orders/nobody');
  assert.equal(missing.status, 404);
  assert.equal(missing.body.code, 'ORDER_NOT_FOUND');
});

test('the same id again is the first order, with another body 409, from a replaced instance 409', async (t) => {
  const { call } = await withPosition(t);
  const again = await call('POST', '/api/orders', { order: newOrder() });
  assert.equal(again.status, 200);
  const other = await call('POST', '/api/orders', { order: newOrder({ quantity: 0.02 }) });
  assert.deepEqual([other.status, other.body.code], [409, 'CLIENT_ORDER_ID_REUSED']);
  await call('POST', '/api/orders', { order: newOrder({ clientOrderId: 'a', epoch: 5 }) });
  const fenced = await call('POST', '/api/orders', { order: newOrder({ clientOrderId: 'b', epoch: 4 }) });
  assert.deepEqual([fenced.status, fenced.body.code], [409, 'FENCED']);
  const cancel = (epoch: number) =>
    call('DELETE', `/api/orders/a/paper/futures?symbol=BTCUSDT&inspector=inspector&epoch=${epoch}`);
  const late = await cancel(4);
  assert.deepEqual([late.status, late.body.code], [409, 'FENCED']);
  assert.notEqual((await cancel(5)).body.code, 'FENCED');
  const app = { appKey: 'inspector', url: 'http://127.0.0.1:8008' };
  const back = await call('POST', '/api/apps/registry/register', { ...app, epoch: 4 });
  assert.deepEqual([back.status, back.body.code], [409, 'FENCED']);
  assert.deepEqual(back.body.errors, [{ path: '/epoch', message: 'must be at least 5' }]);
  assert.equal((await call('POST', '/api/apps/registry/register', { ...app, epoch: 5 })).status, 200);
});

test('a rejected order is answered with reason and the venue’s words', async (t) => {
  const { call } = await providerForTest(t);
  const { status, body } = await call('POST', '/api/orders', { order: newOrder({ quantity: 1e6 }) });
  assert.equal(status, 200);
  assert.deepEqual([body.status, body.reason], ['REJECTED', 'MARGIN']);
  assert.ok(body.reasonText);
});

test('all that is wrong with a body is told at once, and nothing is sent', async (t) => {
  const { call } = await providerForTest(t);
  const { status, body } = await call('POST', '/api/orders', {
    order: { ...newOrder(), quantity: '1', side: 'UP', extra: true },
    more: 1,
  });
  assert.equal(status, 400);
  const paths = (body.errors as { path: string }[]).map(({ path }) => path).sort();
  assert.deepEqual(paths, ['/more', '/order/extra', '/order/quantity', '/order/side']);
  assert.equal((await call('GET', '/api/orders/paper/futures?state=recent')).body.count, 0);
  assert.equal((await call('GET', '/api/orders/paper/futures?nope=1')).status, 400);
  assert.equal((await call('GET', '/api/orders/moon/futures')).body.code, 'CONNECTOR_UNKNOWN');
});

test('stops are listed, replaced without a gap, and cancelled', async (t) => {
  const { call, price } = await withPosition(t);
  const stopPrice = Math.round(price * 0.9);
  const placed = await call('POST', '/api/orders', { order: newOrder({ ...stop, clientOrderId: 'stop1', stopPrice }) });
  assert.equal(placed.body.status, 'NEW');
  const replaced = await call('PUT', '/api/orders/stop1', { order: { stopPrice: stopPrice + 10 } });
  assert.equal(replaced.status, 200);
  const open = await call('GET', '/api/orders/paper/futures');
  const [only] = open.body.data as { clientOrderId: string; stopPrice: number }[];
  assert.equal(open.body.count, 1);
  assert.deepEqual([only?.stopPrice, only?.clientOrderId], [stopPrice + 10, replaced.body.clientOrderId]);
  const final = await call('PUT', '/api/orders/stop1', { order: { stopPrice: stopPrice + 20 } });
  assert.deepEqual([final.status, final.body.code], [409, 'ORDER_FINAL']);
  const canceled = await call('DELETE', `/api/orders/${only?.clientOrderId}/paper/futures`);
  assert.deepEqual([canceled.status, canceled.body.status], [200, 'CANCELED']);
  const missing = await call('DELETE', '/api/orders/nobody/paper/futures');
  assert.deepEqual([missing.status, missing.body.code], [404, 'ORDER_NOT_FOUND']);
});

test('an entry is cancelled before its replacement goes, and keeps its size', async (t) => {
  const { call, price } = await withPosition(t);
  const limit = { type: 'LIMIT', price: Math.round(price * 0.8), clientOrderId: 'limit1' };
  assert.equal((await call('POST', '/api/orders', { order: newOrder(limit) })).body.status, 'NEW');
  const replaced = await call('PUT', '/api/orders/limit1', {
    order: { price: Math.round(price * 0.81), quantity: 0.02 },
  });
  assert.deepEqual([replaced.status, replaced.body.quantity, replaced.body.status], [200, 0.02, 'NEW']);
  assert.equal((await call('GET', '/api/orders/limit1')).body.status, 'CANCELED');
  const canceled = await call('DELETE', '/api/orders/all/paper/futures?symbol=BTCUSDT');
  assert.equal(canceled.body.count, 1);
  assert.equal((await call('GET', '/api/orders/paper/futures')).body.count, 0);
});

test('closing takes the whole position, never more, and says when there is none', async (t) => {
  const { call } = await withPosition(t);
  const { quantity: _quantity, type: _type, ...rest } = newOrder({ side: 'SELL', clientOrderId: 'close1' });
  const closed = await call('PUT', '/api/orders/close', { order: { ...rest, quantity: 99 } });
  assert.deepEqual([closed.status, closed.body.status, closed.body.quantity], [200, 'FILLED', 0.01]);
  assert.equal(closed.body.reduceOnly, true);
  const none = await call('PUT', '/api/orders/close', { order: { ...rest, clientOrderId: 'close2' } });
  assert.deepEqual([none.status, none.body.code], [404, 'POSITION_UNKNOWN']);
});

test('reading needs viewer, sending operator', async (t) => {
  const digest = (secret: string) => hash('sha256', secret);
  const tokens = [
    { role: 'viewer', sha256: digest('viewer-token') },
    { role: 'trader', sha256: digest('trader-token') },
    { role: 'operator', sha256: digest('operator-token') },
  ] as const;
  const { call } = await providerForTest(t, { tokens: [...tokens] });
  assert.equal((await call('GET', '/api/orders/paper/futures', undefined, { token: 'viewer-token' })).status, 200);
  for (const token of ['viewer-token', 'trader-token']) {
    const { status, body } = await call('POST', '/api/orders', { order: newOrder() }, { token });
    assert.deepEqual([status, body.code], [403, 'FORBIDDEN']);
  }
  const sent = await call('POST', '/api/orders', { order: newOrder() }, { token: 'operator-token' });
  assert.equal(sent.body.status, 'FILLED');
});
