import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import type { Order } from '@inspector/contract';
import type { Effect, EngineInput } from '@inspector/engine';
import { createSimulatedClock, type SimulatedClock } from '../runner/simulated-clock.ts';
import { createEffectExecutor, type EffectExecutor } from './effect-executor.ts';
import type { CancelAnswer, LeverageAnswer, PlaceAnswer, ProviderClient, VenueAnswer } from './provider-client.ts';

/** A call that the fake Provider holds until the test answers it. */
interface Held {
  name: string;
  answer: (value: unknown) => void;
  fail: (error: Error) => void;
}

interface Bench {
  executor: EffectExecutor;
  clock: SimulatedClock;
  /** Names of the calls, in the order in which they were made. */
  calls: string[];
  /** What the engine was told. */
  told: EngineInput[];
  /** Answers the oldest held call of that name. */
  answer(name: string, value: PlaceAnswer | CancelAnswer | LeverageAnswer | VenueAnswer | Error): Promise<void>;
  /** Lets time pass in small steps, with what it sets free. */
  pass(ms: number): Promise<void>;
}

function openBench(): Bench {
  const clock = createSimulatedClock(1_000_000);
  const held: Held[] = [];
  const calls: string[] = [];
  const told: EngineInput[] = [];
  const hold = <T>(name: string) => {
    calls.push(name);
    return new Promise<T>((resolve, reject) => {
      held.push({ name, answer: (value) => resolve(value as T), fail: reject });
    });
  };
  const client: ProviderClient = {
    place: (order) => hold(`place ${order.clientOrderId}`),
    cancel: (target) => hold(`cancel ${target.clientOrderId}`),
    setLeverage: (target) => hold(`leverage ${target.symbol} ${target.leverage}`),
    query: (question) =>
      hold(['query account', ...(question.lookUp ?? []).map(({ clientOrderId }) => clientOrderId)].join(' ')),
    accounts: () => hold('accounts'),
  };
  const quiet = { info() {}, warn() {}, error() {} };
  const executor = createEffectExecutor({
    client,
    clock,
    log: quiet,
    epoch: () => 7,
    submit: (input) => void told.push(input),
  });
  return {
    executor,
    clock,
    calls,
    told,
    async answer(name, value) {
      const index = held.findIndex((each) => each.name === name);
      assert.notEqual(index, -1, `${name} is not held: ${held.map((each) => each.name)}`);
      const [call] = held.splice(index, 1);
      if (value instanceof Error) call!.fail(value);
      else call!.answer(value);
      await settled();
    },
    async pass(ms) {
      for (let i = 0; i < ms; i += 50) {
        clock.advance(50);
        await settled();
      }
    },
  };
}

const order = (clientOrderId: string, fields: Partial<Order> = {}): Order => ({
  id: '',
  clientOrderId,
  externalId: '',
  connectorType: 'paper',
  marketType: 'futures',
  symbol: { name: 'BTCUSDT' },
  side: 'BUY',
  type: 'MARKET',
  quantity: 1,
  quantityExecuted: 0,
  priceExecuted: 0,
  status: 'NEW',
  time: 0,
  updateTime: 0,
  source: { type: 'inspector', key: 'inspector' },
  ...fields,
});
const accountKey = 'paper:futures';
const entry = (id: string, fields: Partial<Order> = {}): Effect => ({
  kind: 'place',
  accountKey,
  order: order(id, fields),
});
const exit = (id: string, fields: Partial<Order> = {}): Effect => entry(id, { reduceOnly: true, ...fields });
const cancel = (cancels: string): Effect => ({
  kind: 'cancel',
  accountKey,
  symbol: 'BTCUSDT',
  clientOrderId: `cancel-${cancels}`,
  cancels,
});
const query = (queryId: number, clientOrderId?: string): Effect => ({
  kind: 'query',
  accountKey,
  queryId,
  reason: 'reconcile',
  ...(clientOrderId === undefined ? {} : { clientOrderId }),
});
const accepted = (id: string): PlaceAnswer => ({ outcome: 'accepted', order: order(id) });
const outcomes = (told: EngineInput[]) =>
  told.map((each) => (each.kind === 'order-answer' ? `${each.call} ${each.clientOrderId} ${each.outcome}` : each.kind));

test('orders of one symbol go out one after the other, in order; of others beside them', async () => {
  const { executor, calls, answer, told } = openBench();
  executor.execute([exit('stop'), exit('target'), exit('other', { symbol: { name: 'ETHUSDT' } })]);
  assert.deepEqual(calls, ['place stop', 'place other']);
  await answer('place stop', accepted('stop'));
  assert.deepEqual(calls, ['place stop', 'place other', 'place target']);
  await answer('place target', accepted('target'));
  await answer('place other', accepted('other'));
  assert.deepEqual(outcomes(told), ['place stop accepted', 'place target accepted', 'place other accepted']);
  await executor.idle();
});

test('an exit does not wait for entries: neither for one under way nor for those that fill their places', async () => {
  const { executor, calls } = openBench();
  const symbols = ['A', 'B', 'C', 'D', 'E', 'F'];
  executor.execute(symbols.map((name) => entry(`entry-${name}`, { symbol: { name } })));
  assert.equal(calls.length, 4);
  executor.execute([exit('stop-A', { symbol: { name: 'A' } })]);
  assert.equal(calls.at(-1), 'place stop-A');
});

test('exits overtake entries that wait', async () => {
  const { executor, calls, answer } = openBench();
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'];
  executor.execute(names.slice(0, 8).map((name) => exit(`exit-${name}`, { symbol: { name } })));
  executor.execute([entry('entry'), exit('exit-I', { symbol: { name: 'I' } })]);
  assert.equal(calls.length, 8);
  await answer('place exit-A', accepted('exit-A'));
  assert.equal(calls.at(-1), 'place exit-I');
});

test('silence is unknown, and is never followed by the same order again', async () => {
  const { executor, calls, told, pass } = openBench();
  executor.execute([exit('stop')]);
  await pass(60_000);
  assert.deepEqual(calls, ['place stop']);
  assert.deepEqual(outcomes(told), ['place stop unknown']);
});

test('an error and a 5xx are unknown as well', async () => {
  const { executor, calls, told, answer, pass } = openBench();
  executor.execute([exit('stop'), cancel('old')]);
  await answer('place stop', new Error('socket hang up'));
  await answer('cancel old', { outcome: 'unknown', reasonText: '502' });
  await pass(20_000);
  assert.deepEqual(calls, ['place stop', 'cancel old']);
  assert.deepEqual(outcomes(told), ['place stop unknown', 'cancel old unknown']);
});

test('what surely never left is sent again with growing waits, then reported as rejected', async () => {
  const { executor, calls, told, answer, pass } = openBench();
  executor.execute([exit('stop')]);
  for (const waitMs of [250, 500, 1000, 2000, 4000]) {
    await answer('place stop', { outcome: 'not-sent', reasonText: 'ECONNREFUSED' });
    const before = calls.length;
    await pass(waitMs - 50);
    assert.equal(calls.length, before, `not before ${waitMs} ms`);
    await pass(50);
    assert.equal(calls.length, before + 1);
  }
  await answer('place stop', { outcome: 'not-sent', reasonText: 'ECONNREFUSED' });
  assert.deepEqual(outcomes(told), ['place stop rejected']);
  assert.equal(executor.counts().retried, 5);
});

test("a venue's refusal is an answer: it is passed on, not tried again", async () => {
  const { executor, calls, told, answer } = openBench();
  executor.execute([exit('stop')]);
  await answer('place stop', { outcome: 'rejected', reason: 'WOULD_TRIGGER', reasonText: 'price is through it' });
  assert.equal(calls.length, 1);
  assert.deepEqual(told, [
    {
      kind: 'order-answer',
      now: 0,
      accountKey,
      clientOrderId: 'stop',
      call: 'place',
      outcome: 'rejected',
      reason: 'WOULD_TRIGGER',
      reasonText: 'price is through it',
    },
  ]);
});

test('leverage is set before an entry, once per symbol and value; exits need none', async () => {
  const { executor, calls, answer } = openBench();
  executor.execute([entry('a', { leverage: 3 })]);
  assert.deepEqual(calls, ['leverage BTCUSDT 3']);
  await answer('leverage BTCUSDT 3', { outcome: 'accepted' });
  await answer('place a', accepted('a'));
  executor.execute([entry('b', { leverage: 3 })]);
  await answer('place b', accepted('b'));
  executor.execute([exit('c', { leverage: 5 })]);
  await answer('place c', accepted('c'));
  executor.execute([entry('d', { leverage: 5 })]);
  assert.deepEqual(calls.slice(1), ['place a', 'place b', 'place c', 'leverage BTCUSDT 5']);
});

test('an entry whose leverage cannot be set does not go out', async () => {
  const { executor, calls, told, answer } = openBench();
  executor.execute([entry('a', { leverage: 30 })]);
  await answer('leverage BTCUSDT 30', { outcome: 'rejected', reasonText: 'at most 20' });
  assert.deepEqual(calls, ['leverage BTCUSDT 30']);
  assert.deepEqual(outcomes(told), ['place a rejected']);
});

test('a cancel of an entry that still waits takes it back: it is never sent', async () => {
  const { executor, calls, told, answer } = openBench();
  executor.execute([entry('a'), entry('b'), cancel('b')]);
  assert.deepEqual(outcomes(told), ['place b rejected', 'cancel b rejected']);
  await answer('place a', accepted('a'));
  assert.deepEqual(calls, ['place a']);
});

test('a cancel waits for the answer to the placing that is under way', async () => {
  const { executor, calls, answer } = openBench();
  executor.execute([entry('a'), cancel('a')]);
  assert.deepEqual(calls, ['place a']);
  await answer('place a', accepted('a'));
  assert.deepEqual(calls, ['place a', 'cancel a']);
});

test('a cancel of an order that had filled is told as not found, with how it ended', async () => {
  const { executor, told, answer } = openBench();
  executor.execute([cancel('a')]);
  await answer('cancel a', { outcome: 'accepted', order: order('a', { status: 'FILLED', quantityExecuted: 1 }) });
  const [input] = told;
  assert.ok(input?.kind === 'order-answer');
  assert.deepEqual([input.outcome, input.reason, input.order?.status], ['rejected', 'NOT_FOUND', 'FILLED']);
});

test('questions that wait share one answer, each under its own id; one on its way is not shared', async () => {
  const { executor, calls, told, answer } = openBench();
  executor.execute([query(1), query(2), query(3)]);
  assert.deepEqual(calls, ['query account']);
  const venue: VenueAnswer = { ok: true, time: 5, walletBalance: 10, positions: [], orders: [] };
  await answer('query account', venue);
  assert.deepEqual(calls, ['query account', 'query account']);
  await answer('query account', { ok: false, reason: 'the venue is down' });
  await executor.idle();
  assert.deepEqual(told, [
    { kind: 'venue-state', now: 0, accountKey, queryId: 1, ...venue },
    { kind: 'venue-state', now: 0, accountKey, queryId: 2, ok: false, reason: 'the venue is down', time: 0 },
    { kind: 'venue-state', now: 0, accountKey, queryId: 3, ok: false, reason: 'the venue is down', time: 0 },
  ]);
});

test('orders in doubt are looked up together, ten at a time, and each question hears of its own; one that fails keeps no other from its answer', async () => {
  const { executor, calls, told, answer } = openBench();
  const names = Array.from({ length: 11 }, (_, index) => `o${index}`);
  executor.execute([query(1), query(2), ...names.map((name, index) => query(3 + index, name)), query(14, 'o0')]);
  const venue: VenueAnswer = { ok: true, time: 5, walletBalance: 10, positions: [], orders: [] };
  await answer('query account', venue);
  const ten = names.slice(0, 10);
  assert.deepEqual(calls.slice(1), [`query account ${ten.join(' ')}`]);
  await answer(`query account ${ten.join(' ')}`, {
    ...venue,
    found: ten.map((id) => (id === 'o4' ? { reason: 'delisted' } : { order: id === 'o3' ? order(id) : null })),
  });
  await answer('query account o10', { ...venue, found: [{ order: null }] });
  await executor.idle();
  const heard = told.map((input) => (input.kind === 'venue-state' ? [input.queryId, input.reason ?? input.order] : []));
  const special: Record<string, unknown> = { o3: order('o3'), o4: 'delisted' };
  const ofNames = ten.map((id, index) => [3 + index, special[id] ?? null]);
  assert.deepEqual(heard, [[1, undefined], [2, undefined], ...ofNames, [14, null], [13, null]]);
});

test('a question without an answer in time is told as failed: unknown is not flat', async () => {
  const { executor, told, pass } = openBench();
  executor.execute([query(1)]);
  await pass(8000);
  assert.ok(told[0]?.kind === 'venue-state' && told[0].ok === false);
});

test('stop refuses entries that wait, lets exits finish, and gives up after its time', async () => {
  const { executor, calls, told, answer, pass } = openBench();
  executor.execute([exit('stop'), exit('target'), entry('a'), entry('b')]);
  const stopping = executor.stop(2000);
  assert.deepEqual(outcomes(told), ['place b rejected']);
  await answer('place stop', accepted('stop'));
  await answer('place target', accepted('target'));
  await answer('place a', accepted('a'));
  assert.equal(await stopping, true);
  assert.deepEqual(calls.toSorted(), ['place a', 'place stop', 'place target']);

  const other = openBench();
  other.executor.execute([exit('stop')]);
  const hanging = other.executor.stop(2000);
  await other.pass(2000);
  assert.equal(await hanging, false);
  await pass(0);
});
