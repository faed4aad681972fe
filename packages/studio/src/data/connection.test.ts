import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANNEL_GRACE_MS, type ConnectionFacts, connectionOf, failureOf, STALE_AFTER_MS } from './connection.ts';
import { createConnectionStore } from './connection-store.ts';

const NOW = 1_000_000;
const facts = (given: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  knownAt: NOW,
  failure: null,
  channelDownSince: null,
  catchingUp: false,
  tokenRefused: false,
  ...given,
});
const kind = (given: Partial<ConnectionFacts>) => connectionOf(facts(given), NOW).kind;

test('it is live with fresh answers and events', () => {
  assert.equal(kind({}), 'live');
  assert.equal(kind({ knownAt: null }), 'connecting');
});

test('answers that stay out make it stale, at the bound not yet', () => {
  assert.equal(kind({ knownAt: NOW - STALE_AFTER_MS }), 'live');
  assert.equal(kind({ knownAt: NOW - STALE_AFTER_MS - 1 }), 'stale');
});

test('an event channel that is down for long is said, and figures still come', () => {
  assert.equal(kind({ channelDownSince: NOW - CHANNEL_GRACE_MS }), 'live');
  assert.equal(kind({ channelDownSince: NOW - CHANNEL_GRACE_MS - 1 }), 'polling');
});

test('what was missed is said to be read, and a refused token comes before everything', () => {
  assert.equal(kind({ catchingUp: true }), 'catching-up');
  assert.equal(kind({ catchingUp: true, tokenRefused: true }), 'token-refused');
});

test('no answer at all is a lost server, an answer of the gateway alone an Inspector that is away', () => {
  const failed = (code: string, status: number) =>
    failureOf({ code, status, message: 'It does not answer.' }, NOW - 1) ?? null;
  const lost = connectionOf(facts({ knownAt: NOW - 700, failure: failed('UNREACHABLE', 0) }), NOW);
  assert.deepEqual(lost, { kind: 'lost', since: NOW - 700 });
  const away = connectionOf(facts({ knownAt: NOW - 700, failure: failed('TARGET_INACTIVE', 502) }), NOW);
  assert.deepEqual(away, {
    kind: 'inspector-away',
    since: NOW - 700,
    code: 'TARGET_INACTIVE',
    detail: 'It does not answer.',
  });
});

test('a call that is refused for what it asks says nothing about the connection', () => {
  for (const [code, status] of [
    ['VALIDATION_FAILED', 400],
    ['OPTIONS_CONFLICT', 412],
    ['QUESTDB_UNAVAILABLE', 503],
  ] as const) {
    assert.equal(failureOf({ code, status, message: '' }, NOW), undefined, code);
  }
});

test('an answer that was long on its way leaves it stale, however lately it came', () => {
  let now = NOW;
  const connection = createConnectionStore(() => now);
  connection.answered(undefined, NOW);
  assert.equal(connection.get().kind, 'live');
  now += 8_000;
  connection.answered(undefined, NOW + 1_000);
  assert.deepEqual(connection.get(), { kind: 'stale', since: NOW + 1_000 });
  connection.answered(undefined, NOW + 7_900);
  assert.equal(connection.get().kind, 'live');
  connection.answered(undefined, NOW + 2_000);
  assert.equal(connection.get().kind, 'live', 'one that was overtaken changes nothing');
});
