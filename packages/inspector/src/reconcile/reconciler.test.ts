import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import type { EngineInput } from '@inspector/engine';
import type { ListedAccount, ProviderClient, VenueAnswer } from '../effects/provider-client.ts';
import { createSimulatedClock } from '../runner/simulated-clock.ts';
import { createReconciler } from './reconciler.ts';

function openBench(governed: readonly string[] | null = null) {
  const clock = createSimulatedClock(1_000_000);
  const told: EngineInput[] = [];
  const venue: { accounts: ListedAccount[] | Error; answer: VenueAnswer; asked: number } = {
    accounts: [
      { connectorType: 'paper', marketType: 'futures' },
      { connectorType: 'ccxt', marketType: 'spot', accountId: 'desk' },
    ],
    answer: { ok: true, time: 9, walletBalance: 10, positions: [], orders: [] },
    asked: 0,
  };
  const unused = () => Promise.reject(new Error('not asked here'));
  const client: ProviderClient = {
    place: unused,
    cancel: unused,
    setLeverage: unused,
    query: () => {
      venue.asked++;
      return Promise.resolve(venue.answer);
    },
    accounts: () =>
      venue.accounts instanceof Error ? Promise.reject(venue.accounts) : Promise.resolve(venue.accounts),
  };
  const log = { info() {}, warn() {}, error() {} };
  const reconciler = createReconciler({ client, governed, clock, log, submit: (input) => void told.push(input) });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settled();
  };
  return { reconciler, venue, told, pass };
}

test('asks every account at start and every 15 s, under ids of its own', async () => {
  const { reconciler, told, pass } = openBench();
  reconciler.start();
  await pass(0);
  const state = { ok: true, time: 9, walletBalance: 10, positions: [], orders: [] };
  assert.deepEqual(told, [
    { kind: 'venue-state', now: 0, accountKey: 'paper:futures', queryId: -1, ...state },
    { kind: 'venue-state', now: 0, accountKey: 'ccxt:spot:desk', queryId: -2, ...state },
  ]);
  await pass(14_999);
  assert.equal(told.length, 2);
  await pass(1);
  assert.equal(told.length, 4);
});

test('an Inspector that governs some accounts asks for these alone', async () => {
  const { reconciler, told, pass } = openBench(['ccxt:spot:desk', 'never:heard']);
  reconciler.start();
  await pass(0);
  assert.deepEqual(
    told.map((each) => each.kind === 'venue-state' && each.accountKey),
    ['ccxt:spot:desk'],
  );
});

test('what cannot be asked is told as failed, and asked again after a second', async () => {
  const { reconciler, venue, told, pass } = openBench();
  venue.answer = { ok: false, reason: 'the venue is down' };
  reconciler.start();
  await pass(0);
  assert.ok(told.every((each) => each.kind === 'venue-state' && !each.ok));
  assert.deepEqual(reconciler.last?.accounts[0], {
    accountKey: 'paper:futures',
    ok: false,
    reason: 'the venue is down',
  });
  await pass(1000);
  assert.equal(told.length, 4);
});

test('a Provider that does not list its accounts is asked for those that are known', async () => {
  const { reconciler, venue, told, pass } = openBench();
  await reconciler.runOnce();
  venue.accounts = new Error('ECONNREFUSED');
  const round = await reconciler.runOnce();
  assert.equal(round.reason, 'ECONNREFUSED');
  assert.equal(told.length, 4);
  venue.accounts = [];
  await pass(1000);
  assert.equal(told.length, 6);
});

test('a round on demand begins after the call, even while another runs', async () => {
  const { reconciler, venue } = openBench();
  const first = reconciler.runOnce();
  const [second, third] = [reconciler.runOnce(), reconciler.runOnce()];
  await first;
  await Promise.all([second, third]);
  assert.equal(venue.asked, 4, 'two rounds of two accounts');
});

test('after stop nothing is asked or told', async () => {
  const { reconciler, told, pass } = openBench();
  const round = reconciler.runOnce();
  reconciler.stop();
  await round;
  await pass(60_000);
  assert.equal(told.length, 0);
});

test('tells what a venue can do once, and again when that has changed', async () => {
  const { reconciler, venue, told, pass } = openBench(['paper:futures']);
  const said = () => told.filter(({ kind }) => kind === 'venue-capabilities');
  const list = (capabilities: ListedAccount['capabilities']) => {
    venue.accounts = [{ connectorType: 'paper', marketType: 'futures', capabilities: capabilities ?? [] }];
  };
  list([]);
  reconciler.start();
  await pass(0);
  assert.equal(said().length, 0);
  list([{ name: 'stop-by-mark', can: false, note: 'by trades' }]);
  await pass(1_000);
  assert.equal(said().length, 1);
  await pass(14_999);
  await pass(1);
  assert.equal(said().length, 1);
  list([{ name: 'stop-by-mark', can: true }]);
  await pass(15_000);
  assert.equal(said().length, 2);
});
