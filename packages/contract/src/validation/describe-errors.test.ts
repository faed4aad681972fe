import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeErrors } from '@inspector/contract';
import Type from 'typebox';
import { Errors } from 'typebox/value';

const schema = Type.Object(
  {
    name: Type.String({ minLength: 2 }),
    side: Type.Enum(['LONG', 'SHORT']),
    until: Type.Union([Type.Literal('manual'), Type.Number({ exclusiveMinimum: 0 })]),
    kind: Type.Literal('x'),
    list: Type.Array(Type.Object({ price: Type.Number() })),
  },
  { additionalProperties: false },
);
const good = { name: 'ab', side: 'LONG', until: 1, kind: 'x', list: [] };
const described = (value: unknown, prefix?: string) => describeErrors(Errors(schema, value), prefix);

test('what is right has no errors', () => assert.deepEqual(described(good), []));

test('a missing field and an unknown field are named by their own place', () => {
  const { name: _, ...rest } = good;
  const errors = described({ ...rest, 'a/b': 1 }).sort((a, b) => a.path.localeCompare(b.path));
  assert.deepEqual(errors, [
    { path: '/a~1b', message: 'is not a known field' },
    { path: '/name', message: 'is missing' },
  ]);
});

test('a union that fits nothing is one error', () => {
  assert.deepEqual(described({ ...good, until: 'x' }), [
    { path: '/until', message: 'is none of the values or shapes allowed here' },
  ]);
});

test('named values are listed', () => {
  assert.deepEqual(described({ ...good, side: 'UP', kind: 'y' }), [
    { path: '/side', message: 'must be one of LONG, SHORT' },
    { path: '/kind', message: 'must be "x"' },
  ]);
});

test('an item of a list is named by its number, after the prefix', () => {
  assert.deepEqual(described({ ...good, list: [{ price: 1 }, { price: null }] }, '/payload'), [
    { path: '/payload/list/1/price', message: 'must be a number' },
  ]);
});

test('past a hundred the violations are counted', () => {
  const errors = described({ ...good, list: Array.from({ length: 130 }, () => ({ price: null })) });
  assert.equal(errors.length, 101);
  assert.deepEqual(errors[100], { path: '', message: 'and 30 more violations' });
});
