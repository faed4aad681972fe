import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { identityOf } from './process-identity.ts';

test('a process is the same as long as it runs, and none afterwards', async () => {
  const child = spawn('sleep', ['60']);
  const identity = identityOf(child.pid!);
  assert.ok(identity);
  assert.equal(identityOf(child.pid!), identity);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(identityOf(child.pid!), undefined);
});
