import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { questdbMissing, startQuestdb } from './questdb.ts';

const skip = (await questdbMissing()) ?? false;

async function ask(url: string, query: string, withinMs = 10_000): Promise<unknown> {
  const response = await fetch(`${url}/exec?query=${encodeURIComponent(query)}`, {
    signal: AbortSignal.timeout(withinMs),
    headers: { connection: 'close' },
  });
  const { dataset, error } = (await response.json()) as { dataset?: unknown; error?: string };
  return dataset ?? error;
}

/** A signal to stop takes a moment to reach all threads: the question is asked until it is not answered. */
async function silent(question: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answered = await question().then(
      () => true,
      () => false,
    );
    if (!answered) return;
  }
  assert.fail('it goes on answering');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('is killed, paused, started again with what it had, and started empty', { skip }, async () => {
  const server = (await startQuestdb())!;
  after(() => server.kill());
  const { url, pid } = server;
  await ask(url, 'create table t (ts timestamp, n long) timestamp(ts) partition by day wal');
  const write = (line: string) =>
    fetch(`${url}/write`, { method: 'POST', body: line, headers: { connection: 'close' } });
  assert.equal((await write('not_made n=1i 1000\n')).status, 400, 'no table is made by writing to it');
  assert.equal((await write('t other=1i 1000\n')).status, 400, 'nor is a column');

  server.pause();
  await silent(() => ask(url, 'select 1', 300));
  server.resume();
  assert.deepEqual(await ask(url, 'select 1'), [[1]]);

  await server.kill();
  assert.equal(server.pid, undefined);
  await assert.rejects(ask(url, 'select 1'));
  await server.start();
  assert.notEqual(server.pid, pid);
  assert.deepEqual(await ask(url, 'select count() from t'), [[0]]);

  await server.startEmpty();
  assert.match(String(await ask(url, 'select count() from t')), /does not exist/);
  await server.stop();
  assert.equal(server.pid, undefined);
});

test('does not outlive a process that was killed', { skip }, async () => {
  const script = `import { startQuestdb } from ${JSON.stringify(fileURLToPath(new URL('./questdb.ts', import.meta.url)))};
    const server = await startQuestdb(); console.log(server.pid); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const pid = Number(line);
  assert.ok(isAlive(pid));
  child.kill('SIGKILL');
  const deadline = performance.now() + 20_000;
  while (isAlive(pid)) {
    assert.ok(performance.now() < deadline, 'it is still alive');
    await wait(50);
  }
});
