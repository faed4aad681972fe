import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { auditViolations } from '@inspector/contract';
import { runExample } from './run-example.ts';

const FOLDER = join(import.meta.dirname, 'scenarios');

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ndjson'))
  .map((name) => name.slice(0, -'.ndjson'.length));

test('there are scenarios', () => assert.ok(names.length > 0));

for (const name of names) {
  test(`scenario ${name} gives the expected records in order, each as the contract says`, async () => {
    const { lines, missing } = await runExample(join(FOLDER, name));
    const tail = missing?.candidates.map((record) => JSON.stringify(record)).join('\n');
    const wanted = `expected record ${missing?.index} did not come: ${JSON.stringify(missing?.expected)} among\n${tail}`;
    assert.equal(missing, null, wanted);
    for (const line of lines.slice(0, -1)) assert.deepEqual(auditViolations(JSON.parse(line)), [], line);
  });
}
