import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OptionField, optionFields } from '@inspector/contract';
import fc from 'fast-check';
import { optionsOf } from './options-history.ts';
import { optionsTrail } from './testing/options-trail.ts';

/** Runs of each test; a run is up to twenty changes through runner and engine. */
const RUNS = 60;

function valuesOf({ type, values, default: value }: OptionField): fc.Arbitrary<unknown> {
  switch (type) {
    case 'number':
    case 'integer':
      return fc.constantFrom(value, 1, 2, 3);
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...(values ?? []));
    case 'list':
      return fc.array(fc.constantFrom('BTC', 'ETH'), { maxLength: 2 });
    default:
      return fc.constantFrom(value, 'manual', 60);
  }
}

const fieldPatch = fc.constantFrom(...optionFields).chain((field) =>
  // Under an override null takes the field away; of the base it is refused.
  fc.oneof({ weight: 4, arbitrary: valuesOf(field) }, fc.constant(null)).map((given) => {
    return field.path.split('.').reduceRight<unknown>((inner, step) => ({ [step]: inner }), given);
  }),
);

const override = fc.oneof({ weight: 3, arbitrary: fieldPatch }, fc.constantFrom(null, { riskManagement: null }));
const emptyOverride = fc.constantFrom({}, { riskManagement: {} }, { policies: { dailyLoss: {} } });
const kinds = fc.constantFrom('symbols', 'detectors', 'accounts');

const changes = (names: readonly string[], override: fc.Arbitrary<unknown>) => {
  const entries = fc.dictionary(fc.constantFrom(...names), override, { minKeys: 1, maxKeys: 3 });
  const overrides = fc.tuple(kinds, entries).map(([kind, given]) => ({ overrides: { [kind]: given } }));
  return fc.array(fc.oneof(fieldPatch, overrides), { minLength: 4, maxLength: 20, size: 'max' });
};

async function rebuilt(patches: readonly unknown[]) {
  const { journal, versions, settings } = await optionsTrail(patches);
  const known = { inForce: settings(), newest: settings().version };
  return Promise.all(
    versions.map(async (expected, index) => ({ expected, options: await optionsOf(journal, index + 1, known) })),
  );
}

test('every version comes out as it was, also with names that hold points, or that objects have anyway', async () => {
  const names = ['BTC', 'ETH.P', 'a.b.c', 'general', 'constructor', 'toString'];
  let count = 0;
  await fc.assert(
    fc.asyncProperty(changes(names, fc.oneof(override, emptyOverride)), async (patches) => {
      const versions = await rebuilt(patches);
      count += versions.length;
      for (const { options, expected } of versions) assert.deepEqual(options, expected);
    }),
    { numRuns: RUNS },
  );
  assert.ok(count > 4 * RUNS, `only ${count} versions came about`);
});

/** Overrides that hold nothing change nothing, and cannot be told apart. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withoutEmpty(inner)] as const);
  const kept = entries.filter(([, inner]) => inner !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

test('where a path can mean two places the version comes out as it was, or not at all', async () => {
  const names = ['BTC', 'BTC.riskManagement', 'BTC.policies.dailyLoss', 'BTC.riskManagement.riskManagement'];
  await fc.assert(
    fc.asyncProperty(changes(names, override), async (patches) => {
      for (const { options, expected } of await rebuilt(patches)) {
        if (options !== undefined) assert.deepEqual(withoutEmpty(options), withoutEmpty(expected));
      }
    }),
    { numRuns: RUNS },
  );
});
