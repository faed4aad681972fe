import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clearLadder, copyBest, createPriceLadder, setLevels } from './price-ladder.ts';

/** Prices of one market: ticks of one size, of which many happen to be round, so that the ladder learns the tick late. */
const market = fc
  .integer({ min: 0, max: 5 })
  .map((decimals) => (ticks: number) => Number((60 + ticks / 10 ** decimals).toFixed(decimals)));
const ticks = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map((tens) => 1000 * tens),
  fc.integer({ min: 0, max: 300 }).map((tens) => 100 * tens),
  fc.integer({ min: 0, max: 30_000 }),
);
const batches = fc.array(fc.array(fc.tuple(ticks, fc.constantFrom(0, 0, 0.5, 1, 2.25)), { maxLength: 30 }), {
  maxLength: 20,
});

type Level = [price: number, quantity: number];

function bestOf(model: ReadonlyMap<number, number>, direction: 1 | -1, worseThan: number): Level[] {
  return [...model]
    .filter(([at]) => Number.isNaN(worseThan) || (at - worseThan) * direction > 0)
    .sort(([a], [b]) => (a - b) * direction);
}

for (const direction of [1, -1] as const) {
  test(`a ladder of ${direction === 1 ? 'asks' : 'bids'} shows what a sorted map would`, () => {
    fc.assert(
      fc.property(market, batches, fc.integer({ min: 1, max: 40 }), ticks, (priceOf, changes, limit, bound) => {
        const ladder = createPriceLadder(direction);
        const model = new Map<number, number>();
        for (const change of changes) {
          const batch = change.map(([at, quantity]): Level => [priceOf(at), quantity]);
          setLevels(ladder, Float64Array.from(batch.flat()), batch.length);
          for (const [at, quantity] of batch) {
            if (quantity > 0) model.set(at, quantity);
            else model.delete(at);
          }
          // A bound that is no tick of the ladder is for its caller to refine.
          const worseThan = model.has(priceOf(bound)) ? priceOf(bound) : Number.NaN;
          const into = new Float64Array(2 * limit);
          const count = copyBest(ladder, worseThan, into, 0, limit);
          const expected = bestOf(model, direction, worseThan).slice(0, limit);
          assert.deepEqual([...into.subarray(0, 2 * count)], expected.flat());
        }
      }),
      { numRuns: 300 },
    );
  });
}

test('a ladder keeps the pages nearest to the best price', () => {
  const ladder = createPriceLadder(1);
  const far = Array.from({ length: 100 }, (_, index) => [1000 + 2048 * index, 1]);
  setLevels(ladder, Float64Array.from(far.flat()), far.length);
  const into = new Float64Array(400);
  assert.equal(copyBest(ladder, Number.NaN, into, 0, 200), 64);
  setLevels(ladder, Float64Array.of(5, 2), 1);
  assert.equal(copyBest(ladder, Number.NaN, into, 0, 200), 65);
  assert.deepEqual([...into.subarray(0, 4)], [5, 2, 1000, 1]);
});

test('a cleared ladder has no levels, and levels of no price are passed over', () => {
  const ladder = createPriceLadder(-1);
  setLevels(ladder, Float64Array.of(0, 1, -5, 1, 1e300, 1, 100.5, 1), 4);
  const into = new Float64Array(8);
  assert.equal(copyBest(ladder, Number.NaN, into, 0, 4), 1);
  clearLadder(ladder);
  assert.equal(copyBest(ladder, Number.NaN, into, 0, 4), 0);
});
