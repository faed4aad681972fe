import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stuckAdvice, stuckReason } from './stuck-advice.ts';

const connector = (ok: boolean) => ({ connectorType: 'ccxt', marketType: 'futures', ok, lastEventAt: 0, lagMs: 0 });

test('the reason of a hang is the venue where it is away, else what is left', () => {
  const remaining = { orders: 1, positions: 2 };
  assert.match(stuckReason({ remaining, connectors: [connector(true)] }), /2 positions and 1 order\./);
  assert.match(stuckReason({ remaining, connectors: [connector(false)] }), /does not answer.*ccxt:futures/);
  assert.match(stuckReason({ remaining: { orders: 0, positions: 0 }, connectors: [] }), /has not confirmed/);
  assert.match(stuckAdvice({ remaining, connectors: [connector(false)] })[0] ?? '', /Open the venue itself/);
  assert.equal(stuckAdvice({ remaining: { orders: 0, positions: 0 }, connectors: [] }).length, 2);
});
