import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultOptions, mergeOptions, type OptionField, optionFields } from '@inspector/contract';

const pointerOf = (path: string): string => `/${path.replaceAll('.', '/')}`;

const patchOf = (path: string, value: unknown): unknown =>
  path.split('.').reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);

const valueAt = (options: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((group, step) => (group as Record<string, unknown>)[step], options);

function accepts({ path }: OptionField, value: unknown): void {
  const result = mergeOptions(defaultOptions, patchOf(path, value));
  assert.ok('options' in result, `${path} = ${value}: ${JSON.stringify(result)}`);
  assert.deepEqual(valueAt(result.options, path), value);
}

function refuses({ path }: OptionField, value: unknown): void {
  const result = mergeOptions(defaultOptions, patchOf(path, value));
  assert.ok('errors' in result, `${path} = ${value} was taken`);
  assert.ok(
    result.errors.some((error) => error.path.startsWith(pointerOf(path))),
    `${path} = ${value}: ${JSON.stringify(result)}`,
  );
}

const numbers = optionFields.filter(({ type }) => type === 'number' || type === 'integer');

describe('every number of the options', () => {
  for (const field of numbers) {
    const { path, type, minimum, exclusiveMinimum, maximum } = field;
    const step = type === 'integer' ? 1 : 1e-6;
    test(`${path} is refused just outside its bounds and taken at them`, () => {
      assert.ok(maximum !== null && (minimum !== null || exclusiveMinimum !== null), 'has no bounds');
      accepts(field, maximum);
      refuses(field, maximum * (1 + 1e-9) + 1e-6);
      if (minimum !== null) accepts(field, minimum);
      refuses(field, minimum === null ? exclusiveMinimum : minimum - step);
      if (exclusiveMinimum !== null) accepts(field, exclusiveMinimum + step);
      if (type === 'integer') refuses(field, (minimum ?? 0) + 1.5);
    });
    test(`${path} is no NaN, Infinity, text, switch or null`, () => {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '1', true, null, [], {}]) refuses(field, value);
    });
  }
});

test('every switch, name and list refuses what it is not', () => {
  for (const field of optionFields.filter(({ type }) => !['number', 'integer'].includes(type))) {
    if (field.type === 'boolean') for (const value of ['true', 1, null]) refuses(field, value);
    if (field.type === 'enum') for (const value of ['other', '', 1, null]) refuses(field, value);
    if (field.type === 'list') for (const value of ['BTC', [1], [''], {}, null]) refuses(field, value);
    if (field.type === 'until')
      for (const value of ['never', 0, -1, 31_536_001, Number.NaN, null]) refuses(field, value);
    for (const value of field.values ?? []) {
      if (value !== 'trailing') accepts(field, value);
    }
  }
});

test('the end of a lock is by hand, at the day end or after seconds; only exposure ends with its cause', () => {
  for (const field of optionFields.filter(({ type }) => type === 'until')) {
    for (const value of ['manual', 'day-end', 1e-6, 31_536_000]) accepts(field, value);
    if (field.path.startsWith('policies.exposure')) accepts(field, 'while-it-lasts');
    else refuses(field, 'while-it-lasts');
  }
});

test('every field has a default that it takes, a sentence and, as a limit, a direction', () => {
  for (const field of optionFields) {
    accepts(field, field.default);
    assert.match(field.description, /\.$/, field.path);
    assert.equal(field.isLimit, field.stricter !== null, field.path);
    if (field.zeroIsOff) assert.ok(field.isLimit && field.minimum === 0, field.path);
    if (field.type === 'number') assert.ok(field.unit, field.path);
  }
});
