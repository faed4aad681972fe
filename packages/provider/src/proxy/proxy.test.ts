import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { providerForTest, TEST_TOKEN } from '#testing/provider-for-test.ts';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A target that tells what it was sent. */
async function target(t: TestContext, answer?: (response: ServerResponse, seen: Seen) => void) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method, url, headers } = request;
    const one = { method, url, headers, body };
    seen.push(one);
    if (answer === undefined) response.setHeader('content-type', 'application/json').end(JSON.stringify({ url, body }));
    else answer(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  t.after(close);
  return { seen, close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const register = '/api/apps/registry/register';

test('a request reaches the target’s own /api with path, query and body, and nothing of the caller’s secrets', async (t) => {
  const { call } = await providerForTest(t);
  const { url, seen } = await target(t);
  await call('POST', register, { appKey: 'inspector', url, token: 'of-the-target' });
  const path = '/api/inspectors/inspector/inspector/risk/audit?limit=3&symbol=A%2FB';
  const { status, body } = await call('GET', path, undefined, {
    headers: { cookie: 'a=b', 'x-api-token': TEST_TOKEN },
  });
  assert.equal(status, 200);
  assert.equal(body.url, '/api/inspector/risk/audit?limit=3&symbol=A%2FB');
  const put = await call(
    'PUT',
    '/api/inspectors/inspector/inspector/options',
    { options: { a: 1 } },
    { headers: { 'if-match': '"3"' } },
  );
  assert.equal(put.body.body, '{"options":{"a":1}}');
  for (const { headers } of seen) {
    assert.equal(headers.authorization, 'Bearer of-the-target');
    assert.deepEqual([headers['x-acting-as'], headers['x-acting-role']], ['admin', 'admin']);
    assert.ok(!JSON.stringify(headers).includes(TEST_TOKEN));
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.host, new URL(url).host);
  }
  assert.equal(seen[1]?.headers['if-match'], '"3"');
});

test('detectors and advisors are reached likewise, and a key stands for its own kind only', async (t) => {
  const { call } = await providerForTest(t);
  const { url } = await target(t);
  for (const kind of ['detector', 'advisor']) {
    await call('POST', register, { kind, appKey: 'same', url });
    assert.equal((await call('GET', `/api/${kind}s/same/x`)).body.url, '/api/x');
  }
  const unknown = await call('GET', '/api/inspectors/same/x');
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'TARGET_UNKNOWN']);
});

test('the target’s own answer passes unchanged, a 503 and its problem too, once', async (t) => {
  const { call } = await providerForTest(t);
  const { url, seen } = await target(t, (response) => {
    response.writeHead(503, {
      'content-type': 'application/problem+json',
      etag: '"7"',
      'set-cookie': 'stolen=1',
      'content-security-policy': 'default-src *',
    });
    response.end('{"code":"NOT_READY"}');
  });
  await call('POST', register, { appKey: 'inspector', url });
  const { status, body, headers } = await call('GET', '/api/inspectors/inspector/inspector/health');
  assert.deepEqual([status, body.code, headers.get('etag')], [503, 'NOT_READY', '"7"']);
  assert.equal(headers.get('set-cookie'), null);
  assert.doesNotMatch(headers.get('content-security-policy') ?? '', /\*/);
  assert.equal(seen.length, 1);
});

test('a dead target is 502, a slow one 504, one without a heartbeat 502', async (t) => {
  const provider = await providerForTest(t, { proxyTimeoutMs: 100, appActiveTtlMs: 300_000 });
  const slow = await target(t, () => {});
  await provider.call('POST', register, { appKey: 'slow', url: slow.url });
  const late = await provider.call('POST', '/api/inspectors/slow/inspector/kill-switch/trigger', { a: 1 });
  assert.deepEqual([late.status, late.body.code], [504, 'TARGET_TIMEOUT']);
  assert.equal(slow.seen.length, 1, 'it is never sent twice');
  const dead = await target(t);
  await dead.close();
  await provider.call('POST', register, { appKey: 'dead', url: dead.url });
  const gone = await provider.call('GET', '/api/inspectors/dead/inspector/health');
  assert.deepEqual([gone.status, gone.body.code], [502, 'TARGET_INACTIVE']);
  assert.match(gone.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const impatient = await providerForTest(t, { appActiveTtlMs: -1 });
  await impatient.call('POST', register, { appKey: 'silent', url: slow.url });
  const silent = await impatient.call('GET', '/api/inspectors/silent/x');
  assert.deepEqual([silent.status, silent.body.code], [502, 'TARGET_INACTIVE']);
});

test('who asks and with which role goes along; the role cannot be raised by a header', async (t) => {
  const tokens = [
    { role: 'viewer' as const, sha256: hash('sha256', 'v') },
    { role: 'trader' as const, sha256: hash('sha256', 't') },
  ];
  const { call } = await providerForTest(t, { tokens });
  const { url, seen } = await target(t);
  await call('POST', register, { appKey: 'inspector', url });
  await call('GET', '/api/inspectors/inspector/x', undefined, { token: 'v', headers: { 'x-acting-role': 'admin' } });
  assert.equal(seen[0]?.headers['x-acting-role'], 'viewer');
  const refused = await call('POST', '/api/inspectors/inspector/x', {}, { token: 'v' });
  assert.deepEqual([refused.status, refused.body.code], [403, 'FORBIDDEN']);
  assert.equal((await call('POST', '/api/inspectors/inspector/x', {}, { token: 't' })).status, 200);
  assert.equal(seen[1]?.headers['x-acting-role'], 'trader');
});

test("what asks with a body and changes nothing is a viewer's too, of an Inspector and at that path only", async (t) => {
  const tokens = [{ role: 'viewer' as const, sha256: hash('sha256', 'v') }];
  const { call } = await providerForTest(t, { tokens });
  const { url, seen } = await target(t);
  await call('POST', register, { appKey: 'inspector', url });
  await call('POST', register, { kind: 'detector', appKey: 'inspector', url });
  const preview = '/inspector/kill-switch/preview';
  const statusOf = async (method: string, path: string) => (await call(method, path, {}, { token: 'v' })).status;
  assert.equal(await statusOf('POST', `/api/inspectors/inspector${preview}`), 200);
  assert.deepEqual([seen[0]?.url, seen[0]?.headers['x-acting-role']], [`/api${preview}`, 'viewer']);
  assert.equal(await statusOf('PUT', `/api/inspectors/inspector${preview}`), 403);
  assert.equal(await statusOf('POST', `/api/inspectors/inspector${preview}/x`), 403);
  assert.equal(await statusOf('POST', '/api/inspectors/inspector/inspector/kill-switch/trigger'), 403);
  assert.equal(await statusOf('POST', `/api/detectors/inspector${preview}`), 403);
  assert.equal(seen.length, 1);
});

test('no path leads out of /api, and no request goes round in a circle', async (t) => {
  const { call } = await providerForTest(t);
  const { url, seen } = await target(t);
  await call('POST', register, { appKey: 'inspector', url });
  for (const path of ['/..%2f..%2fmetrics', '/%2e%2e/metrics', '/..%5cmetrics']) {
    await call('GET', `/api/inspectors/inspector${path}`);
  }
  assert.ok(seen.every((request) => request.url?.startsWith('/api/')));
  const loop = await call('GET', '/api/inspectors/inspector/x', undefined, { headers: { 'x-inspector-hop': '1' } });
  assert.deepEqual([loop.status, loop.body.code], [508, 'PROXY_LOOP']);
});
