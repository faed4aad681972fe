import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createDownsampler } from './downsample.ts';
import { pointAt } from './testing/points.ts';

const sampled = (equities: readonly number[], points: number) => {
  const given = equities.map((equityUsd, index) => pointAt(1_000 + index * 10, { equityUsd }));
  const sampler = createDownsampler({ from: 1_000, to: given.at(-1)?.ts ?? 1_000, points });
  for (const point of given) sampler.add(point);
  return { given, result: sampler.result() };
};

const lowest = (points: readonly { equityUsd: number }[]) => Math.min(...points.map(({ equityUsd }) => equityUsd));
const highest = (points: readonly { equityUsd: number }[]) => Math.max(...points.map(({ equityUsd }) => equityUsd));

test('as many as are asked for come out as they are, one more is thinned out', () => {
  const few = sampled([5, 1, 9, 4, 4, 4, 4, 4, 4, 4], 10);
  assert.deepEqual(few.result, few.given);
  const many = sampled([5, 1, 9, 4, 4, 4, 4, 4, 4, 4, 4], 10);
  assert.ok(many.result.length < many.given.length);
});

test('each part of the time gives its last', () => {
  const { result } = sampled(Array(80).fill(7), 10);
  // 0 to 790 ms in eight parts of 98.75 ms; of equal values the first is the lowest and the highest.
  assert.deepEqual(
    result.map(({ ts }) => ts - 1_000),
    [0, 90, 190, 290, 390, 490, 590, 690, 790],
  );
});

test('points of one moment are no division by zero', () => {
  const sampler = createDownsampler({ from: 5, to: 5, points: 10 });
  for (let equityUsd = 0; equityUsd < 11; equityUsd += 1) sampler.add(pointAt(5, { equityUsd }));
  assert.deepEqual([lowest(sampler.result()), highest(sampler.result())], [0, 10]);
});

test('never more than asked for, in the order of time, and the lowest and the highest are among them', () => {
  const equities = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(equities, fc.integer({ min: 10, max: 60 }), (values, points) => {
      const { given, result } = sampled(values, points);
      assert.ok(result.length <= points && result.length > 0);
      assert.ok(result.every((point, index) => index === 0 || point.ts > result[index - 1]!.ts));
      assert.ok(result.every((point) => given.includes(point)));
      assert.deepEqual([lowest(result), highest(result)], [lowest(given), highest(given)]);
      assert.equal(result.at(-1), given.at(-1));
    }),
    { numRuns: 300 },
  );
});
