import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, describe, test } from 'node:test';
import { Type } from 'typebox';
import { REFUSALS_PER_WINDOW } from './bounds.ts';
import { buildService, type ServiceConfig } from './build-service.ts';
import { listenService } from './listen.ts';
import { requestError } from './request-error.ts';
import type { Service } from './service.ts';
import { tokenOf } from './token.ts';

const base: ServiceConfig = { title: 'Test', description: 'A test.', version: '1.0.0', host: '127.0.0.1', tokens: [] };
const tokens = [tokenOf('eve', 'viewer', 'v'), tokenOf('tom', 'trader', 't'), tokenOf('ann', 'admin', 'a')];

async function serviceWith(config: Partial<ServiceConfig> = {}): Promise<Service> {
  const app = await buildService({ ...base, ...config });
  after(() => app.close());
  const Body = Type.Object({ quantity: Type.Number({ exclusiveMinimum: 0 }) }, { additionalProperties: false });
  const Query = Type.Object(
    { limit: Type.Optional(Type.Integer({ minimum: 1, default: 200 })), deep: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  );
  app.get('/api/things', { schema: { querystring: Query } }, (request) => request.query);
  app.post('/api/things', { schema: { body: Body }, config: { role: 'trader' } }, (request) => request.body);
  app.put('/api/things', () => ({}));
  app.get('/api/who', { config: { role: 'viewer' } }, (request) => request.caller);
  app.get('/api/bug', () => {
    throw new Error('secret inside');
  });
  app.get('/api/refuses', () => {
    throw requestError('FENCED', 'Another one acts.', { headers: { 'retry-after': '3' } });
  });
  await app.ready();
  return app;
}

describe('problems', () => {
  test('carry type, title, status, detail, code and the request id', async () => {
    const app = await serviceWith();
    const answer = await app.inject('/api/nothing');
    assert.equal(answer.statusCode, 404);
    assert.match(answer.headers['content-type'] as string, /^application\/problem\+json/);
    const { requestId, ...rest } = answer.json();
    assert.equal(requestId, answer.headers['x-request-id']);
    assert.deepEqual(rest, {
      type: 'urn:inspector:problem:NOT_FOUND',
      title: 'There is no such address.',
      status: 404,
      detail: 'There is no such address.',
      code: 'NOT_FOUND',
    });
  });

  test('name all violations of a body together', async () => {
    const app = await serviceWith();
    const answer = await app.inject({ method: 'POST', url: '/api/things', payload: { quantity: '1', extra: true } });
    assert.equal(answer.statusCode, 400);
    assert.equal(answer.json().code, 'VALIDATION_FAILED');
    assert.deepEqual(answer.json().errors, [
      { path: '/extra', message: 'is not a known field' },
      { path: '/quantity', message: 'must be a number' },
    ]);
  });

  test('name a missing field by its own path', async () => {
    const app = await serviceWith();
    const answer = await app.inject({ method: 'POST', url: '/api/things', payload: {} });
    assert.deepEqual(answer.json().errors, [{ path: '/quantity', message: 'is missing' }]);
  });

  test('are answered to a body that is missing, not JSON, of another type or too large', async () => {
    const app = await serviceWith({ bodyLimitBytes: 100 });
    const post = (payload: string, type: string) =>
      app.inject({ method: 'POST', url: '/api/things', payload, headers: { 'content-type': type } });
    const answers = [
      await app.inject({ method: 'POST', url: '/api/things' }),
      await post('{"quantity":', 'application/json'),
      await post('<quantity/>', 'application/xml'),
      await post(`{"quantity": 1${' '.repeat(100)}}`, 'application/json'),
      await post('{"quantity": 1e999}', 'application/json'),
      await post('{"__proto__": {"quantity": 1}}', 'application/json'),
    ];
    assert.deepEqual(
      answers.map((answer) => [answer.statusCode, answer.json().code]),
      [
        [400, 'VALIDATION_FAILED'],
        [400, 'BODY_UNREADABLE'],
        [415, 'MEDIA_TYPE_UNSUPPORTED'],
        [413, 'BODY_TOO_LARGE'],
        [400, 'VALIDATION_FAILED'],
        [400, 'BODY_UNREADABLE'],
      ],
    );
  });

  test('say 405 with the methods that are possible', async () => {
    const app = await serviceWith();
    const answer = await app.inject({ method: 'DELETE', url: '/api/things?x=1' });
    assert.equal(answer.statusCode, 405);
    assert.equal(answer.json().code, 'METHOD_NOT_ALLOWED');
    assert.equal(answer.headers.allow, 'GET, HEAD, POST, PUT');
  });

  test('of a bug tell nothing of it, and the log gets it with the request id', async () => {
    const logged: { requestId?: unknown; error?: unknown }[] = [];
    const app = await serviceWith({ log: { error: (fields) => logged.push(fields) } });
    const answer = await app.inject('/api/bug');
    assert.equal(answer.statusCode, 500);
    assert.equal(answer.json().code, 'INTERNAL');
    assert.doesNotMatch(answer.body, /secret|at |\.ts/);
    assert.equal(logged[0]?.requestId, answer.json().requestId);
    assert.match(String(logged[0]?.error), /secret inside/);
  });

  test('keep code and headers of a refusal that a handler throws', async () => {
    const app = await serviceWith();
    const answer = await app.inject('/api/refuses');
    assert.equal(answer.statusCode, 409);
    assert.equal(answer.json().code, 'FENCED');
    assert.equal(answer.headers['retry-after'], '3');
  });

  test('answer a broken address', async () => {
    const app = await serviceWith();
    const answer = await app.inject('/api/%zz');
    assert.equal(answer.statusCode, 400);
    assert.match(answer.headers['content-type'] as string, /problem/);
  });
});

describe('query', () => {
  test('is converted exactly, with defaults', async () => {
    const app = await serviceWith();
    assert.deepEqual((await app.inject('/api/things')).json(), { limit: 200 });
    assert.deepEqual((await app.inject('/api/things?limit=5&deep=true')).json(), { limit: 5, deep: true });
    for (const query of ['limit=', 'limit=1.5', 'limit=5x', 'limit=0', 'limit=1&limit=2', 'deep=1', 'other=1']) {
      const answer = await app.inject(`/api/things?${query}`);
      assert.equal(answer.statusCode, 400, query);
      assert.match(answer.json().errors[0].path, /^query\/(limit|deep|other)$/);
    }
  });

  test('is refused where a route knows no parameters', async () => {
    const app = await serviceWith();
    assert.equal((await app.inject('/api/who?x=1')).statusCode, 400);
  });
});

describe('tokens and roles', () => {
  const get = (app: Service, url: string, headers: Record<string, string>) => app.inject({ url, headers });

  test('a service without tokens is open on loopback and refuses to be built beyond it', async () => {
    const app = await serviceWith();
    assert.deepEqual((await app.inject('/api/who')).json(), { name: 'local', role: 'admin' });
    await assert.rejects(buildService({ ...base, host: '0.0.0.0' }), { code: 'TOKEN_REQUIRED' });
  });

  test('a token is taken from either header', async () => {
    const app = await serviceWith({ tokens });
    assert.deepEqual((await get(app, '/api/who', { authorization: 'Bearer t' })).json(), {
      name: 'tom',
      role: 'trader',
    });
    assert.deepEqual((await get(app, '/api/who', { 'x-api-token': 'v' })).json(), { name: 'eve', role: 'viewer' });
  });

  test('a missing or wrong one is 401', async () => {
    const app = await serviceWith({ tokens });
    for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: 'Basic t' }, { 'x-api-token': '' }]) {
      const answer = await get(app, '/api/who', headers as Record<string, string>);
      assert.equal(answer.statusCode, 401);
      assert.equal(answer.json().code, 'UNAUTHORIZED');
      assert.equal(answer.headers['www-authenticate'], 'Bearer');
    }
  });

  test('a route asks for its role, and without one for viewer to read and admin to change', async () => {
    const app = await serviceWith({ tokens });
    const status = async (method: 'GET' | 'POST' | 'PUT', token: string) =>
      (
        await app.inject({
          method,
          url: '/api/things',
          headers: { 'x-api-token': token },
          ...(method === 'POST' ? { payload: { quantity: 1 } } : {}),
        })
      ).statusCode;
    assert.deepEqual([await status('GET', 'v'), await status('POST', 'v'), await status('PUT', 'v')], [200, 403, 403]);
    assert.deepEqual([await status('GET', 't'), await status('POST', 't'), await status('PUT', 't')], [200, 200, 403]);
    assert.deepEqual([await status('GET', 'a'), await status('POST', 'a'), await status('PUT', 'a')], [200, 200, 200]);
  });

  test('an unknown data path is not told to strangers', async () => {
    const app = await serviceWith({ tokens });
    assert.equal((await app.inject('/api/nothing')).statusCode, 401);
    assert.equal((await app.inject('/nothing')).statusCode, 404);
  });

  test('trying tokens from another machine is stopped, also for the right one, until the window ends', async () => {
    const app = await serviceWith({ tokens });
    const present = (remoteAddress: string, token: string) =>
      app.inject({ url: '/api/who', remoteAddress, headers: { 'x-api-token': token } });
    for (let n = 0; n < REFUSALS_PER_WINDOW; n += 1) {
      await present('10.0.0.9', `guess ${n}`);
      await present('127.0.0.1', `guess ${n}`);
    }
    const answer = await present('10.0.0.9', 'a');
    assert.equal(answer.statusCode, 429);
    assert.ok(Number(answer.headers['retry-after']) > 0);
    assert.equal((await present('127.0.0.1', 'a')).statusCode, 200);
  });

  test('a gateway can lower the role that it acts with, never raise it', async () => {
    const app = await serviceWith({ tokens });
    const acting = async (token: string, role: string) =>
      (await get(app, '/api/who', { 'x-api-token': token, 'x-acting-role': role, 'x-acting-as': 'bob' })).json();
    assert.deepEqual(await acting('a', 'trader'), { name: 'bob via ann', role: 'trader' });
    assert.deepEqual(await acting('v', 'admin'), { name: 'bob via eve', role: 'viewer' });
    assert.deepEqual(await acting('a', 'emperor'), { name: 'bob via ann', role: 'viewer' });
  });
});

describe('host and origin', () => {
  const status = async (app: Service, headers: Record<string, string>) => {
    const answer = await app.inject({ url: '/api/who', headers });
    return answer.statusCode === 200 ? 200 : answer.json().code;
  };

  test('its own names are served, others are not', async () => {
    const app = await serviceWith({ host: '127.0.0.1', allowedHosts: ['risk.example.com'] });
    for (const host of ['localhost:8008', '127.0.0.1:8008', '[::1]:8008', 'LOCALHOST', 'risk.example.com:443']) {
      assert.equal(await status(app, { host }), 200, host);
    }
    for (const host of ['evil.example.com', 'localhost.evil.com:8008', '10.0.0.1', 'x@localhost', 'localhost/x']) {
      assert.equal(await status(app, { host }), 'HOST_REFUSED', host);
    }
  });

  test('a foreign origin is refused, its own and allowed ones are not', async () => {
    const app = await serviceWith({ allowedOrigins: ['https://risk.example.com'] });
    const host = 'localhost:8008';
    for (const origin of ['http://localhost:8008', 'http://127.0.0.1:8008', 'https://risk.example.com']) {
      assert.equal(await status(app, { host, origin }), 200, origin);
    }
    for (const origin of [
      'http://localhost:3000',
      'http://evil.example.com',
      'null',
      'file://x',
      'http://evil.com:8008',
    ]) {
      assert.equal(await status(app, { host, origin }), 'ORIGIN_REFUSED', origin);
    }
  });

  test('a preflight of a foreign page is refused', async () => {
    const app = await serviceWith();
    const headers = { host: 'localhost', origin: 'http://evil.com', 'access-control-request-method': 'PUT' };
    const answer = await app.inject({ method: 'OPTIONS', url: '/api/things', headers });
    assert.equal(answer.statusCode, 403);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  });

  test('on a wildcard bind an address literal is served, since it cannot be rebound', async () => {
    const app = await serviceWith({ host: '0.0.0.0', tokens });
    assert.equal(await status(app, { host: '10.1.2.3:8008', 'x-api-token': 'v' }), 200);
    assert.equal(await status(app, { host: 'evil.example.com', 'x-api-token': 'v' }), 'HOST_REFUSED');
  });
});

describe('limits', () => {
  test('a flood from another machine is 429 with Retry-After; loopback is not limited', async () => {
    const app = await serviceWith({ requestsPerWindow: 2 });
    const from = (remoteAddress: string) => app.inject({ url: '/api/who', remoteAddress });
    assert.equal((await from('10.0.0.9')).statusCode, 200);
    assert.equal((await from('10.0.0.9')).statusCode, 200);
    const answer = await from('10.0.0.9');
    assert.equal(answer.statusCode, 429);
    assert.equal(answer.json().code, 'RATE_LIMITED');
    assert.ok(Number(answer.headers['retry-after']) > 0);
    for (let n = 0; n < 5; n += 1) assert.equal((await from('127.0.0.1')).statusCode, 200);
  });
});

describe('documentation', () => {
  test('describes each data route with its problems, as a page and as JSON', async () => {
    const app = await serviceWith({ tokens });
    const document = (await app.inject('/docs-json')).json();
    assert.equal(document.info.title, 'Test');
    assert.deepEqual(Object.keys(document.paths['/api/things']), ['get', 'post', 'put']);
    assert.ok(document.paths['/api/things'].get.responses['4XX'].content['application/problem+json'].schema);
    const page = await app.inject('/docs/');
    assert.equal(page.statusCode, 200);
    assert.match(page.headers['content-type'] as string, /html/);
    assert.doesNotMatch(page.headers['content-security-policy'] as string, /upgrade-insecure-requests/);
    assert.match(page.headers['content-security-policy'] as string, /script-src/);
  });
});

describe('listening', () => {
  test('answers the address, and says what to do when the port is taken', async () => {
    const app = await serviceWith();
    const address = await listenService(app, { host: '127.0.0.1', port: 0 });
    assert.equal((await fetch(`${address}/api/who`)).status, 200);
    const second = await serviceWith();
    const port = Number(new URL(address).port);
    await assert.rejects(listenService(second, { host: '127.0.0.1', port }), {
      code: 'PORT_IN_USE',
      message: /another port/,
    });
  });

  test('bytes that are no request get a problem', async () => {
    const app = await serviceWith();
    const port = Number(new URL(await listenService(app, { host: '127.0.0.1', port: 0 })).port);
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('hello there\r\n\r\n'));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
    assert.match(answer, /REQUEST_MALFORMED/);
  });

  test('close does not wait for connections that are merely kept open', async () => {
    const app = await buildService(base);
    const port = Number(new URL(await listenService(app, { host: '127.0.0.1', port: 0 })).port);
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    await app.close();
    await closed;
  });
});
