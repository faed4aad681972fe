import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Envelope } from '@inspector/contract';
import { createConnectorWatch, SILENT_AFTER_MS } from './connector-watch.ts';

const price = {
  source: 'PROVIDER',
  timestamp: 900,
  payload: { connectorType: 'paper', marketType: 'futures' },
} as Envelope;

test('a connector is ok until it was silent for longer than the bound', () => {
  const watch = createConnectorWatch();
  watch.note(price, 1_000);
  const [state] = watch.states(1_000 + SILENT_AFTER_MS);
  assert.deepEqual(state, { connectorType: 'paper', marketType: 'futures', lastEventAt: 1_000, lagMs: 100, ok: true });
  const [silent] = watch.states(1_001 + SILENT_AFTER_MS);
  assert.deepEqual([silent?.ok, silent?.reason], [false, 'silent for 30 s']);
});

test('one that was never heard of is not ok', () => {
  const watch = createConnectorWatch();
  watch.expect({ connectorType: 'paper', marketType: 'spot' });
  assert.deepEqual(watch.states(0), [
    { connectorType: 'paper', marketType: 'spot', lastEventAt: null, lagMs: null, ok: false, reason: 'no event yet' },
  ]);
});

test('only what a Provider says counts', () => {
  const watch = createConnectorWatch();
  watch.note({ ...price, source: 'DETECTOR' } as Envelope, 1_000);
  assert.deepEqual(watch.states(1_000), []);
});
