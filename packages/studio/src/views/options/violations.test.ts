import assert from 'node:assert/strict';
import { test } from 'node:test';
import { belongsTo, fromServer } from './violations.ts';

test("the server's violations are told by their place in the options", () => {
  const [violation] = fromServer([{ path: '/options/noTradeWindows/0/from', message: 'must be a time of day' }]);
  assert.deepEqual(violation, { pointer: '/noTradeWindows/0/from', message: 'Must be a time of day.' });
  assert.ok(violation !== undefined && belongsTo(violation, ['noTradeWindows']));
  assert.ok(!belongsTo({ pointer: '/noTradeWindowsX', message: '' }, ['noTradeWindows']));
});
