import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redisMissing, startRedis } from '@inspector/servers';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { until } from '#testing/until.ts';
import { keepServer } from './keep-server.ts';
import { openPidFiles } from './pid-files.ts';
import { identityOf } from './process-identity.ts';
import { checkRedis } from './redis-given.ts';

const WITHIN_MS = 90_000;
const skip = redisMissing() ?? false;

test('a server that is killed is started again on its port, and stays away once it is stopped', { skip }, async (t) => {
  const server = (await startRedis())!;
  t.after(() => server.kill());
  const pidFiles = openPidFiles(temporaryDirectory(t));
  const said: string[] = [];
  const kept = keepServer('redis', server, { pidFiles, say: (message) => said.push(message) });
  const pid = () => pidFiles.running()[0]?.pid;
  const first = await until('it is noted', WITHIN_MS, pid);
  process.kill(first, 'SIGKILL');
  const second = await until('it runs again', WITHIN_MS, () => (pid() === first ? undefined : pid()));
  assert.deepEqual(said, ['redis ended; again in 0.5 s']);
  await checkRedis(server.url);
  await kept.stop();
  assert.equal(identityOf(second), undefined);
  assert.equal(pid(), undefined);
});

test('a Redis that does not answer is named without its password', async () => {
  await assert.rejects(checkRedis('redis://user:secret@127.0.0.1:1'), (error: Error) => {
    assert.match(error.message, /^Redis at redis:\/\/127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/);
    assert.doesNotMatch(JSON.stringify({ ...error, message: error.message }), /secret/);
    return true;
  });
});
