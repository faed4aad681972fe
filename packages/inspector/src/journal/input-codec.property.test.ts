import assert from 'node:assert/strict';
import test from 'node:test';
import type { BookInput, EngineInput } from '@inspector/engine';
import fc from 'fast-check';
import { decodeInputs } from './input-decoder.ts';
import { createInputEncoder } from './input-encoder.ts';
import { JournalError } from './journal-error.ts';

const number = fc.double();
const now = fc.oneof(fc.nat({ max: 2_000_000_000_000 }), number);
const seq = fc.oneof(fc.constant(Number.NaN), fc.maxSafeNat(), number);
const market = { now, symbol: fc.nat({ max: 100_000 }), time: now, seq };
const levels = fc.array(number, { maxLength: 60 }).map((all) => Float64Array.from(all.slice(0, all.length & ~1)));

const input: fc.Arbitrary<EngineInput> = fc.oneof(
  fc.record({ kind: fc.constant('trade' as const), ...market, price: number, quantity: number, market: fc.boolean() }),
  fc.record({ kind: fc.constant('price' as const), ...market, price: number, mark: fc.boolean() }),
  fc.record({ kind: fc.constant('candle' as const), ...market, close: number }),
  fc.record({ kind: fc.constant('clock' as const), now }),
  fc
    .record({ kind: fc.constant('book' as const), ...market, bids: levels, asks: levels })
    .map((book) => ({ ...book, bidCount: book.bids.length / 2, askCount: book.asks.length / 2 })),
  fc.record({
    kind: fc.constant('command' as const),
    now: fc.nat(),
    command: fc.string({ unit: 'binary' }),
    actor: fc.string(),
    fields: fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value))),
  }),
);

/** fast-check also makes objects without a prototype; what the edges hand in has one. */
function plain(each: EngineInput): EngineInput {
  return { ...each };
}

function decodeAll(bytes: Uint8Array): EngineInput[] {
  const seen: EngineInput[] = [];
  decodeInputs(bytes, (each) => {
    if (each.kind !== 'book') seen.push({ ...each });
    else
      seen.push({ ...each, bids: each.bids.slice(0, 2 * each.bidCount), asks: each.asks.slice(0, 2 * each.askCount) });
  });
  return seen;
}

test('any batch of inputs comes back as it went in, to the last bit', () => {
  const encoder = createInputEncoder();
  fc.assert(
    fc.property(fc.array(input, { maxLength: 40 }), (drawn) => {
      const inputs = drawn.map(plain);
      encoder.reset();
      for (const each of inputs) encoder.append(each);
      assert.equal(encoder.count, inputs.length);
      assert.deepStrictEqual(decodeAll(encoder.bytes()), inputs);
    }),
    { numRuns: 500 },
  );
});

test('a book whose arrays are reused is stored as it was at the call', () => {
  const encoder = createInputEncoder();
  const bids = new Float64Array(8);
  const asks = new Float64Array(8);
  const book: BookInput = { kind: 'book', now: 1, symbol: 3, bids, bidCount: 0, asks, askCount: 0, time: 1, seq: 1 };
  for (let round = 1; round <= 4; round++) {
    book.now = round * 10;
    book.time = round * 10 - 3;
    book.bidCount = round;
    book.askCount = 4 - round;
    bids.fill(round);
    asks.fill(-round);
    encoder.append(book);
  }
  const seen = decodeAll(encoder.bytes()) as BookInput[];
  assert.deepEqual(
    seen.map((each) => [each.now, each.time, [...each.bids], [...each.asks]]),
    [1, 2, 3, 4].map((round) => [
      round * 10,
      round * 10 - 3,
      new Array(2 * round).fill(round),
      new Array(2 * (4 - round)).fill(-round),
    ]),
  );
});

test('undo takes back the newest input only', () => {
  const encoder = createInputEncoder();
  encoder.append({ kind: 'clock', now: 5 });
  encoder.append({ kind: 'clock', now: 900 });
  encoder.undo();
  encoder.append({ kind: 'clock', now: 7 });
  assert.deepEqual(decodeAll(encoder.bytes()), [
    { kind: 'clock', now: 5 },
    { kind: 'clock', now: 7 },
  ]);
});

test('an input that JSON cannot hold is refused and leaves the batch as it was', () => {
  const encoder = createInputEncoder();
  encoder.append({ kind: 'clock', now: 5 });
  assert.throws(() => encoder.append({ kind: 'command', now: 6, command: 'x', actor: 'a', fields: { quantity: 1n } }));
  assert.deepEqual(decodeAll(encoder.bytes()), [{ kind: 'clock', now: 5 }]);
});

test('bytes that are no batch are DATA_DIR_CORRUPT, never a crash or an endless loop', () => {
  const encoder = createInputEncoder();
  fc.assert(
    fc.property(fc.array(input, { minLength: 1, maxLength: 8 }), fc.nat(), fc.uint8Array(), (inputs, cut, noise) => {
      encoder.reset();
      for (const each of inputs) encoder.append(each);
      const whole = Uint8Array.from(encoder.bytes());
      const broken = Uint8Array.from([...whole.subarray(0, 1 + (cut % whole.length)), ...noise]);
      try {
        decodeAll(broken);
      } catch (error) {
        assert.ok(error instanceof JournalError && error.code === 'DATA_DIR_CORRUPT');
      }
    }),
  );
});
