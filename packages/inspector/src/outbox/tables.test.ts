import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { equityTable, recordTables } from './tables.ts';

test('docs/questdb.md names every table and its columns, in order', () => {
  const text = readFileSync(new URL('../../../../docs/questdb.md', import.meta.url), 'utf8');
  const described = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [, table, columns] = /^\| `(inspector_\w+)` \|[^|]*\| (.*) \|$/.exec(line) ?? [];
    if (table !== undefined && columns !== undefined) described.set(table, columns.replaceAll('`', '').split(', '));
  }
  const made = [...recordTables, equityTable].map(({ name, columns }) => [name, Object.keys(columns)]);
  assert.deepEqual([...described], made);
});
