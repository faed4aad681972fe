import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choiceOf, completeScope, confirmWord, isConfirmed, scopeWords } from './kill-scope.ts';

test('each scope has a word of its own, and only that word confirms it', () => {
  assert.equal(confirmWord('global'), 'KILL ALL');
  assert.equal(confirmWord('symbol:paper:futures:BTCUSDT'), 'KILL BTCUSDT');
  assert.equal(confirmWord('account:paper:futures'), 'KILL paper:futures');
  assert.equal(confirmWord('detector:trend'), 'KILL trend');
  assert.ok(isConfirmed('global', '  kill  all '));
  for (const typed of ['', 'KILL', 'KILL BTCUSDT', 'KILLALL', 'KILL ALL!'])
    assert.ok(!isConfirmed('global', typed), typed);
});

test('a scope is complete with a name without spaces', () => {
  assert.equal(completeScope({ kind: 'global', name: 'x' }), 'global');
  assert.equal(completeScope({ kind: 'account', name: ' paper:futures ' }), 'account:paper:futures');
  assert.equal(completeScope({ kind: 'symbol', name: '' }), null);
  assert.equal(completeScope({ kind: 'detector', name: 'a b' }), null);
  assert.equal(completeScope({ kind: 'side', name: 'paper:futures:BTCUSDT' }), null);
  assert.equal(completeScope({ kind: 'side', name: 'paper:futures:BTCUSDT:LONG' }), 'side:paper:futures:BTCUSDT:LONG');
  for (const scope of ['global', 'account:paper:futures:7', 'side:a:b:C:SHORT']) {
    assert.equal(completeScope(choiceOf(scope)), scope);
  }
  assert.equal(scopeWords('symbol:paper:futures:BTCUSDT'), 'symbol BTCUSDT at paper:futures');
  assert.equal(scopeWords('side:paper:futures:BTCUSDT:LONG'), 'LONG of BTCUSDT at paper:futures');
});
