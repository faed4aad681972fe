import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { deployPath } from './checks/deploy-file.ts';

interface Asked {
  code: number | null;
  said: string;
  headers: IncomingHttpHeaders;
}

async function ask(
  t: TestContext,
  words: string[],
  { status, body, env = {} }: { status: number; body: unknown; env?: Record<string, string> },
): Promise<Asked> {
  let headers: IncomingHttpHeaders = {};
  const server = createServer((request, response) => {
    headers = request.headers;
    response.writeHead(status).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const port = (server.address() as AddressInfo).port;
  const { code, said } = await probe(words, { INSPECTOR_PORT: String(port), ...env });
  return { code, said, headers };
}

async function probe(words: string[], env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [deployPath('probe.mjs'), ...words], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

const health = (startupReasons: string[], ready = false) => ({ ok: ready, ready, startupReasons });

test('alive: whatever is answered', async (t) => {
  for (const status of [200, 401, 403, 429, 503]) {
    const { code, headers } = await ask(t, ['alive'], { status, body: {}, env: { INSPECTOR_API_TOKEN: 'secret' } });
    assert.equal(code, 0, String(status));
    assert.equal(headers.authorization, undefined, 'needs no token, so it tells none');
  }
});

test('alive: not when nobody answers', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const { code, said } = await probe(['alive'], { INSPECTOR_PORT: String(port) });
  assert.equal(code, 1);
  assert.match(said, /ECONNREFUSED/);
});

test('commands: go to the one that acts, well or not, and not to a standby', async (t) => {
  const answers: [number, unknown, number][] = [
    [200, health([], true), 0],
    [503, health(['BUS_DOWN: gone', 'PROVIDER_UNREACHABLE: gone', 'NOT_RECONCILED: paper:futures']), 0],
    [503, health(['RUNNER_STALLED']), 0],
    [200, health(['STANDBY: inspector-a acts']), 1],
    [503, health(['RUNNER_REPLACED']), 1],
    [503, health(['RUNNER_RECOVERED']), 1],
    [401, { code: 'UNAUTHORIZED' }, 1],
  ];
  for (const [status, body, code] of answers) {
    assert.equal((await ask(t, ['commands'], { status, body })).code, code, JSON.stringify(body));
  }
});

test('entries: only when they can be decided', async (t) => {
  assert.equal((await ask(t, ['entries'], { status: 200, body: health([], true) })).code, 0);
  assert.equal((await ask(t, ['entries'], { status: 200, body: health(['VENUE_NOT_ASKED']) })).code, 1);
});

test('the token comes from its variable or its file', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-probe-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'token');
  writeFileSync(file, 'of-the-file\n');
  const body = health([], true);
  const inFile = await ask(t, ['commands'], { status: 200, body, env: { INSPECTOR_API_TOKEN_FILE: file } });
  assert.equal(inFile.headers.authorization, 'Bearer of-the-file');
  const inVariable = await ask(t, ['commands'], { status: 200, body, env: { INSPECTOR_API_TOKEN: 'in-clear' } });
  assert.equal(inVariable.headers.authorization, 'Bearer in-clear');
});

test('anything else is bad usage', async () => {
  assert.equal((await probe(['healthy'], {})).code, 2);
  assert.equal((await probe([], {})).code, 2);
});
