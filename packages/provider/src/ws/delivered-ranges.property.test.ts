import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createDeliveredRanges } from './delivered-ranges.ts';

test('has exactly the sequences of the ranges that were added', () => {
  const range = fc.tuple(fc.integer({ min: -1, max: 60 }), fc.integer({ min: -1, max: 60 }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 20 }), (added) => {
      const ranges = createDeliveredRanges();
      for (const [after, through] of added) ranges.add(after, through);
      for (let seq = -1; seq <= 61; seq += 1) {
        const expected = added.some(([after, through]) => seq > after && seq <= through);
        assert.equal(ranges.has(seq), expected, `seq ${seq}`);
      }
    }),
  );
});
