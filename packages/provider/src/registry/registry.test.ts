import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { providerForTest, testDirectory } from '#testing/provider-for-test.ts';
import { APPS_LIMIT, createAppRegistry } from './app-registry.ts';
import { targetUrl } from './target-url.ts';

const hosts = { allowed: ['inspector.internal', 'box:9000'], ownPort: () => 8081 };

test('a target may be loopback or a configured host, and nothing else', () => {
  const accepted = {
    'http://127.0.0.1:8008': 'http://127.0.0.1:8008',
    'http://localhost:8008/': 'http://localhost:8008',
    'http://[::1]:8008': 'http://[::1]:8008',
    'https://127.8.9.1:8008/api': 'https://127.8.9.1:8008',
    'http://inspector.internal:8008': 'http://inspector.internal:8008',
    'http://box:9000': 'http://box:9000',
  };
  for (const [written, origin] of Object.entries(accepted)) {
    assert.deepEqual(targetUrl(written, hosts), { ok: true, origin }, written);
  }
  const refused = [
    'http://169.254.169.254',
    'http://10.0.0.1:8008',
    'http://127.0.0.1.evil.example:8008',
    'http://127.evil.example',
    'http://localhost.evil.example',
    'http://box:9001',
    'http://0.0.0.0:8008',
    'http://[::ffff:10.0.0.1]:8008',
    'http://user:pass@127.0.0.1:8008',
    'http://127.0.0.1:8008/admin',
    'http://127.0.0.1:8008/?x=1',
    'http://127.0.0.1:8081',
    'http://localhost:8081',
    'file:///etc/passwd',
    'ftp://127.0.0.1',
    'nonsense',
  ];
  for (const written of refused) assert.equal(targetUrl(written, hosts).ok, false, written);
});

test('no host beyond loopback and configuration is ever accepted', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (written) => {
      const checked = targetUrl(written, { allowed: [], ownPort: () => undefined });
      if (!checked.ok) return;
      const { hostname } = new URL(checked.origin);
      assert.match(hostname, /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/);
    }),
  );
});

test('an application is active until exactly its time to live after the last heartbeat', () => {
  let now = 0;
  const registry = createAppRegistry(60_000, () => now);
  assert.ok(registry.register({ appKey: 'a', kind: 'inspector', url: 'http://127.0.0.1:1' }));
  const app = registry.find('inspector', 'a');
  assert.ok(app);
  now = 60_000;
  assert.equal(registry.stateOf(app), 'active');
  now = 60_001;
  assert.equal(registry.stateOf(app), 'inactive');
  assert.ok(registry.heartbeat('inspector', 'a'));
  assert.equal(registry.stateOf(app), 'active');
  assert.equal(registry.heartbeat('detector', 'a'), false);
});

test('a full registry makes room only for what has long been silent', () => {
  let now = 0;
  const registry = createAppRegistry(60_000, () => now);
  const register = (appKey: string) => registry.register({ appKey, kind: 'detector', url: 'http://127.0.0.1:1' });
  for (let index = 0; index < APPS_LIMIT; index += 1) assert.ok(register(`a${index}`));
  assert.equal(register('more'), false);
  assert.ok(register('a0'), 'one that is there already is no addition');
  now = 25 * 60 * 60 * 1000;
  registry.heartbeat('detector', 'a1');
  assert.ok(register('more'));
  assert.deepEqual(
    registry.list().map(({ appKey }) => appKey),
    ['a1', 'more'],
  );
});

test('signing on, showing life, signing off', async (t) => {
  const { call } = await providerForTest(t);
  const app = { kind: 'inspector', appKey: 'inspector', url: 'http://127.0.0.1:8008/', token: 'of-the-target' };
  const registered = await call('POST', '/api/apps/registry/register', app);
  assert.deepEqual(
    [registered.status, registered.body.state, registered.body.url],
    [200, 'active', 'http://127.0.0.1:8008'],
  );
  assert.equal((await call('POST', '/api/apps/registry/heartbeat', { appKey: 'inspector' })).status, 200);
  for (const path of ['/api/apps/registry', '/api/proxy/targets', '/api/inspectors', '/api/inspectors/inspector']) {
    const { status, body } = await call('GET', path);
    assert.equal(status, 200, path);
    assert.ok(!JSON.stringify(body).includes('of-the-target'), path);
  }
  const [target] = (await call('GET', '/api/proxy/targets')).body.data as { path: string }[];
  assert.equal(target?.path, '/api/inspectors/inspector');
  const foreign = await call('POST', '/api/apps/registry/register', { ...app, url: 'http://169.254.169.254' });
  assert.deepEqual([foreign.status, (foreign.body.errors as { path: string }[])[0]?.path], [400, '/url']);
  assert.equal((await call('POST', '/api/apps/registry/unregister', { appKey: 'inspector' })).status, 200);
  const gone = await call('POST', '/api/apps/registry/heartbeat', { appKey: 'inspector' });
  assert.deepEqual([gone.status, gone.body.code], [404, 'TARGET_UNKNOWN']);
});

test('Inspectors are written down, changed and forgotten, and the list outlives a restart', async (t) => {
  const dataDir = testDirectory(t);
  const first = await providerForTest(t, { dataDir });
  const entry = { sysname: 'north', title: 'North desk', url: 'http://127.0.0.1:9008' };
  const created = await first.call('POST', '/api/inspectors', entry);
  assert.deepEqual([created.status, created.body.state, created.body.lastHeartbeatAt], [201, 'unregistered', null]);
  assert.equal((await first.call('POST', '/api/inspectors', entry)).body.code, 'SYSNAME_TAKEN');
  assert.equal((await first.call('PUT', '/api/inspectors/north', { ...entry, title: 'N' })).body.title, 'N');
  assert.equal((await first.call('PUT', '/api/inspectors/south', { sysname: 'south' })).body.code, 'INSPECTOR_UNKNOWN');
  assert.equal((await first.call('PUT', '/api/inspectors/south', entry)).status, 400);
  await first.stop();
  const second = await providerForTest(t, { dataDir });
  assert.equal((await second.call('GET', '/api/inspectors')).body.count, 1);
  assert.equal((await second.call('GET', '/api/inspectors/north/inspector/health')).body.code, 'TARGET_INACTIVE');
  assert.equal((await second.call('DELETE', '/api/inspectors/north')).status, 200);
  assert.equal((await second.call('GET', '/api/inspectors/north')).body.code, 'INSPECTOR_UNKNOWN');
});
