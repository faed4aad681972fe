import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { redisMissing, startRedis } from './redis.ts';

const skip = redisMissing() ?? false;

/** The first line that the server answers; rejects when there is none within `withinMs`. */
function ask(port: number, command: string, withinMs = 10_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.setTimeout(withinMs, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('connect', () => socket.write(`${command}\r\n`));
    socket.once('data', (bytes) => {
      socket.destroy();
      resolve(bytes.toString().trim());
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('is killed, paused, started again with what it had, and started empty', { skip }, async () => {
  // With everysec a write may wait for a flush that runs, up to two seconds, and a kill would take it.
  const server = (await startRedis({ args: ['--appendfsync', 'always'] }))!;
  after(() => server.kill());
  const { port, pid } = server;
  assert.equal(await ask(port, 'SET kept 1'), '+OK');

  server.pause();
  await assert.rejects(ask(port, 'PING', 300));
  server.resume();
  assert.equal(await ask(port, 'PING'), '+PONG');

  await server.kill();
  assert.equal(server.pid, undefined);
  await assert.rejects(ask(port, 'PING'));
  await server.start();
  assert.notEqual(server.pid, pid);
  assert.equal(await ask(port, 'EXISTS kept'), ':1');

  await server.startEmpty();
  assert.equal(await ask(port, 'EXISTS kept'), ':0');
  server.pause();
  await server.stop();
  assert.equal(server.pid, undefined);
});

test('takes more arguments, and says why it did not start', { skip }, async () => {
  const server = (await startRedis({ args: ['--requirepass', 'secret'] }))!;
  after(() => server.kill());
  assert.match(await ask(server.port, 'GET a'), /^-NOAUTH/);
  await assert.rejects(startRedis({ args: ['--no-such-setting', '1'] }), /no-such-setting/);
});

test('a port that another server holds is an error, not that server', { skip }, async () => {
  const server = (await startRedis())!;
  after(() => server.kill());
  await assert.rejects(startRedis({ port: server.port }), /in use/);
});

test('does not outlive a process that was killed', { skip }, async () => {
  const script = `import { startRedis } from ${JSON.stringify(fileURLToPath(new URL('./redis.ts', import.meta.url)))};
    const server = await startRedis(); console.log(server.pid); setInterval(() => {}, 1000);`;
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
