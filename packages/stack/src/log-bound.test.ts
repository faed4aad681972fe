import assert from 'node:assert/strict';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { boundLog } from './log-bound.ts';

test('a log past its bound is moved while it is written to, one at the bound stays', async (t) => {
  const file = join(temporaryDirectory(t), 'part.log');
  await boundLog(file, 4);
  const log = openSync(file, 'a');
  t.after(() => closeSync(log));
  writeSync(log, 'four');
  await boundLog(file, 4);
  assert.equal(existsSync(`${file}.1`), false);
  writeSync(log, '5');
  await boundLog(file, 4);
  assert.equal(readFileSync(`${file}.1`, 'utf8'), 'four5');
  writeSync(log, 'on');
  assert.equal(readFileSync(file, 'utf8'), 'on');
});
