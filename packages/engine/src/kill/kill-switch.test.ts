import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from '@inspector/contract';
import type { QueryEffect } from '#output.ts';
import { type Bench, type BenchSettings, openBench, START } from '#testing/bench.ts';
import { verify } from '#testing/verify.ts';
import { picture } from '#views/picture.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench(settings);
    run(bench);
    verify(bench);
  });

const stopped = { riskManagement: { stopLossPercent: 2, takeProfitPercent: 4 } };
const eth = { name: 'ETHUSDT' };
const place = { connectorType: 'paper', marketType: 'futures' } as const;
const kill = (bench: Bench, scope = 'global', more = {}) =>
  bench.command('kill-switch/trigger', { scope, confirm: true, ...more });
const phases = (bench: Bench) => bench.of('KILL_SWITCH').map(({ code }) => code);
const sent = (bench: Bench, from = 0) =>
  bench.records
    .slice(from)
    .filter(({ kind }) => kind === 'ORDER_SENT')
    .map(({ data, symbol }) => `${data.purpose} ${data.cancels === undefined ? data.side : data.type} ${symbol}`);
const order = (bench: Bench, ref: string, more: object) =>
  bench.order({ ref, symbol: eth, time: bench.now, updateTime: bench.now, ...more });
const lastPhase = (bench: Bench) => bench.of('KILL_SWITCH').at(-1)!;

/** A LONG of 2 at 2000 without a venue; stop and target work. */
function held(bench: Bench): Bench {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2 });
  order(bench, 'e:entry', { status: 'FILLED', quantityExecuted: 2, priceExecuted: 2000 });
  order(bench, 'e:stop', { status: 'NEW' });
  order(bench, 'e:target', { status: 'NEW' });
  return bench.wait(100);
}

const whole = ['TRIGGERED', 'BLOCKED', 'CANCELLING', 'CLOSING', 'VERIFIED_FLAT'];

scenario(
  'orders go first, stop and target only as the close goes out, flat is what the venue answers',
  { options: stopped },
  (bench) => {
    bench.price('ETHUSDT', 2000).price('BTCUSDT', 50_000);
    bench.open({ requestId: 'e', quantity: 2 });
    bench.open({ requestId: 'b', symbol: 'BTCUSDT', quantity: 0.1, price: 49_000 });
    const from = bench.records.length;
    kill(bench);
    assert.deepEqual(phases(bench), whole);
    assert.deepEqual(sent(bench, from), [
      'CANCEL LIMIT BTCUSDT',
      'CANCEL STOP_MARKET ETHUSDT',
      'CANCEL TAKE_PROFIT_MARKET ETHUSDT',
      'CLOSE SELL ETHUSDT',
    ]);
    assert.equal(bench.last('POSITION_CLOSED')?.code, 'KILL_SWITCH');
    assert.deepEqual(lastPhase(bench).data.remaining, { orders: 0, positions: 0 });
    assert.equal(bench.open({ quantity: 1 }).code, 'KILL_SWITCH_ACTIVE');
    // While it is latched, exits would still work; it is over only by hand.
    bench.command('kill-switch/rearm', { incidentId: 'latest' });
    assert.equal(lastPhase(bench).code, 'REARMED');
    assert.equal(bench.open({ quantity: 1 }).code, 'OK');
    const incident = picture(bench.engine).incidents[0]!;
    assert.equal(incident.proof?.ordersShownByVenue, true);
    assert.ok(Math.abs(incident.realizedCostUsd - 2 * 0.01) < 1e-9);
    assert.ok(Math.abs(incident.estimatedCostUsd - 2 * 0.01) < 1e-9);
  },
);

scenario(
  'the same scope again changes nothing; a wider one goes on with it',
  { options: stopped, venue: 'none' },
  (bench) => {
    held(bench);
    kill(bench, 'symbol:paper:futures:ETHUSDT');
    const before = bench.records.length;
    kill(bench, 'symbol:paper:futures:ETHUSDT');
    assert.equal(bench.records.length, before);
    bench.price('BTCUSDT', 50_000).open({ requestId: 'b', symbol: 'BTCUSDT', quantity: 0.1 });
    order(bench, 'b:entry', {
      symbol: { name: 'BTCUSDT' },
      status: 'FILLED',
      quantityExecuted: 0.1,
      priceExecuted: 50_000,
    });
    kill(bench, 'account:paper:futures');
    assert.equal(bench.last('ORDER_SENT')?.symbol, 'BTCUSDT');
    assert.equal(bench.last('ORDER_SENT')?.data.purpose, 'CLOSE');
    const closes = bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'CLOSE');
    assert.equal(closes.length, 2);
    assert.equal(new Set(bench.of('KILL_SWITCH').map(({ data }) => data.incidentId)).size, 1);
  },
);

scenario('a scope leaves the rest alone', { options: stopped }, (bench) => {
  bench.price('ETHUSDT', 2000).price('BTCUSDT', 50_000);
  bench.open({ requestId: 'e', quantity: 2 });
  bench.open({ requestId: 'b', symbol: 'BTCUSDT', quantity: 0.1, detectorSysname: 'other' });
  kill(bench, 'detector:other');
  assert.deepEqual(phases(bench), whole);
  assert.deepEqual(
    bench.of('POSITION_CLOSED').map(({ symbol }) => symbol),
    ['BTCUSDT'],
  );
  assert.equal(bench.open({ quantity: 1, detectorSysname: 'other' }).code, 'KILL_SWITCH_ACTIVE');
  assert.equal(
    bench.open({ symbol: 'SOLUSDT', quantity: 1 }).data.violations.some(({ code }) => code === 'KILL_SWITCH_ACTIVE'),
    false,
  );
});

scenario(
  'not flat in 10 s: STUCK with an alert, then it goes on, backing off to 30 s',
  { options: stopped, venue: 'none' },
  (bench) => {
    held(bench);
    kill(bench);
    bench.wait(9999);
    assert.equal(lastPhase(bench).code, 'CLOSING');
    bench.wait(1);
    assert.equal(lastPhase(bench).code, 'STUCK');
    assert.equal(bench.alerts.at(-1)?.code, 'KILL_SWITCH_STUCK');
    const queries = bench.effects.filter((effect) => effect.kind === 'query' && effect.reason === 'kill-switch').length;
    bench.wait(120_000);
    const later = bench.effects.filter((effect) => effect.kind === 'query' && effect.reason === 'kill-switch').length;
    assert.ok(later - queries >= 3 && later - queries <= 6, `${later - queries} queries in two minutes`);
    order(bench, 'e:close', { status: 'FILLED', quantityExecuted: 2, priceExecuted: 1999 });
    assert.equal(lastPhase(bench).code, 'STUCK');
    bench.snapshot({ walletBalance: 49_998, positions: [] });
    assert.equal(lastPhase(bench).code, 'VERIFIED_FLAT');
  },
);

scenario('without a venue only a snapshot verifies', { options: stopped, venue: 'none' }, (bench) => {
  held(bench);
  kill(bench);
  for (const purpose of ['stop', 'target']) order(bench, `e:${purpose}`, { status: 'CANCELED' });
  order(bench, 'e:close', { status: 'FILLED', quantityExecuted: 2, priceExecuted: 1999 });
  bench.wait(500);
  assert.equal(lastPhase(bench).code, 'CLOSING');
  bench.snapshot({ positions: [{ symbol: 'ETHUSDT', side: 'LONG', quantity: 2, entryPrice: 2000 }] });
  assert.equal(lastPhase(bench).code, 'CLOSING');
  bench.snapshot({ positions: [] });
  assert.equal(lastPhase(bench).code, 'VERIFIED_FLAT');
});

scenario(
  'what the venue shows and nobody here knows is not flat, and is closed when it is seen again',
  { options: stopped, venue: 'none' },
  (bench) => {
    bench.price('ETHUSDT', 2000);
    kill(bench);
    const positions = [{ symbol: 'ETHUSDT', side: 'LONG' as const, quantity: 1, entryPrice: 2000 }];
    const answer = (shown: typeof positions) =>
      bench.feed({
        kind: 'venue-state',
        now: bench.now,
        accountKey: 'paper:futures',
        queryId: -1,
        ok: true,
        time: bench.now,
        positions: shown,
        orders: [],
      });
    answer(positions);
    assert.equal(lastPhase(bench).code, 'CLOSING');
    bench.wait(999);
    answer(positions);
    assert.deepEqual(sent(bench), []);
    bench.wait(1);
    answer(positions);
    // It is new under the latch: the sequence begins again.
    assert.deepEqual(phases(bench).slice(-2), ['CANCELLING', 'CLOSING']);
    assert.deepEqual(sent(bench).at(-1), 'CLOSE SELL ETHUSDT');
  },
);

scenario(
  'a venue that answers again is asked 1 s later, however long failures have made the wait',
  { options: stopped, venue: 'none' },
  (bench) => {
    bench.price('ETHUSDT', 2000);
    const told = { kind: 'venue-state', accountKey: 'paper:futures', queryId: -1 } as const;
    // An answer that does not speak of orders proves nothing about them: the kill goes on asking.
    const answer = () => bench.feed({ ...told, now: bench.now, ok: true, time: bench.now, positions: [] });
    const polls = () =>
      bench.effects.filter((effect) => effect.kind === 'query' && effect.reason === 'kill-switch').length;
    answer();
    kill(bench);
    bench.wait(20_000);
    bench.feed({ ...told, now: bench.now, ok: false, time: bench.now });
    answer();
    const before = polls();
    bench.wait(999);
    assert.equal(polls(), before);
    bench.wait(1);
    assert.equal(polls(), before + 1);
  },
);

scenario('a failed answer proves nothing', { options: stopped, venue: 'none' }, (bench) => {
  bench.price('ETHUSDT', 2000);
  kill(bench);
  bench.feed({
    kind: 'venue-state',
    now: bench.now,
    accountKey: 'paper:futures',
    queryId: 1,
    ok: false,
    time: bench.now,
  });
  assert.equal(lastPhase(bench).code, 'CLOSING');
});

scenario(
  'legacy stays, with its orders, unless it is asked for',
  { options: stopped, positions: [{ symbol: 'BTCUSDT', side: 'LONG', quantity: 0.1, entryPrice: 50_000 }] },
  (bench) => {
    bench.price('ETHUSDT', 2000).price('BTCUSDT', 50_000);
    const theirs = {
      symbol: { name: 'BTCUSDT' },
      side: 'BUY',
      type: 'LIMIT',
      quantity: 1,
      price: 40_000,
      status: 'NEW',
    } as const;
    bench.order({ clientOrderId: 'theirs', ...theirs });
    bench.open({ quantity: 1 });
    kill(bench);
    assert.deepEqual(phases(bench), whole);
    assert.deepEqual(
      bench.of('POSITION_CLOSED').map(({ symbol }) => symbol),
      ['ETHUSDT'],
    );
    assert.equal(
      sent(bench).some((line) => line.startsWith('CANCEL LIMIT')),
      false,
    );
    const proof = picture(bench.engine).incidents[0]!.proof as { legacyLeft: { symbol: string }[] };
    assert.deepEqual(
      proof.legacyLeft.map(({ symbol }) => symbol),
      ['BTCUSDT'],
    );
    kill(bench, 'global', { includeLegacy: true });
    assert.equal(bench.last('POSITION_CLOSED')?.symbol, 'BTCUSDT');
    assert.ok(sent(bench).includes('CANCEL LIMIT BTCUSDT'));
  },
);

scenario(
  "others' orders are cancelled unless they can only reduce; those of a closed position go with it",
  { options: stopped, venue: 'none' },
  (bench) => {
    held(bench);
    const base = { side: 'SELL', quantity: 1, status: 'NEW', externalId: '' } as const;
    const list: [string, string, Partial<Order>][] = [
      ['opens', 'SOLUSDT', { type: 'LIMIT', price: 200 }],
      ['reduces', 'SOLUSDT', { type: 'LIMIT', price: 200, reduceOnly: true }],
      ['protects', 'ETHUSDT', { type: 'STOP_MARKET', stopPrice: 1900, reduceOnly: true }],
    ];
    for (const [clientOrderId, name, more] of list) bench.order({ clientOrderId, symbol: { name }, ...base, ...more });
    kill(bench);
    const cancelled = bench
      .of('ORDER_SENT')
      .filter(({ data }) => data.purpose === 'CANCEL')
      .map(({ data }) => data.cancels);
    assert.equal(cancelled.includes('opens'), true);
    assert.equal(cancelled.includes('protects'), true);
    assert.equal(cancelled.includes('reduces'), false);
  },
);

scenario('an entry that fills while it is being cancelled is closed', { options: stopped, venue: 'none' }, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2, price: 2000 });
  order(bench, 'e:entry', { status: 'NEW' });
  kill(bench);
  order(bench, 'e:entry', { status: 'PARTIALLY_FILLED', quantityExecuted: 1, priceExecuted: 2000 });
  assert.deepEqual(phases(bench).slice(-2), ['CANCELLING', 'CLOSING']);
  const closes = () =>
    bench
      .of('ORDER_SENT')
      .filter(({ data }) => data.purpose === 'CLOSE')
      .map(({ data }) => data.quantity);
  assert.deepEqual(closes(), [1]);
  // More of it fills: the rest goes out too, without beginning again.
  const before = phases(bench).length;
  order(bench, 'e:entry', { status: 'FILLED', quantityExecuted: 2, priceExecuted: 2000 });
  assert.deepEqual(closes(), [1, 1]);
  assert.equal(phases(bench).length, before);
});

scenario(
  'latched and flat, a new position or entry order of somebody else begins the sequence again',
  { options: stopped, venue: 'none' },
  (bench) => {
    bench.price('ETHUSDT', 2000);
    kill(bench);
    bench.snapshot({ positions: [] });
    assert.equal(lastPhase(bench).code, 'VERIFIED_FLAT');
    bench
      .wait(1000)
      .order({ clientOrderId: 'x', symbol: eth, side: 'BUY', type: 'LIMIT', price: 1900, quantity: 1, status: 'NEW' });
    assert.deepEqual(phases(bench).slice(-2), ['CANCELLING', 'CLOSING']);
    assert.equal(bench.last('ORDER_SENT')?.data.cancels, 'x');
    bench.order({ clientOrderId: 'x', symbol: eth, status: 'CANCELED' });
    bench.wait(1000).snapshot({ positions: [] });
    assert.equal(lastPhase(bench).code, 'VERIFIED_FLAT');
    bench.account('position', { positions: [{ symbol: 'ETHUSDT', side: 'SHORT', quantity: 1, entryPrice: 2000 }] });
    assert.deepEqual(phases(bench).slice(-2), ['CANCELLING', 'CLOSING']);
    assert.equal(sent(bench).at(-1), 'CLOSE BUY ETHUSDT');
    assert.ok(bench.alerts.some(({ code }) => code === 'POSITION_UNDER_LOCK'));
  },
);

scenario(
  're-arming is refused before it is flat, without a reason, and alone when two are needed',
  { options: { ...stopped, general: { requireSecondActor: true } }, venue: 'none' },
  (bench) => {
    bench.price('ETHUSDT', 2000);
    kill(bench);
    const refusal = () => bench.last('DEAD_LETTER')?.code;
    bench.command('kill-switch/rearm', { incidentId: 'latest' });
    assert.equal(refusal(), 'KILL_SWITCH_NOT_FLAT');
    bench.snapshot({ positions: [] });
    bench.command('kill-switch/rearm', { incidentId: 'latest', reason: '' });
    assert.equal(refusal(), 'REASON_REQUIRED');
    bench.command('kill-switch/rearm', { incidentId: 'latest' });
    assert.equal(refusal(), 'SECOND_ACTOR_REQUIRED');
    bench.command('kill-switch/rearm', { incidentId: 'latest', secondActor: 'operator' });
    assert.equal(bench.of('DEAD_LETTER').length, 4);
    bench.command('kill-switch/rearm', { incidentId: 'latest', secondActor: 'another' });
    assert.equal(lastPhase(bench).code, 'REARMED');
  },
);

scenario('an account that only ever was named by a request keeps no kill waiting', { options: stopped }, (bench) => {
  bench.price('ETHUSDT', 2000).open({ connectorType: 'nowhere' });
  kill(bench);
  assert.equal(lastPhase(bench).code, 'VERIFIED_FLAT');
});

scenario('before any account is known a kill is flat at once, and can be re-armed', { account: false }, (bench) => {
  kill(bench);
  assert.equal(lastPhase(bench).code, 'VERIFIED_FLAT');
  bench.command('kill-switch/rearm', { incidentId: 'latest' });
  assert.equal(lastPhase(bench).code, 'REARMED');
});

scenario(
  'dust that the venue refuses to close does not count, and is listed',
  { options: {}, venue: 'none' },
  (bench) => {
    const specs = bench.engine.symbols.specs.filter((spec) => spec !== null);
    bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 0.5 });
    order(bench, 'e:entry', { status: 'FILLED', quantityExecuted: 0.5, priceExecuted: 2000 });
    bench.symbols(specs.map((spec) => ({ ...spec, minQuantity: 1 })));
    kill(bench);
    order(bench, 'e:close', { status: 'REJECTED', reason: 'MIN_SIZE' });
    bench.wait(1000).snapshot({ positions: [{ symbol: 'ETHUSDT', side: 'LONG', quantity: 0.5, entryPrice: 2000 }] });
    assert.equal(lastPhase(bench).code, 'VERIFIED_FLAT');
    const proof = picture(bench.engine).incidents[0]!.proof as { dustLeft: { symbol: string }[] };
    assert.deepEqual(
      proof.dustLeft.map(({ symbol }) => symbol),
      ['ETHUSDT'],
    );
    bench.wait(60_000);
    assert.equal(lastPhase(bench).code, 'VERIFIED_FLAT');
  },
);

scenario(
  'a close that is refused is tried again until the position is gone',
  { options: stopped, venue: 'none' },
  (bench) => {
    held(bench);
    kill(bench);
    order(bench, 'e:close', { status: 'REJECTED', reason: 'RATE_LIMIT' });
    bench.wait(250);
    order(bench, 'e:close', { status: 'REJECTED', reason: 'RATE_LIMIT' });
    bench.wait(499);
    const closes = () => bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'CLOSE').length;
    assert.equal(closes(), 2);
    bench.wait(1);
    assert.equal(closes(), 3);
    order(bench, 'e:close', { status: 'FILLED', quantityExecuted: 2, priceExecuted: 1990 });
    assert.equal(bench.last('POSITION_CLOSED')?.code, 'KILL_SWITCH');
  },
);

scenario('it goes on after a restart', { options: stopped, venue: 'none' }, (bench) => {
  held(bench);
  kill(bench);
  order(bench, 'e:close', { status: 'NEW' });
  bench.restart();
  bench.feed({ kind: 'started', now: bench.now + 1000, epoch: 2, appKey: 'inspector', version: '1' });
  bench.wait(2000);
  order(bench, 'e:close', { status: 'FILLED', quantityExecuted: 2, priceExecuted: 1990 });
  bench.snapshot({ positions: [], orders: [] });
  assert.equal(lastPhase(bench).code, 'VERIFIED_FLAT');
  assert.equal(lastPhase(bench).ts >= START, true);
});

// CLOSE_ALL of a limit (semantics 4)

scenario(
  'CLOSE_ALL cancels, closes by its code and leaves only its lock',
  {
    options: { ...stopped, riskManagement: { stopLossPercent: 50, maxDrawdownPercent: 1 } },
  },
  (bench) => {
    bench.price('ETHUSDT', 2000).price('BTCUSDT', 50_000);
    bench.open({ requestId: 'e', quantity: 10 });
    bench.open({ requestId: 'b', symbol: 'BTCUSDT', quantity: 0.01, price: 49_000 });
    bench.order({
      clientOrderId: 'x',
      symbol: { name: 'SOLUSDT' },
      side: 'BUY',
      type: 'LIMIT',
      price: 100,
      quantity: 1,
      status: 'NEW',
    });
    bench.wait(1000).price('ETHUSDT', 1948).wait(1500).price('ETHUSDT', 1948);
    assert.equal(bench.last('LIMIT_BREACHED')?.code, 'DRAWDOWN');
    assert.equal(bench.last('POSITION_CLOSED')?.code, 'DRAWDOWN');
    assert.deepEqual(phases(bench), []);
    const cancelled = bench
      .of('ORDER_SENT')
      .filter(({ data }) => data.purpose === 'CANCEL')
      .map(({ data }) => data.type);
    assert.deepEqual([...new Set(cancelled)].sort(), ['LIMIT', 'STOP_MARKET']);
    assert.ok(bench.of('ORDER_SENT').some(({ data }) => data.cancels === 'x'));
    bench.order({ clientOrderId: 'x', symbol: { name: 'SOLUSDT' }, status: 'CANCELED' });
    bench.wait(1000);
    assert.equal(bench.engine.closeAlls.length, 0);
    assert.deepEqual(
      bench.engine.locks.map(({ code }) => code),
      ['DRAWDOWN'],
    );
    assert.equal(bench.open({ quantity: 1 }).code, 'DRAWDOWN');
    assert.deepEqual({ ...place }, { connectorType: 'paper', marketType: 'futures' });
  },
);

scenario(
  'a close in doubt is doubled at once; doubles that end in doubt too wait longer and longer',
  { options: stopped, venue: 'none' },
  (bench) => {
    held(bench);
    kill(bench);
    const closes = () => bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'CLOSE').length;
    assert.equal(closes(), 1);
    order(bench, 'e:close', { status: 'UNKNOWN' });
    assert.equal(closes(), 2);
    for (const waitMs of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
      const before = closes();
      order(bench, 'e:close', { status: 'UNKNOWN' });
      bench.wait(waitMs - 1);
      assert.equal(closes(), before, `not before ${waitMs} ms`);
      bench.wait(1);
      assert.equal(closes(), before + 1, `after ${waitMs} ms`);
    }
  },
);

scenario(
  'what is in doubt and could only reduce does not keep a flat account from being flat',
  { options: stopped, venue: 'none' },
  (bench) => {
    held(bench);
    kill(bench);
    order(bench, 'e:close', { status: 'UNKNOWN' });
    const [first, second] = bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'CLOSE');
    bench.order({
      clientOrderId: String(second!.data.clientOrderId),
      symbol: eth,
      status: 'FILLED',
      quantityExecuted: 2,
      priceExecuted: 2000,
      updateTime: bench.now,
    });
    assert.equal(bench.last('POSITION_CLOSED')?.code, 'KILL_SWITCH');
    const asked = bench.effects
      .filter((effect) => effect.kind === 'query' && effect.reason === 'kill-switch')
      .at(-1) as QueryEffect;
    const shows = (orders: Order[]) =>
      bench.feed({
        kind: 'venue-state',
        now: bench.now,
        accountKey: 'paper:futures',
        queryId: asked.queryId,
        ok: true,
        time: bench.now,
        positions: [],
        orders,
      });
    const resting = { ...(first!.data as unknown as Order), status: 'NEW' as const };
    shows([resting]);
    assert.notEqual(phases(bench).at(-1), 'VERIFIED_FLAT', 'the venue shows it: it is not flat');
    order(bench, 'e:stop', { status: 'CANCELED' });
    order(bench, 'e:target', { status: 'CANCELED' });
    bench.order({ clientOrderId: resting.clientOrderId, symbol: eth, status: 'UNKNOWN' });
    shows([]);
    assert.equal(phases(bench).at(-1), 'VERIFIED_FLAT');
    assert.deepEqual(lastPhase(bench).data.remaining, { orders: 0, positions: 0 });
  },
);
