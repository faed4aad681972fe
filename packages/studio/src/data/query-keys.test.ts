import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysAfter, queryKeys } from './query-keys.ts';

test('a record makes the answers that depend on it old, each once', () => {
  const keys = keysAfter([{ kind: 'POSITION_CLOSED' }, { kind: 'POSITION_OPENED' }, { kind: 'ORDER_SENT' }]);
  assert.deepEqual([...keys], [queryKeys.positions, queryKeys.trades, queryKeys.dashboard]);
  assert.equal(keysAfter([{ kind: 'ORDER_RESULT' }]).size, 0);
});
