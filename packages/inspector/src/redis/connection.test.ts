import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { redisMissing, startRedis } from '@inspector/servers';
import { createDeadlines } from './deadlines.ts';
import { openRedis, type RedisConnection } from './index.ts';

const skip = redisMissing() ?? false;
const PATIENCE_MS = 20_000;

function open(url: string, connectTimeoutMs?: number): { connection: RedisConnection; lines: string[] } {
  const lines: string[] = [];
  const write = (fields: Record<string, unknown>, message: string) =>
    void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log = { info: write, warn: write };
  const connection = openRedis({
    url,
    name: 'test',
    log,
    ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
  });
  after(() => connection.close());
  return { connection, lines };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `did not come true: ${condition}`);
    await wait(5);
  }
}

/** A server of which only the answers matter; `undefined` is silence. */
async function fakeRedis(answer: (command: string) => string | undefined): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      for (const command of bytes.toString().split(/(?=\*\d+\r\n)/)) {
        const reply = answer(command.replace(/[*$]\d+\r\n/g, '').replaceAll('\r\n', ' '));
        if (reply !== undefined) socket.write(reply);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `redis://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;

test('connects with name and database, and says so', { skip }, async () => {
  const server = (await startRedis())!;
  after(() => server.kill());
  const { connection } = open(`${server.url}/3`);
  assert.equal(connection.state().connected, false);
  await connection.ready();
  assert.deepEqual(connection.state(), { connected: true });
  assert.equal(await connection.send(['CLIENT', 'GETNAME']), 'test');
  assert.match(String(await connection.send(['CLIENT', 'INFO'])), / db=3 /);
  assert.match(connection.server.runId ?? '', /^[0-9a-f]{40}$/);
  await connection.close();
  await assert.rejects(connection.client.get('a'));
  assert.match(connection.state().reason ?? '', /closed/);
});

test('a wrong port is REDIS_UNREACHABLE, and is tried again for ever', { skip }, async () => {
  const server = (await startRedis())!;
  after(() => server.kill());
  await server.kill();
  const { connection } = open(server.url);
  await assert.rejects(connection.ready(), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'REDIS_UNREACHABLE');
    assert.match(error.message, /EVENT_BUS_URL/);
    assert.match(error.message, /ECONNREFUSED/);
    return true;
  });
  assert.match(connection.state().reason ?? '', /start Redis there/);
  await server.start();
  await until(() => connection.state().connected);
});

test('a wrong password is REDIS_AUTH, and is shown nowhere', { skip }, async () => {
  const server = (await startRedis({ args: ['--requirepass', 'right'] }))!;
  after(() => server.kill());
  const wrong = open(server.url.replace('//', '//:wrong-secret@'));
  await assert.rejects(wrong.connection.ready(), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'REDIS_AUTH');
    assert.doesNotMatch(error.message, /wrong-secret/);
    return true;
  });
  const missing = open(server.url);
  await assert.rejects(missing.connection.ready(), { code: 'REDIS_AUTH' });
  assert.doesNotMatch([...wrong.lines, wrong.connection.state().reason, wrong.connection.place].join(), /wrong-secret/);
  const right = open(server.url.replace('//', '//default:right@'));
  await right.connection.ready();
});

test('a command that the user may not give is REDIS_PERMISSION by name', { skip }, async () => {
  const server = (await startRedis({
    args: ['--user', ...'reader on >pw ~bus:* +ping +info +client +get'.split(' ')],
  }))!;
  after(() => server.kill());
  const { connection } = open(server.url.replace('//', '//reader:pw@'));
  await connection.ready();
  const adding = connection.send(['XADD', 'bus:a', '*', 'event', '{}']);
  const error = await adding.then(() => assert.fail('it was taken'), connection.explain);
  assert.equal(error.code, 'REDIS_PERMISSION');
  assert.match(error.message, /xadd/);
});

test('a user without INFO can connect', { skip }, async () => {
  const server = (await startRedis({ args: ['--user', ...'plain on >pw ~* +@all -@dangerous'.split(' ')] }))!;
  after(() => server.kill());
  const { connection } = open(server.url.replace('//', '//plain:pw@'));
  await connection.ready();
  assert.deepEqual(connection.server, {});
});

for (const [info, code, says] of [
  ['redis_version:5.0.14\r\nrole:master\r\n', 'REDIS_VERSION', /Redis 5\.0\.14.*6\.2/],
  ['redis_version:6.0.20\r\nrole:master\r\n', 'REDIS_VERSION', /6\.0\.20/],
  ['redis_version:7.0.15\r\nrole:slave\r\n', 'REDIS_READ_ONLY', /replica/],
] as const) {
  test(`INFO with ${info.split('\r\n', 2).join(' ')} is ${code}`, async () => {
    const url = await fakeRedis((command) => (command.startsWith('INFO') ? bulk(info) : '+OK\r\n'));
    await assert.rejects(open(url).connection.ready(), (error: Error & { code?: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, says);
      return true;
    });
  });
}

for (const info of ['redis_version:6.2.0\r\nrole:master\r\n', 'valkey_version:8.0.1\r\nredis_version:7.2.4\r\n']) {
  test(`INFO with ${info.split('\r\n', 1)} will do`, async () => {
    const url = await fakeRedis((command) => (command.startsWith('INFO') ? bulk(info) : '+OK\r\n'));
    await open(url).connection.ready();
  });
}

test('a server that loads its data is waited for', async () => {
  let loading = true;
  let asked = 0;
  const url = await fakeRedis((command) => {
    if (!command.startsWith('INFO')) return '+OK\r\n';
    asked++;
    return bulk(`redis_version:7.0.15\r\nloading:${loading ? 1 : 0}\r\n`);
  });
  const { connection } = open(url);
  await until(() => asked > 1);
  assert.match(connection.state().reason ?? '', /loading/);
  loading = false;
  await connection.ready();
});

test('a server that takes the connection and never answers is REDIS_TIMEOUT', async () => {
  const url = await fakeRedis(() => undefined);
  await assert.rejects(open(url, 100).connection.ready(), { code: 'REDIS_TIMEOUT' });
});

test('a frozen server fails commands, shows in state, and is found again', { skip }, async () => {
  const server = (await startRedis())!;
  after(() => server.kill());
  const { connection } = open(server.url);
  await connection.ready();
  let reconnects = 0;
  connection.onReconnect(() => reconnects++);
  server.pause();
  await Promise.all([
    assert.rejects(connection.client.set('a', '1')),
    assert.rejects(connection.send(['GET', 'a'])),
    assert.rejects(connection.client.multi().get('a').exec()),
  ]);
  await until(() => !connection.state().connected);
  assert.match(connection.state().reason ?? '', /does not answer|took no connection/);
  server.resume();
  await until(() => connection.state().connected);
  assert.equal(reconnects, 1);
  assert.equal(await connection.client.set('a', '1'), 'OK');
});

test('an idle connection notices that the server froze', { skip }, async () => {
  const server = (await startRedis())!;
  after(() => server.kill());
  const { connection } = open(server.url);
  await connection.ready();
  server.pause();
  await until(() => !connection.state().connected);
  server.resume();
  await until(() => connection.state().connected);
});

test('commands reject at once while the server is away', { skip }, async () => {
  const server = (await startRedis())!;
  after(() => server.kill());
  const { connection } = open(server.url);
  await connection.ready();
  await server.kill();
  await until(() => !connection.state().connected);
  await assert.rejects(connection.client.get('a'));
  await assert.rejects(connection.send(['GET', 'a']));
  await server.start();
  await until(() => connection.state().connected);
  assert.equal(await connection.client.get('a'), null);
});

test('an address that is none is REDIS_URL, without the address', () => {
  for (const url of ['nonsense', 'http://:secret@cache', 'redis://:secret@cache/x']) {
    assert.throws(
      () => openRedis({ url, name: 'test', log: { info: () => {}, warn: () => {} } }),
      (error: Error & { code?: string }) => error.code === 'REDIS_URL' && !error.message.includes('secret'),
    );
  }
});

test('deadlines watch the oldest, and what waits behind a blocking read is due after it', () => {
  const deadlines = createDeadlines();
  assert.equal(deadlines.overdue(1e9), false);
  deadlines.sent(0, 100);
  deadlines.sent(0, 10);
  assert.equal(deadlines.overdue(100), false);
  assert.equal(deadlines.overdue(101), true);
  deadlines.answered();
  assert.equal(deadlines.overdue(100), false);
  assert.equal(deadlines.waiting, 1);
  deadlines.answered();
  assert.equal(deadlines.overdue(1e9), false);
  for (let count = 0; count < 10_000; count++) deadlines.sent(count, 10);
  for (let count = 0; count < 9_999; count++) deadlines.answered();
  assert.equal(deadlines.waiting, 1);
  assert.equal(deadlines.overdue(10_009), false);
  assert.equal(deadlines.overdue(10_010), true);
});
