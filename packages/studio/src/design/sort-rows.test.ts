import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortRows } from './sort-rows.ts';

const rows = [{ v: 2 }, { v: null }, { v: 10 }, { v: -1 }, { v: undefined }];

test('figures are sorted as figures, and what has none comes last either way', () => {
  const values = (descending: boolean) => sortRows(rows, ({ v }) => v, descending).map(({ v }) => v ?? null);
  assert.deepEqual(values(false), [-1, 2, 10, null, null]);
  assert.deepEqual(values(true), [10, 2, -1, null, null]);
});

test('rows of the same value stay in their order, and names with digits are sorted by them', () => {
  const named = ['B10', 'B2', 'A', 'b2'].map((name, at) => ({ name, at }));
  assert.deepEqual(
    sortRows(named, ({ name }) => name, false).map(({ name }) => name),
    ['A', 'b2', 'B2', 'B10'],
  );
  assert.deepEqual(
    sortRows(named, () => 1, true).map(({ at }) => at),
    [0, 1, 2, 3],
  );
});
