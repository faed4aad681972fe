import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRoute, routeTo } from './route.ts';

test('an address names a view and its parameters, an empty one the first view', () => {
  assert.deepEqual(parseRoute(''), { view: 'now', params: {} });
  assert.deepEqual(parseRoute('#/'), { view: 'now', params: {} });
  assert.deepEqual(parseRoute('#/audit?kind=ORDER_SENT&symbol=A%26B'), {
    view: 'audit',
    params: { kind: 'ORDER_SENT', symbol: 'A&B' },
  });
});

test('what routeTo writes, parseRoute reads, without what is not given', () => {
  const params = { scope: 'symbol:paper:futures:BTCUSDT', code: 'SPREAD' };
  assert.deepEqual(parseRoute(routeTo('headroom', { ...params, other: undefined })), { view: 'headroom', params });
  assert.equal(routeTo('now'), '#/now');
});
