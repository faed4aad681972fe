import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultOptions, mergeOptions, type Options, OptionsSchema, optionFields } from '@inspector/contract';
import fc from 'fast-check';
import { Check } from 'typebox/value';

/** Mostly the names and values that the schema knows, so that the walk goes deep; now and then anything. */
const names = [
  ...new Set(optionFields.flatMap(({ path }) => path.split('.'))),
  'overrides',
  'symbols',
  'accounts',
  'BTCUSDT',
];
const value = fc.oneof(
  fc.constantFrom(
    0,
    1,
    2.5,
    -1,
    1e9,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    false,
    null,
    'trailing',
    'BLOCK',
    'manual',
    'UTC',
  ),
  fc.jsonValue(),
);
const patches = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    value,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('node'), { maxKeys: 4 }),
  ),
})).node;

const fieldPatch = fc
  .constantFrom(...optionFields.map(({ path }) => path))
  .chain((path) =>
    value.map((leaf) => path.split('.').reduceRight<unknown>((inner, step) => ({ [step]: inner }), leaf)),
  );

const isValid = (options: Options) => Check(OptionsSchema, options);

test('mergeOptions never throws, and what it answers is valid or a list of violations', () => {
  fc.assert(
    fc.property(fc.oneof(patches, fieldPatch), (patch) => {
      const result = mergeOptions(defaultOptions, patch);
      if ('options' in result) assert.ok(isValid(result.options));
      else assert.ok(result.errors.length > 0);
    }),
    { numRuns: 500 },
  );
});

/** Options that came about by some accepted changes. */
const reachable = fc.array(fc.oneof(fieldPatch, patches), { maxLength: 8 }).map((changes) =>
  changes.reduce<Options>((options, patch) => {
    const result = mergeOptions(options, patch);
    return 'options' in result ? result.options : options;
  }, defaultOptions),
);

test('merging nothing changes nothing', () => {
  fc.assert(
    fc.property(reachable, (options) => {
      const result = mergeOptions(options, {});
      assert.ok('options' in result);
      assert.deepEqual(result.options, options);
    }),
    { numRuns: 200 },
  );
});

test('options put back as they were read are the same options', () => {
  fc.assert(
    fc.property(reachable, reachable, (options, other) => {
      const result = mergeOptions(other, JSON.parse(JSON.stringify(options)));
      assert.ok('options' in result);
      assert.deepEqual(result.options, options);
    }),
    { numRuns: 200 },
  );
});

test('a change that is made twice is made once', () => {
  fc.assert(
    fc.property(reachable, fieldPatch, (options, patch) => {
      const once = mergeOptions(options, patch);
      fc.pre('options' in once);
      if ('options' in once) assert.deepEqual(mergeOptions(once.options, patch), once);
    }),
    { numRuns: 60 },
  );
});
