import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readOptionsFile } from './options-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'options-'));
after(() => rmSync(folder, { recursive: true }));

function read(content: string) {
  const path = join(folder, 'options.json');
  writeFileSync(path, content);
  return readOptionsFile(path);
}

test('a part is merged into the defaults, bare or as REST takes it', () => {
  for (const content of [
    '{"riskManagement": {"maxDailyLossPercent": 3}}',
    '{"options": {"riskManagement": {"maxDailyLossPercent": 3}}}',
  ]) {
    const result = read(content);
    assert.ok('options' in result);
    assert.deepEqual(
      [result.options.riskManagement.maxDailyLossPercent, result.options.riskManagement.maxDrawdownPercent],
      [3, 15],
    );
  }
});

test('all violations come together', () => {
  const result = read('{"riskManagement": {"maxDailyLossPercent": -3, "what": 1}, "other": 1}');
  assert.ok('errors' in result);
  assert.equal(result.errors.length, 3);
});

test('a file that is no JSON, no object or not there is a violation', () => {
  for (const result of [read('{'), read('[]'), readOptionsFile(join(folder, 'none.json'))]) {
    assert.ok('errors' in result);
    assert.ok(result.errors[0]?.message);
  }
});
