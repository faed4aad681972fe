import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from './table.ts';

test('columns are as wide as their widest cell, numbers stand right, no line ends in blanks', () => {
  const rows = [
    ['code', 'count', 'note'],
    ['LEVERAGE', '7', ''],
    ['OK', '1,200', 'good'],
  ];
  assert.equal(
    table(rows, { alignRight: [1], indent: ' ' }),
    ' code      count  note\n LEVERAGE      7\n OK        1,200  good',
  );
});
