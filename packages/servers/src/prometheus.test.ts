import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { prometheusMissing, startPrometheus } from './prometheus.ts';

const skip = prometheusMissing() ?? false;

test('starts, answers, refuses a wrong query, and ends', { skip }, async () => {
  const server = await startPrometheus('scrape_configs: []\n');
  after(() => server.stop());
  assert.deepEqual(
    ((await server.ask('/api/v1/query?query=vector(1)')) as { resultType: string }).resultType,
    'vector',
  );
  await assert.rejects(server.ask('/api/v1/query?query=up{'), /parse error/);
  await server.stop();
  const deadline = performance.now() + 20_000;
  while (isAlive(server.pid)) {
    assert.ok(performance.now() < deadline, 'it is still alive');
    await wait(50);
  }
});

test('says why it did not start', { skip }, async () => {
  await assert.rejects(startPrometheus('no_such_setting: 1\n'), /no_such_setting/);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
