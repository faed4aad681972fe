import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonsOf, isAccountCovered } from './account-scope.ts';

test('an account is covered by everything, by itself, by its symbols, and by any detector', () => {
  const key = 'binance:futures:main';
  for (const scope of ['global', 'detector:scalper', `account:${key}`, 'symbol:binance:futures:BTCUSDT']) {
    assert.ok(isAccountCovered([scope], key), scope);
  }
  for (const scope of ['account:binance:futures', 'symbol:binance:spot:BTCUSDT']) {
    assert.ok(!isAccountCovered([scope], key), scope);
  }
});

test('an account that never answered counts only while no other did', () => {
  const never = { accountKey: 'okx:spot', lastAt: null };
  const once = { accountKey: 'binance:futures', lastAt: 5 };
  assert.deepEqual(comparisonsOf([never, once], ['global']), [once]);
  assert.deepEqual(comparisonsOf([never], ['global']), [never]);
  assert.deepEqual(comparisonsOf([once], ['account:okx:spot']), []);
});
