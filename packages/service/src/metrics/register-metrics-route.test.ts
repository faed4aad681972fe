import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { REFUSALS_PER_WINDOW } from '../bounds.ts';
import { buildService, type ServiceConfig } from '../build-service.ts';
import { requestError } from '../request-error.ts';
import type { Service } from '../service.ts';
import { tokenOf } from '../token.ts';
import { createMetrics } from './create-metrics.ts';
import { registerMetricsRoute } from './register-metrics-route.ts';

const base: ServiceConfig = { title: 'Test', description: 'A test.', version: '1.0.0', host: '127.0.0.1', tokens: [] };
const tokens = [tokenOf('eve', 'viewer', 'v'), tokenOf('ann', 'admin', 'a')];

async function measuredService(config: Partial<ServiceConfig> = {}): Promise<Service> {
  const app = await buildService({ ...base, ...config });
  after(() => app.close());
  const metrics = createMetrics({
    definitions: {
      t_duration_seconds: { type: 'histogram', help: 'Requests.', labels: ['method', 'route', 'status'] },
      t_metrics_left_out: { type: 'gauge', help: 'Left out.', labels: [] },
    } as const,
    state: () => undefined,
    readers: {},
    leftOut: 't_metrics_left_out',
  });
  registerMetricsRoute(app, metrics, metrics.observe.t_duration_seconds);
  app.get('/api/things/:id', () => ({}));
  app.post('/api/things/:id', () => {
    throw requestError('FENCED', 'Another one acts.');
  });
  await app.ready();
  return app;
}

const FAR = '10.0.0.9';

describe('who may read metrics', () => {
  test('this machine needs no token', async () => {
    const app = await measuredService({ tokens });
    for (const remoteAddress of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      const answer = await app.inject({ url: '/metrics', remoteAddress });
      assert.equal(answer.statusCode, 200, remoteAddress);
      assert.equal(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
      assert.match(answer.body, /^# HELP t_duration_seconds Requests\.$/m);
    }
    assert.equal((await app.inject({ url: '/metrics', headers: { 'x-api-token': 'wrong' } })).statusCode, 200);
  });

  test('another machine needs a token that may read', async () => {
    const app = await measuredService({ tokens });
    const status = async (headers: Record<string, string>) =>
      (await app.inject({ url: '/metrics', remoteAddress: FAR, headers })).statusCode;
    assert.equal(await status({}), 401);
    assert.equal(await status({ 'x-api-token': 'wrong' }), 401);
    assert.equal(await status({ authorization: 'Bearer v' }), 200);
    assert.equal(await status({ authorization: 'Bearer a' }), 200);
  });

  test('what a reverse proxy of this machine hands on is from elsewhere', async () => {
    const app = await measuredService({ tokens });
    for (const name of ['x-forwarded-for', 'forwarded']) {
      assert.equal((await app.inject({ url: '/metrics', headers: { [name]: 'for=10.0.0.9' } })).statusCode, 401);
      const headers = { [name]: 'for=10.0.0.9', 'x-api-token': 'v' };
      assert.equal((await app.inject({ url: '/metrics', headers })).statusCode, 200);
    }
  });

  test('trying tokens from another machine is stopped here too', async () => {
    const app = await measuredService({ tokens });
    const ask = (token: string) =>
      app.inject({ url: '/metrics', remoteAddress: FAR, headers: { 'x-api-token': token } });
    for (let n = 0; n < REFUSALS_PER_WINDOW; n += 1) await ask(`guess ${n}`);
    assert.equal((await ask('v')).statusCode, 429);
  });

  test('a strange host and a foreign page are refused as everywhere', async () => {
    const app = await measuredService({ tokens });
    const code = async (headers: Record<string, string>) =>
      (await app.inject({ url: '/metrics', headers })).json().code;
    assert.equal(await code({ host: 'evil.example.com' }), 'HOST_REFUSED');
    assert.equal(await code({ host: 'localhost', origin: 'http://evil.example.com' }), 'ORIGIN_REFUSED');
  });

  test('a service without tokens is open, since only its machine reaches it', async () => {
    const app = await measuredService();
    assert.equal((await app.inject('/metrics')).statusCode, 200);
  });
});

test('requests are measured by route and status, metrics themselves are not', async () => {
  const app = await measuredService({ tokens });
  const headers = { 'x-api-token': 'a' };
  await app.inject({ url: '/api/things/1', headers });
  await app.inject({ url: '/api/things/2', headers });
  await app.inject({ method: 'POST', url: '/api/things/2', headers });
  await app.inject('/api/things/3');
  await app.inject('/nowhere/at/all');
  await app.inject('/metrics');
  const lines = (await app.inject('/metrics')).body.split('\n');
  const counts = lines.filter((line) => line.startsWith('t_duration_seconds_count')).sort();
  assert.deepEqual(counts, [
    't_duration_seconds_count{method="GET",route="/api/things/:id",status="200"} 2',
    't_duration_seconds_count{method="GET",route="/api/things/:id",status="401"} 1',
    't_duration_seconds_count{method="GET",route="unknown",status="404"} 1',
    't_duration_seconds_count{method="POST",route="/api/things/:id",status="409"} 1',
  ]);
});

test('it is described', async () => {
  const app = await measuredService();
  const document = (await app.inject('/docs-json')).json();
  assert.ok(document.paths['/metrics'].get.responses['200'].content['text/plain']);
});
