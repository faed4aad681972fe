import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventLoopDelay } from './event-loop-delay.ts';

/** Long enough for the slowest machine; the wait ends as soon as there is something. */
const DEADLINE_MS = 10_000;

test('tells the delays since it was last asked, in seconds', async (t) => {
  const delay = createEventLoopDelay();
  t.after(() => delay.stop());
  const deadline = performance.now() + DEADLINE_MS;
  let readings = delay.take();
  while (readings.length === 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    readings = delay.take();
  }
  assert.deepEqual(
    readings.map(([labels]) => labels),
    [['0.5'], ['0.99'], ['1']],
  );
  const values = readings.map(([, value]) => value as number);
  assert.ok(
    values.every((value) => value > 0 && value < DEADLINE_MS / 1000),
    String(values),
  );
  assert.deepEqual(
    values,
    values.toSorted((a, b) => a - b),
  );
  assert.deepEqual(delay.take(), [], 'the window begins anew');
});
