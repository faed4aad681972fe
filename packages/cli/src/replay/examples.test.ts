import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { firstMissing, matches } from './expected-records.ts';
import { runExample } from './run-example.ts';

const FOLDER = join(import.meta.dirname, '../../../../../shared/examples');

const names = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith('.ndjson'))
      .map((name) => name.slice(0, -'.ndjson'.length))
  : [];

if (names.length === 0) test('examples', { skip: 'the folder shared/examples is not beside the project' });

for (const name of names) {
  test(`example ${name} gives the expected records in order, and the same bytes twice`, async () => {
    const first = await runExample(join(FOLDER, name));
    const { missing } = first;
    const tail = missing?.candidates.map((record) => JSON.stringify(record)).join('\n');
    assert.equal(
      missing,
      null,
      `expected record ${missing?.index} did not come: ${JSON.stringify(missing?.expected)} among\n${tail}`,
    );
    const second = await runExample(join(FOLDER, name));
    assert.deepEqual(second.lines, first.lines);
  });
}

test('expected records are an ordered subsequence of which only the named fields count', () => {
  const records = [
    { kind: 'A', n: 1 },
    { kind: 'B', data: { x: 0.1 + 0.2, y: 2 } },
    { kind: 'A', n: 2 },
  ];
  assert.equal(firstMissing(records, [{ kind: 'A' }, { data: { x: 0.3 } }, { n: 2 }]), null);
  assert.equal(firstMissing(records, [{ n: 2 }, { n: 1 }])?.index, 1);
  assert.equal(firstMissing(records, [{ kind: 'A', n: 3 }])?.index, 0);
});

test('a null, a text and a missing field are no number', () => {
  assert.equal(matches({ n: null }, { n: 0 }), false);
  assert.equal(matches({ n: '1' }, { n: 1 }), false);
  assert.equal(matches({}, { n: undefined }), true);
  assert.equal(matches({ list: [1, 2] }, { list: [1] }), false);
});
