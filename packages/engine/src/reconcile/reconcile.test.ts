import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from '@inspector/contract';
import type { VenuePosition } from '#input.ts';
import type { QueryEffect } from '#output.ts';
import { type Bench, type BenchSettings, openBench } from '#testing/bench.ts';
import { verify } from '#testing/verify.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench({ venue: 'none', ...settings });
    run(bench);
    verify(bench);
  });

const accountKey = 'paper:futures';
const eth = { name: 'ETHUSDT' };
const long = (quantity: number, entryPrice = 2000): VenuePosition => ({
  symbol: 'ETHUSDT',
  side: 'LONG',
  quantity,
  entryPrice,
});
const queries = (bench: Bench) => bench.effects.filter((effect): effect is QueryEffect => effect.kind === 'query');
const answer = (
  bench: Bench,
  positions: VenuePosition[],
  more: { orders?: Order[]; ok?: boolean; walletBalance?: number } = {},
) =>
  bench.feed({
    kind: 'venue-state',
    now: bench.now,
    accountKey,
    queryId: queries(bench).at(-1)?.queryId ?? -1,
    ok: true,
    time: bench.now,
    positions,
    orders: [],
    ...more,
  });
const held = (bench: Bench) => {
  const position = [...bench.engine.positions.values()].find(({ status }) => status !== 'closed');
  return position === undefined
    ? null
    : [position.side, bench.engine.table.quantity[position.slot], position.ownership];
};
const enter = (bench: Bench, quantity = 2) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity });
  bench.order({
    ref: 'e:entry',
    symbol: eth,
    status: 'FILLED',
    quantityExecuted: quantity,
    priceExecuted: 2000,
    updateTime: bench.now,
  });
};

scenario('a difference is acted on when it is seen twice, 1 s apart; until then entries are shut', {}, (bench) => {
  bench.price('ETHUSDT', 2000);
  answer(bench, [long(2)]);
  assert.equal(bench.last('RECONCILED')?.code, 'DIFFERENCE');
  assert.equal(held(bench), null);
  assert.equal(bench.open({ quantity: 1 }).code, 'NOT_RECONCILED');
  bench.wait(999);
  answer(bench, [long(2)]);
  assert.equal(held(bench), null);
  bench.wait(1);
  // The engine asks again by itself when the second is over.
  assert.equal(queries(bench).at(-1)?.reason, 'reconcile');
  answer(bench, [long(2)]);
  assert.equal(bench.last('RECONCILED')?.code, 'REPAIRED');
  assert.deepEqual(held(bench), ['LONG', 2, 'runtime']);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

scenario('a difference that is gone at the second look was none', {}, (bench) => {
  bench.price('ETHUSDT', 2000);
  answer(bench, [long(2)]);
  bench.wait(1000);
  answer(bench, []);
  assert.equal(bench.last('RECONCILED')?.code, 'OK');
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

scenario('another difference than before begins anew', {}, (bench) => {
  bench.price('ETHUSDT', 2000);
  answer(bench, [long(2)]);
  bench.wait(1000);
  answer(bench, [long(3)]);
  assert.equal(held(bench), null);
  bench.wait(1000);
  answer(bench, [long(3)]);
  assert.deepEqual(held(bench), ['LONG', 3, 'runtime']);
});

scenario('a query that fails changes nothing: unknown is not flat', {}, (bench) => {
  enter(bench);
  answer(bench, [], { ok: false });
  bench.wait(1000);
  answer(bench, [], { ok: false });
  assert.deepEqual(held(bench), ['LONG', 2, 'runtime']);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

scenario('gone at the venue: recorded as closed', { options: { riskManagement: { stopLossPercent: 2 } } }, (bench) => {
  enter(bench);
  bench.order({ ref: 'e:stop', symbol: eth, status: 'NEW' });
  bench.wait(1000).price('ETHUSDT', 2010);
  answer(bench, []);
  bench.wait(1000);
  answer(bench, []);
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'EXTERNAL');
  assert.equal(bench.last('ORDER_SENT')?.data.purpose, 'CANCEL');
});

scenario('a missed fill is adopted from what the venue shows of an order', {}, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2, price: 2000 });
  const { data } = bench.last('ORDER_SENT')!;
  const shown = {
    ...data,
    status: 'PARTIALLY_FILLED',
    quantityExecuted: 1,
    priceExecuted: 1999,
    updateTime: bench.now,
  } as unknown as Order;
  answer(bench, [long(1, 1999)], { orders: [shown] });
  assert.deepEqual(held(bench), ['LONG', 1, 'runtime']);
  assert.equal(bench.last('POSITION_OPENED')?.requestId, 'e');
  assert.equal(bench.of('RECONCILED').length, 0);
});

scenario(
  'a stop that the venue does not show twice is missing, looked up, and placed again',
  { options: { riskManagement: { stopLossPercent: 2 }, protection: { nakedMaxMs: 60_000 } } },
  (bench) => {
    enter(bench);
    bench.order({ ref: 'e:stop', symbol: eth, status: 'NEW' });
    answer(bench, [long(2)]);
    bench.wait(1000);
    answer(bench, [long(2)]);
    assert.equal(bench.last('ORDER_UNKNOWN')?.data.purpose, 'STOP');
    assert.equal(queries(bench).at(-1)?.clientOrderId, bench.last('ORDER_UNKNOWN')?.data.clientOrderId);
  },
);

scenario('an orphan of an earlier life is cancelled', { account: false }, (bench) => {
  bench.price('ETHUSDT', 2000);
  const orphan = {
    clientOrderId: 'insp0000000000000000000000',
    externalId: 'x',
    id: '1',
    symbol: eth,
    side: 'SELL',
    type: 'STOP_MARKET',
    stopPrice: 1900,
    quantity: 1,
    reduceOnly: true,
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'NEW',
    time: bench.now,
    updateTime: bench.now,
    connectorType: 'paper',
    marketType: 'futures',
    source: { type: 'inspector', key: 'inspector' },
  } as Order;
  bench.snapshot({ walletBalance: 1000, positions: [], orders: [orphan] });
  assert.equal(bench.last('ORDER_SENT')?.data.cancels, orphan.clientOrderId);
});

// Streams

scenario('a jump in seq is a STREAM_GAP until a reconciliation', {}, (bench) => {
  bench.price('ETHUSDT', 2000);
  const balance = (seq: number) => bench.account('balance', { walletBalance: 50_000 }, { seq });
  balance(5);
  balance(6);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  balance(8);
  const gap = bench.last('DATA_GAP')!;
  assert.deepEqual([gap.data.expectedSeq, gap.data.seenSeq], [7, 8]);
  assert.equal(queries(bench).at(-1)?.reason, 'stream-gap');
  assert.equal(bench.open({ quantity: 1 }).code, 'STREAM_GAP');
  balance(9);
  balance(7);
  assert.equal(bench.open({ quantity: 1 }).code, 'STREAM_GAP');
  bench.snapshot({ walletBalance: 50_000, positions: [] });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

scenario(
  'a bus that may have lost events shuts the entries of the account it names until a reconciliation',
  {},
  (bench) => {
    bench.price('ETHUSDT', 2000);
    bench.account('balance', { walletBalance: 50_000 }, { seq: 1 });
    bench.feed({ kind: 'stream-gap', now: bench.now, reason: 'the bus was away', accountKey: 'other:futures' });
    assert.equal(bench.open({ quantity: 1 }).code, 'OK');
    bench.feed({ kind: 'stream-gap', now: bench.now, reason: 'the bus was away' });
    assert.match(bench.last('DATA_GAP')!.message, /may be missing: the bus was away/);
    assert.equal(queries(bench).at(-1)?.reason, 'stream-gap');
    assert.equal(bench.open({ quantity: 1 }).code, 'STREAM_GAP');
    bench.snapshot({ walletBalance: 50_000, positions: [] });
    assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  },
);

scenario('order events count in the same stream', {}, (bench) => {
  bench.price('ETHUSDT', 2000);
  bench.account('balance', { walletBalance: 50_000 }, { seq: 1 });
  bench.order({ clientOrderId: 'a', symbol: eth, side: 'BUY', type: 'LIMIT', price: 1, quantity: 1, status: 'NEW' }, 2);
  bench.order({ clientOrderId: 'a', symbol: eth, status: 'CANCELED' }, 4);
  assert.equal(bench.open({ quantity: 1 }).code, 'STREAM_GAP');
});

// Before and after a start

scenario(
  'before the first reconciliation entries are shut; what the first one shows is legacy',
  { account: false },
  (bench) => {
    bench.price('ETHUSDT', 2000);
    bench.account('balance', { walletBalance: 1000 });
    assert.equal(bench.open({ quantity: 0.01 }).code, 'NOT_RECONCILED');
    bench.snapshot({ walletBalance: 1000, positions: [long(1)] });
    assert.deepEqual(held(bench), ['LONG', 1, 'legacy']);
    assert.equal(bench.last('POSITION_OPENED')?.code, 'LEGACY');
    assert.equal(
      bench.open({ symbol: 'BTCUSDT', quantity: 0.001 }).data.violations.some(({ code }) => code === 'NOT_RECONCILED'),
      false,
    );
  },
);

const started = (bench: Bench) =>
  bench.restart().feed({ kind: 'started', now: bench.now, epoch: 2, appKey: 'inspector', version: '1' });

scenario('after a restart a position keeps its owner; what is new and not ours is legacy', {}, (bench) => {
  enter(bench);
  started(bench);
  assert.equal(bench.open({ quantity: 1 }).code, 'NOT_RECONCILED');
  const sol: VenuePosition = { symbol: 'SOLUSDT', side: 'SHORT', quantity: 3, entryPrice: 150 };
  answer(bench, [long(2), sol]);
  bench.wait(1000);
  answer(bench, [long(2), sol]);
  const owners = [...bench.engine.positions.values()].map(({ symbol, ownership }) => [
    bench.engine.symbols.names[symbol],
    ownership,
  ]);
  assert.deepEqual(owners, [
    ['ETHUSDT', 'runtime'],
    ['SOLUSDT', 'legacy'],
  ]);
});

scenario('after a restart what an order of ours opened meanwhile is runtime', {}, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2, detectorSysname: 'det' });
  started(bench);
  answer(bench, [long(2)]);
  bench.wait(1000);
  answer(bench, [long(2)]);
  assert.deepEqual(held(bench), ['LONG', 2, 'runtime']);
  assert.equal(bench.last('POSITION_OPENED')?.detectorSysname, 'det');
});

scenario('what closed meanwhile is recorded as closed', {}, (bench) => {
  enter(bench);
  started(bench);
  answer(bench, []);
  bench.wait(1000);
  answer(bench, []);
  assert.equal(bench.of('POSITION_CLOSED').length, 1);
  assert.equal(
    bench.open({ quantity: 1 }).data.violations.some(({ code }) => code === 'NOT_RECONCILED'),
    false,
  );
});
