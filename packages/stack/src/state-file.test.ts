import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { claimDirectory, readState, removeState, writeState } from './state-file.ts';

test('a directory has one stack at a time, and that of one that was killed can be taken', (t) => {
  const directory = temporaryDirectory(t);
  assert.equal(readState(directory), undefined);
  claimDirectory(directory);
  assert.throws(() => claimDirectory(directory), { code: 'STACK_RUNNING' });
  writeState(directory, { addresses: { provider: 'http://127.0.0.1:1' }, upAt: 1 });
  const state = readState(directory);
  assert.equal(state?.pid, process.pid);
  assert.equal(state?.addresses.provider, 'http://127.0.0.1:1');

  const file = join(directory, 'stack.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"identity":"[^"]*"/, '"identity":"of an earlier process"'));
  assert.equal(readState(directory), undefined);
  claimDirectory(directory);
  removeState(directory);
  assert.equal(readState(directory), undefined);
});
