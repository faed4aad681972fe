import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from '@inspector/contract';
import type { QueryEffect } from '#output.ts';
import { type Bench, type BenchSettings, openBench, START } from '#testing/bench.ts';
import { verify } from '#testing/verify.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench({ venue: 'none', ...settings });
    run(bench);
    verify(bench);
  });

const accountKey = 'paper:futures';
const eth = { name: 'ETHUSDT' };
const sent = (bench: Bench, purpose: string) => bench.of('ORDER_SENT').filter(({ data }) => data.purpose === purpose);
const idOf = (bench: Bench, purpose: string) => String(sent(bench, purpose).at(-1)?.data.clientOrderId);
const timeOut = (bench: Bench, clientOrderId: string, call: 'place' | 'cancel' = 'place') =>
  bench.feed({
    kind: 'order-answer',
    now: bench.now,
    accountKey,
    clientOrderId,
    call,
    outcome: 'unknown',
    reasonText: 'timed out',
  });
const asked = (bench: Bench): QueryEffect => bench.effects.findLast((effect) => effect.kind === 'query') as QueryEffect;
const queries = (bench: Bench) =>
  bench.effects.filter((effect) => effect.kind === 'query' && effect.reason === 'order-unknown').length;

interface Answer {
  order?: Order | null;
  orders?: Order[];
  ok?: boolean;
}
const answer = (bench: Bench, { order = null, orders = [], ok = true }: Answer = {}) =>
  bench.feed({
    kind: 'venue-state',
    now: bench.now,
    accountKey,
    queryId: asked(bench).queryId,
    ok,
    time: bench.now,
    ...(ok ? { positions: [], orders, order } : {}),
  });

const entry = (bench: Bench, more = {}) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2, ...more });
  return idOf(bench, 'ENTRY');
};

scenario('intent and sending are written before the order leaves; its id is 32 characters at most', {}, (bench) => {
  const id = entry(bench);
  assert.match(id, /^insp[a-z0-9]{1,28}$/);
  assert.deepEqual(bench.story().slice(-3), ['REQUEST_DECIDED OK', 'ORDER_INTENT ENTRY', 'ORDER_SENT NEW']);
  const effect = bench.effects.at(-1);
  assert.equal(effect?.kind === 'place' && effect.order.leverage, 10);
});

scenario('a time-out is ORDER_UNKNOWN and the venue is asked by client id', {}, (bench) => {
  const id = entry(bench);
  timeOut(bench, id);
  assert.equal(bench.last('ORDER_UNKNOWN')?.data.clientOrderId, id);
  assert.equal(asked(bench).clientOrderId, id);
});

scenario('found by its client id: what the venue says counts', {}, (bench) => {
  const id = entry(bench);
  timeOut(bench, id);
  const found = {
    ...sent(bench, 'ENTRY')[0]!.data,
    status: 'FILLED',
    quantityExecuted: 2,
    priceExecuted: 2001,
    updateTime: bench.now,
  } as unknown as Order;
  answer(bench, { order: found });
  assert.equal(bench.last('POSITION_OPENED')?.data.entryPrice, 2001);
  assert.equal(queries(bench), 1);
});

scenario('found among the open orders', {}, (bench) => {
  const id = entry(bench, { price: 1990 });
  timeOut(bench, id);
  const open = { ...sent(bench, 'ENTRY')[0]!.data, externalId: 'x1' } as unknown as Order;
  answer(bench, { orders: [open] });
  assert.equal(bench.last('ORDER_RESULT')?.code, 'NEW');
});

scenario('sent again only after two rounds 2 s apart, the last after its validity', {}, (bench) => {
  const id = entry(bench);
  timeOut(bench, id);
  answer(bench);
  bench.wait(1999);
  assert.equal(queries(bench), 1);
  bench.price('ETHUSDT', 2000).wait(3000).price('ETHUSDT', 2000);
  assert.equal(queries(bench), 1);
  bench.wait(1);
  // 5 s after it was sent.
  assert.equal(bench.now, START + 5000);
  assert.equal(queries(bench), 2);
  assert.equal(sent(bench, 'ENTRY').length, 1);
  answer(bench);
  assert.equal(sent(bench, 'ENTRY').length, 2);
  assert.deepEqual(sent(bench, 'ENTRY')[1]!.data.clientOrderId, id);
});

scenario('rounds that come close together count as one', {}, (bench) => {
  entry(bench);
  bench.wait(6000);
  timeOut(bench, idOf(bench, 'ENTRY'));
  answer(bench);
  const again = {
    kind: 'venue-state',
    now: bench.now + 1000,
    accountKey,
    ok: true,
    time: bench.now,
    positions: [],
    orders: [],
    order: null,
  } as const;
  bench.feed({ ...again, queryId: asked(bench).queryId });
  assert.equal(sent(bench, 'ENTRY').length, 1);
});

scenario('a failed query changes nothing and is asked again', {}, (bench) => {
  timeOut(bench, entry(bench));
  answer(bench, { ok: false });
  bench.wait(499);
  assert.equal(queries(bench), 1);
  bench.wait(1);
  assert.equal(queries(bench), 2);
  answer(bench, { ok: false });
  bench.wait(1000);
  assert.equal(queries(bench), 3);
  assert.equal(bench.of('ORDER_RESULT').length, 0);
});

/** Absence is proven at 5 s. */
const provenAbsent = (bench: Bench) => {
  timeOut(bench, idOf(bench, 'ENTRY'));
  answer(bench);
  bench.wait(5000);
  answer(bench);
};

scenario('never sent again under a lock', {}, (bench) => {
  entry(bench);
  bench.command('standdown', { enabled: true });
  provenAbsent(bench);
  assert.equal(sent(bench, 'ENTRY').length, 1);
  assert.equal(bench.last('ORDER_RESULT')?.code, 'REJECTED');
  assert.equal(bench.engine.accounts[0]!.reservations.size, 0);
});

scenario('never sent again under a kill', {}, (bench) => {
  entry(bench);
  timeOut(bench, idOf(bench, 'ENTRY'));
  const { queryId } = asked(bench);
  bench.command('kill-switch/trigger', { scope: 'symbol:paper:futures:ETHUSDT', confirm: true });
  const absent = { kind: 'venue-state', accountKey, ok: true, positions: [], orders: [], order: null } as const;
  bench.feed({ ...absent, now: bench.now, time: bench.now, queryId });
  bench.wait(5000);
  bench.feed({
    ...absent,
    now: bench.now,
    time: bench.now,
    queryId: bench.effects
      .filter((effect) => effect.kind === 'query' && effect.reason === 'order-unknown')
      .map((effect) => (effect as QueryEffect).queryId)
      .at(-1)!,
  });
  assert.equal(sent(bench, 'ENTRY').length, 1);
});

for (const [expiresIn, isSentAgain] of [
  [4999, false],
  [5001, true],
] as const) {
  scenario(
    `an entry that expires after ${expiresIn} ms is ${isSentAgain ? '' : 'not '}sent again after 5 s`,
    {},
    (bench) => {
      entry(bench, { expiresAt: START + expiresIn });
      provenAbsent(bench);
      assert.equal(sent(bench, 'ENTRY').length, isSentAgain ? 2 : 1);
    },
  );
}

scenario(
  'a stop that never arrived is placed anew, as a new version',
  { options: { riskManagement: { stopLossPercent: 2 }, protection: { nakedMaxMs: 60_000 } } },
  (bench) => {
    entry(bench);
    bench.order({
      ref: 'e:entry',
      symbol: eth,
      status: 'FILLED',
      quantityExecuted: 2,
      priceExecuted: 2000,
      updateTime: bench.now,
    });
    const first = idOf(bench, 'STOP');
    timeOut(bench, first);
    const positions = [{ symbol: 'ETHUSDT', side: 'LONG' as const, quantity: 2, entryPrice: 2000 }];
    const absent = () =>
      bench.feed({
        kind: 'venue-state',
        now: bench.now,
        accountKey,
        queryId: asked(bench).queryId,
        ok: true,
        time: bench.now,
        positions,
        orders: [],
        order: null,
      });
    absent();
    bench.wait(5000);
    absent();
    assert.equal(sent(bench, 'STOP').length, 2);
    assert.notEqual(idOf(bench, 'STOP'), first);
  },
);

scenario('a cancel of what the venue does not have: it is looked up', {}, (bench) => {
  const id = entry(bench, { price: 1990 });
  bench.order({ ref: 'e:entry', symbol: eth, status: 'NEW' });
  bench.command('standdown', { enabled: true });
  bench.feed({
    kind: 'order-answer',
    now: bench.now,
    accountKey,
    clientOrderId: id,
    call: 'cancel',
    outcome: 'rejected',
    reason: 'NOT_FOUND',
  });
  assert.equal(bench.last('ORDER_UNKNOWN')?.data.clientOrderId, id);
  const filled = {
    ...sent(bench, 'ENTRY')[0]!.data,
    status: 'FILLED',
    quantityExecuted: 2,
    priceExecuted: 1990,
    updateTime: bench.now,
  } as unknown as Order;
  answer(bench, { order: filled });
  assert.equal(bench.last('POSITION_OPENED')?.data.quantity, 2);
});

scenario('a duplicate id is looked up, not an error', {}, (bench) => {
  const id = entry(bench, { price: 1990 });
  bench.feed({
    kind: 'order-answer',
    now: bench.now,
    accountKey,
    clientOrderId: id,
    call: 'place',
    outcome: 'rejected',
    reason: 'DUPLICATE',
  });
  assert.equal(bench.of('ORDER_RESULT', 'REJECTED').length, 0);
  assert.equal(asked(bench).clientOrderId, id);
});

scenario('after a restart what was on its way is in doubt', {}, (bench) => {
  const id = entry(bench);
  bench.restart();
  bench.feed({ kind: 'started', now: bench.now, epoch: 2, appKey: 'inspector', version: '1' });
  assert.equal(bench.last('ORDER_UNKNOWN')?.data.clientOrderId, id);
  assert.equal(bench.open({ quantity: 1 }).code, 'NOT_RECONCILED');
});

scenario('an entry that never left before a restart is sent by the instance that is there now', {}, (bench) => {
  const id = entry(bench);
  bench.restart();
  bench.feed({ kind: 'started', now: bench.now, epoch: 2, appKey: 'inspector', version: '1' });
  for (const waitMs of [0, 2000, 3000]) {
    bench.wait(waitMs);
    answer(bench);
  }
  const effect = bench.effects.findLast(({ kind }) => kind === 'place');
  assert.ok(effect?.kind === 'place' && sent(bench, 'ENTRY').length === 2);
  assert.deepEqual([effect.order.clientOrderId, effect.order.epoch], [id, 2]);
});

scenario(
  'what falls due while nobody is there is sent by the instance that begins, and is not in doubt',
  { options: { riskManagement: { stopLossPercent: 2 }, protection: { nakedMaxMs: 1000 } } },
  (bench) => {
    entry(bench);
    bench.order({
      ref: 'e:entry',
      symbol: eth,
      status: 'FILLED',
      quantityExecuted: 2,
      priceExecuted: 2000,
      updateTime: bench.now,
    });
    const first = idOf(bench, 'STOP');
    bench.restart();
    // Past the ladder's first rung, and not past its last.
    bench.feed({ kind: 'started', now: bench.now + 1100, epoch: 2, appKey: 'inspector', version: '1' });
    const rung = idOf(bench, 'STOP');
    assert.notEqual(rung, first);
    const effect = bench.effects.findLast(({ kind }) => kind === 'place');
    assert.deepEqual(effect?.kind === 'place' && [effect.order.clientOrderId, effect.order.epoch], [rung, 2]);
    const doubted = bench.of('ORDER_UNKNOWN').map(({ data }) => data.clientOrderId);
    assert.ok(doubted.includes(first));
    assert.ok(!doubted.includes(rung));
  },
);

scenario('what was in doubt before a restart is asked again, and a cancel is sent again', {}, (bench) => {
  const id = entry(bench, { price: 1990 });
  timeOut(bench, id);
  const before = queries(bench);
  bench.price('BTCUSDT', 50_000).open({ requestId: 'b', symbol: 'BTCUSDT', quantity: 0.1, price: 49_000 });
  bench.order({ ref: 'b:entry', symbol: { name: 'BTCUSDT' }, status: 'NEW' });
  bench.command('standdown', { enabled: true, scope: 'symbol:paper:futures:BTCUSDT' });
  bench.restart();
  bench.feed({ kind: 'started', now: bench.now, epoch: 2, appKey: 'inspector', version: '1' });
  assert.equal(queries(bench), before + 1);
  assert.equal(sent(bench, 'CANCEL').length, 2);
});

scenario(
  'a cancel that is refused is sent five times, then again while the venue shows the order, 1 s apart',
  {},
  (bench) => {
    const id = entry(bench, { price: 1990 });
    bench.order({ ref: 'e:entry', symbol: eth, status: 'NEW' });
    const shown = { ...(sent(bench, 'ENTRY')[0]!.data as unknown as Order), status: 'NEW' as const };
    bench.command('standdown', { enabled: true, scope: 'symbol:paper:futures:ETHUSDT' });
    for (let cancels = 1; cancels <= 5; cancels++) {
      assert.equal(sent(bench, 'CANCEL').length, cancels);
      timeOut(bench, id, 'cancel');
    }
    assert.equal(sent(bench, 'CANCEL').length, 5);
    answer(bench, { orders: [shown] });
    bench.wait(999);
    answer(bench, { orders: [shown] });
    assert.equal(sent(bench, 'CANCEL').length, 5);
    bench.wait(1);
    answer(bench, { orders: [shown] });
    assert.equal(sent(bench, 'CANCEL').length, 6);
  },
);
