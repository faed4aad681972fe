import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditKind, AuditRecord } from '@inspector/contract';
import { levelChanges, timesMoved } from './level-changes.ts';
import { type PositionEvent, positionEvent } from './position-events.ts';

/** Newest first, as they are read. */
const eventsOf = (...told: [AuditKind, code: string, clientOrderId: string, price: number, positionId?: string][]) =>
  told
    .map(
      ([kind, code, clientOrderId, price, positionId = 'p1'], at): AuditRecord => ({
        seq: at + 1,
        ts: at + 1,
        kind,
        code,
        severity: 'info',
        accountKey: 'paper:futures',
        symbol: 'BTCUSDT',
        positionId,
        traceId: 't',
        message: 'said so',
        data: { price, quantity: 1, clientOrderId },
        epoch: 1,
      }),
    )
    .map(positionEvent)
    .filter((event): event is PositionEvent => event !== undefined)
    .reverse();

test('a stop stands where the venue had it, and the one before it ends nothing when it is cancelled', () => {
  const events = eventsOf(
    ['PROTECTION_PLACED', 'STOP', 's1', 90],
    ['PROTECTION_MOVED', 'STOP', 's2', 95],
    ['PROTECTION_CANCELLED', 'STOP', 's1', 90],
  );
  const changes = levelChanges(events, 'p1', 'stop');
  assert.deepEqual(changes, [
    { ts: 1, price: 90 },
    { ts: 2, price: 95 },
  ]);
  assert.equal(timesMoved(changes), 1);
});

test('it stands no more once its own order ended, and again with the next', () => {
  const events = eventsOf(
    ['PROTECTION_PLACED', 'STOP', 's1', 90],
    ['PROTECTION_FAILED', 'STOP', 's1', 90],
    ['PROTECTION_PLACED', 'STOP', 's2', 90],
    ['PROTECTION_CANCELLED', 'STOP', 's2', 90],
  );
  const changes = levelChanges(events, 'p1', 'stop');
  assert.deepEqual(
    changes.map(({ price }) => price),
    [90, null, 90, null],
  );
  assert.equal(timesMoved(changes), 0, 'it came back where it was');
});

test('one that was refused before it stood is no change', () => {
  assert.deepEqual(levelChanges(eventsOf(['PROTECTION_FAILED', 'STOP', 's1', 90]), 'p1', 'stop'), []);
});

test('targets, and the stops of the other side of the symbol, are their own', () => {
  const events = eventsOf(
    ['PROTECTION_PLACED', 'TARGET', 't1', 120],
    ['PROTECTION_PLACED', 'STOP', 's1', 90],
    ['PROTECTION_PLACED', 'STOP', 'o1', 110, 'p2'],
  );
  assert.deepEqual(levelChanges(events, 'p1', 'stop'), [{ ts: 2, price: 90 }]);
  assert.deepEqual(levelChanges(events, 'p1', 'target'), [{ ts: 1, price: 120 }]);
  assert.deepEqual(levelChanges(events, 'p2', 'stop'), [{ ts: 3, price: 110 }]);
});
