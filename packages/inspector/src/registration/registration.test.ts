import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createSimulatedClock } from '../runner/simulated-clock.ts';
import { createRegistration } from './registration.ts';
import { createHttpRegistryClient } from './registry-client.ts';

const log = { info() {}, warn() {}, error() {} };
const app = { kind: 'inspector' as const, appKey: 'inspector', url: 'http://127.0.0.1:8008' };
const turns = () => new Promise((resolve) => setImmediate(resolve));

/** A Provider that can be down, and can forget. */
function registrationWith() {
  const calls: string[] = [];
  const provider = { down: false, known: false };
  const answering = <T>(call: string, answer: () => T) => {
    calls.push(call);
    return provider.down ? Promise.reject(new Error('refused')) : Promise.resolve(answer());
  };
  const client = {
    register: () =>
      answering('register', () => {
        provider.known = true;
      }),
    heartbeat: () => answering('heartbeat', () => provider.known),
    unregister: () => answering('unregister', () => {}),
  };
  const clock = createSimulatedClock(1_000);
  const registration = createRegistration({ client, app, clock, log });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await turns();
  };
  return { registration, provider, calls, pass };
}

test('registers, then shows every 15 s that it lives', async () => {
  const { registration, calls, pass } = registrationWith();
  registration.start();
  await turns();
  assert.deepEqual(registration.state(), { registered: true, lastHeartbeatAt: 1_000 });
  await pass(14_999);
  assert.deepEqual(calls, ['register']);
  await pass(1);
  assert.deepEqual(calls, ['register', 'heartbeat']);
});

test('registers again when the Provider has forgotten it', async () => {
  const { registration, provider, calls, pass } = registrationWith();
  registration.start();
  await turns();
  provider.known = false;
  await pass(15_000);
  assert.deepEqual(calls, ['register', 'heartbeat', 'register']);
  assert.equal(registration.state().registered, true);
});

test('tries again every 2 s while the Provider is down, and says why it is not registered', async () => {
  const { registration, provider, calls, pass } = registrationWith();
  provider.down = true;
  registration.start();
  await turns();
  assert.equal(registration.state().reason, 'refused');
  await pass(2_000);
  provider.down = false;
  await pass(2_000);
  assert.deepEqual(calls, ['register', 'register', 'register']);
  assert.deepEqual(registration.state(), { registered: true, lastHeartbeatAt: 5_000 });
});

test('its start is over after the first call, answered or not', async () => {
  const up = registrationWith();
  await up.registration.start();
  assert.equal(up.registration.state().registered, true);

  const down = registrationWith();
  down.provider.down = true;
  await down.registration.start();
  assert.equal(down.registration.state().registered, false);
});

test('signs off, and beats no more', async () => {
  const { registration, calls, pass } = registrationWith();
  registration.start();
  await turns();
  await registration.stop();
  await pass(60_000);
  assert.deepEqual(calls, ['register', 'unregister']);
});

test("speaks the Provider's REST, and repeats nothing of an answer but its code", async (t) => {
  const asked: { url?: string; token?: string; body: string }[] = [];
  let answer = { status: 200, body: '{}' };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ url: request.url ?? '', token: request.headers.authorization ?? '', body });
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const client = createHttpRegistryClient({ url: `http://127.0.0.1:${port}/`, token: () => 'secret' });

  await client.register(app);
  assert.deepEqual(asked[0], { url: '/api/apps/registry/register', token: 'Bearer secret', body: JSON.stringify(app) });
  assert.equal(await client.heartbeat('inspector'), true);
  answer = { status: 404, body: '{"code":"TARGET_UNKNOWN"}' };
  assert.equal(await client.heartbeat('inspector'), false);
  answer = { status: 403, body: '{"code":"FORBIDDEN","detail":"secret"}' };
  await assert.rejects(client.register(app), { message: 'the Provider answered 403 FORBIDDEN' });
});

test('registers once more when it is asked to, also while a call is under way', async () => {
  const { registration, calls, pass } = registrationWith();
  registration.start();
  registration.again();
  await turns();
  await pass(0);
  assert.deepEqual(calls, ['register', 'register']);
  registration.again();
  await turns();
  assert.deepEqual(calls, ['register', 'register', 'register']);
  await pass(15_000);
  assert.equal(calls.at(-1), 'heartbeat');
});
