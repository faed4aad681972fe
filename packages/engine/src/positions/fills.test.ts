import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from '@inspector/contract';
import { type Bench, type BenchSettings, openBench } from '#testing/bench.ts';
import { verify } from '#testing/verify.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench(settings);
    run(bench);
    verify(bench);
  });

const eth = { name: 'ETHUSDT' };
const at = (bench: Bench) => ({ time: bench.now, updateTime: bench.now });
const order = (bench: Bench, ref: string, more: object) => bench.order({ ref, symbol: eth, ...at(bench), ...more });
const fill = (bench: Bench, ref: string, quantityExecuted: number, priceExecuted: number, more = {}) =>
  order(bench, ref, { status: 'PARTIALLY_FILLED', quantityExecuted, priceExecuted, ...more });
const foreign = (
  bench: Bench,
  clientOrderId: string,
  side: 'BUY' | 'SELL',
  quantity: number,
  price: number,
  more = {},
) =>
  bench.order({
    clientOrderId,
    symbol: eth,
    side,
    type: 'MARKET',
    quantity,
    quantityExecuted: quantity,
    priceExecuted: price,
    status: 'FILLED',
    ...at(bench),
    ...more,
  });
const held = (bench: Bench) => {
  const position = [...bench.engine.positions.values()].find(({ status }) => status !== 'closed');
  if (position === undefined) return null;
  const { quantity, entryPrice } = bench.engine.table;
  return [position.side, quantity[position.slot], entryPrice[position.slot], position.ownership];
};
const positionEvent = (bench: Bench, side: 'LONG' | 'SHORT', quantity: number, entryPrice: number, more = {}) =>
  bench.account('position', { positions: [{ symbol: 'ETHUSDT', side, quantity, entryPrice }] }, more);
const wallet = (bench: Bench) => bench.engine.accounts[0]!.walletBalance;
const none = { venue: 'none' } as const;

scenario('fills give the quantity-weighted mean, from cumulative means', none, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 6 });
  fill(bench, 'e:entry', 2, 2000);
  fill(bench, 'e:entry', 6, 2004, { status: 'FILLED' });
  // 2 at 2000 and 4 at 2006.
  assert.deepEqual(held(bench), ['LONG', 6, 2004, 'runtime']);
});

scenario('a repeated or late fill changes nothing twice, and order does not matter', none, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 6 });
  fill(bench, 'e:entry', 4, 2003, { fee: 4 });
  const records = bench.records.length;
  fill(bench, 'e:entry', 2, 2000, { fee: 2 });
  fill(bench, 'e:entry', 4, 2003, { fee: 4 });
  assert.equal(bench.records.length, records);
  fill(bench, 'e:entry', 6, 2004, { status: 'FILLED', fee: 6 });
  fill(bench, 'e:entry', 6, 2004, { status: 'FILLED', fee: 6 });
  order(bench, 'e:entry', { status: 'NEW' });
  assert.deepEqual(held(bench), ['LONG', 6, 2004, 'runtime']);
  assert.equal(wallet(bench), 50_000 - 6);
});

scenario('a fill after the cancel still counts', none, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 6, price: 2000 });
  order(bench, 'e:entry', { status: 'CANCELED' });
  fill(bench, 'e:entry', 2, 2000, { status: 'CANCELED' });
  assert.deepEqual(held(bench), ['LONG', 2, 2000, 'runtime']);
});

scenario('opposite fills reduce, then close, then open; a flip closes one trade and opens another', none, (bench) => {
  bench.price('ETHUSDT', 2000);
  foreign(bench, 'a', 'BUY', 3, 2000);
  foreign(bench, 'b', 'SELL', 1, 2010);
  assert.deepEqual(held(bench), ['LONG', 2, 2000, 'runtime']);
  bench.wait(1000);
  foreign(bench, 'c', 'SELL', 5, 2020);
  assert.deepEqual(held(bench), ['SHORT', 3, 2020, 'runtime']);
  const closed = bench.last('POSITION_CLOSED')!;
  assert.equal(closed.code, 'EXTERNAL');
  assert.ok(Math.abs(Number(closed.data.realizedPnlUsd) - 50) < 1e-9);
  assert.ok(Math.abs(Number(closed.data.exitPrice) - (2010 + 2 * 2020) / 3) < 1e-9);
  assert.equal(wallet(bench), 50_050);
  assert.deepEqual([bench.kpi().closedTrades, bench.kpi().wins], [1, 1]);
  assert.equal(bench.last('POSITION_OPENED')?.data.entryTime, bench.now);
});

scenario('partial exits belong to their trade; fees are shared by quantity when a fill flips', none, (bench) => {
  bench.price('ETHUSDT', 2000);
  foreign(bench, 'a', 'BUY', 2, 2000, { fee: 2 });
  foreign(bench, 'b', 'SELL', 4, 2000, { fee: 4 });
  const closed = bench.last('POSITION_CLOSED')!;
  assert.equal(closed.data.feesUsd, 4);
  assert.equal(closed.data.realizedPnlUsd, -4);
  foreign(bench, 'c', 'BUY', 2, 1990, { fee: 1 });
  const second = bench.last('POSITION_CLOSED')!;
  assert.deepEqual([second.data.feesUsd, second.data.realizedPnlUsd], [3, 17]);
});

scenario('a result of zero is neither win nor loss and leaves the streak', none, (bench) => {
  bench.price('ETHUSDT', 2000);
  foreign(bench, 'a', 'BUY', 0.3, 2000.1);
  foreign(bench, 'b', 'SELL', 0.3, 2000);
  foreign(bench, 'c', 'BUY', 0.1, 2000.1);
  foreign(bench, 'd', 'BUY', 0.2, 2000.4);
  foreign(bench, 'e', 'SELL', 0.3, 2000.3);
  const { closedTrades, wins, losses, consecutiveLosses } = bench.kpi();
  assert.deepEqual([closedTrades, wins, losses, consecutiveLosses], [2, 0, 1, 1]);
});

// 2.1 to 2.3

const legacy: BenchSettings = {
  venue: 'none',
  positions: [{ symbol: 'ETHUSDT', side: 'LONG', quantity: 2, entryPrice: 1900 }],
  options: { riskManagement: { stopLossPercent: 1 } },
};

scenario('what is held at first is legacy: valued and reported, never given an order', legacy, (bench) => {
  bench.price('ETHUSDT', 2000);
  assert.equal(bench.last('POSITION_OPENED')?.code, 'LEGACY');
  assert.equal(bench.kpi().currentEquityUsd, 50_200);
  bench.wait(1000).price('ETHUSDT', 1000);
  assert.equal(bench.of('ORDER_SENT').length, 0);
  assert.equal(bench.open({ quantity: 1 }).code, 'LEGACY_POSITION');
  assert.equal(bench.exit('close').code, 'LEGACY_POSITION');
});

scenario(
  'legacy that grows or shrinks stays legacy; turned around by a fill the new one is runtime',
  legacy,
  (bench) => {
    bench.price('ETHUSDT', 2000);
    foreign(bench, 'a', 'BUY', 2, 2000);
    assert.deepEqual(held(bench), ['LONG', 4, 1950, 'legacy']);
    foreign(bench, 'b', 'SELL', 1, 2000);
    assert.deepEqual(held(bench), ['LONG', 3, 1950, 'legacy']);
    foreign(bench, 'c', 'SELL', 4, 2000);
    assert.deepEqual(held(bench), ['SHORT', 1, 2000, 'runtime']);
    assert.equal(bench.last('ORDER_SENT')?.data.purpose, 'STOP');
  },
);

scenario('adopted, a legacy position is managed from now on', legacy, (bench) => {
  bench.price('ETHUSDT', 2000);
  bench.command('adopt', { positionId: { connectorType: 'paper', marketType: 'futures', symbol: 'ETHUSDT' } });
  assert.equal(bench.last('POSITION_UPDATED')?.code, 'RUNTIME');
  assert.equal(bench.last('ORDER_SENT')?.data.stopPrice, 1881);
});

scenario("the owner's bot opens: runtime, and protected like any other", { ...legacy, positions: [] }, (bench) => {
  bench.price('ETHUSDT', 2000);
  foreign(bench, 'a', 'BUY', 2, 2000);
  assert.deepEqual(held(bench), ['LONG', 2, 2000, 'runtime']);
  assert.equal(bench.last('ORDER_SENT')?.data.stopPrice, 1980);
});

scenario('what appears under a lock is an anomaly with a critical alert', none, (bench) => {
  bench.price('ETHUSDT', 2000).command('standdown', { enabled: true });
  foreign(bench, 'a', 'BUY', 2, 2000);
  const alert = bench.alerts.find(({ code }) => code === 'POSITION_UNDER_LOCK');
  assert.equal(alert?.severity, 'critical');
  bench.order({
    clientOrderId: 'b',
    symbol: { name: 'BTCUSDT' },
    side: 'BUY',
    type: 'LIMIT',
    price: 1,
    quantity: 1,
    status: 'NEW',
  });
  assert.ok(bench.alerts.some(({ code }) => code === 'ORDER_UNDER_LOCK'));
  const { purpose, cancels } = bench.last('ORDER_SENT')!.data;
  assert.deepEqual([purpose, cancels], ['CANCEL', 'b'], 'a lock holds against whoever sends entries');
});

scenario('an order under a lock that is told before its fill: the position is reported too', none, (bench) => {
  bench.price('ETHUSDT', 2000).command('standdown', { enabled: true });
  const market = { clientOrderId: 'm', symbol: eth, side: 'BUY', type: 'MARKET', quantity: 2 } as const;
  bench.order({ ...market, status: 'NEW' });
  bench.order({ ...market, status: 'FILLED', quantityExecuted: 2, priceExecuted: 2000, updateTime: bench.now });
  assert.deepEqual(
    bench.alerts.map(({ code }) => code),
    ['ORDER_UNDER_LOCK', 'POSITION_UNDER_LOCK'],
  );
});

const resting = (bench: Bench, clientOrderId: string, terms: Partial<Order>) =>
  bench.order({
    clientOrderId,
    symbol: { name: 'ETHUSDT' },
    side: 'SELL',
    type: 'LIMIT',
    price: 2100,
    ...terms,
    status: 'NEW',
  });

scenario(
  "under a lock another's order that can only reduce is left alone; one that could flip is not",
  none,
  (bench) => {
    bench.price('ETHUSDT', 2000);
    foreign(bench, 'a', 'BUY', 2, 2000);
    bench.command('standdown', { enabled: true });
    const cancels = () =>
      bench
        .of('ORDER_SENT')
        .filter(({ data }) => data.purpose === 'CANCEL')
        .map(({ data }) => data.cancels);
    resting(bench, 'target', { quantity: 2 });
    resting(bench, 'restricted', { quantity: 9, reduceOnly: true });
    assert.deepEqual(cancels(), []);
    resting(bench, 'flipping', { quantity: 2.001 });
    resting(bench, 'adding', { side: 'BUY', price: 1900, quantity: 1 });
    assert.deepEqual(cancels(), ['flipping', 'adding']);
  },
);

scenario('without a lock its orders are its own affair', none, (bench) => {
  bench.price('ETHUSDT', 2000);
  resting(bench, 'entry', { side: 'BUY', price: 1900, quantity: 1 });
  assert.equal(bench.of('ORDER_SENT').length, 0);
});

scenario(
  'what another opens under a lock that closes all is closed',
  { ...none, options: { riskManagement: { maxDrawdownPercent: 5, stopLossPercent: 1 } } },
  (bench) => {
    bench.price('ETHUSDT', 2000);
    foreign(bench, 'a', 'BUY', 20, 2000);
    bench.account('balance', { walletBalance: 40_000 });
    for (let reading = 0; reading < 4; reading += 1) bench.wait(1000).price('ETHUSDT', 2000);
    assert.equal(bench.last('LIMIT_BREACHED')?.code, 'DRAWDOWN');
    const before = bench.of('CLOSE_REQUESTED').length;
    bench.price('BTCUSDT', 50_000);
    bench.order({
      clientOrderId: 'late',
      symbol: { name: 'BTCUSDT' },
      side: 'BUY',
      type: 'MARKET',
      quantity: 0.1,
      quantityExecuted: 0.1,
      priceExecuted: 50_000,
      status: 'FILLED',
      updateTime: bench.now,
    });
    const closes = bench.of('CLOSE_REQUESTED').slice(before);
    assert.deepEqual(
      closes.map(({ code, symbol }) => [code, symbol]),
      [['DRAWDOWN', 'BTCUSDT']],
    );
  },
);

// 2.5

scenario('a position event is absolute and sets quantity and entry at once', none, (bench) => {
  bench.price('ETHUSDT', 2000);
  positionEvent(bench, 'LONG', 3, 1990);
  assert.deepEqual(held(bench), ['LONG', 3, 1990, 'runtime']);
  bench.wait(10);
  positionEvent(bench, 'LONG', 5, 1995);
  assert.deepEqual(held(bench), ['LONG', 5, 1995, 'runtime']);
  // An older one that comes late changes nothing.
  positionEvent(bench, 'LONG', 3, 1990, { eventTime: bench.now - 5 });
  assert.deepEqual(held(bench), ['LONG', 5, 1995, 'runtime']);
});

scenario('a fill not after the event is attributed: order, fees, result, but no quantity', none, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2, stopLoss: 1950 });
  bench.wait(100);
  positionEvent(bench, 'LONG', 2, 2000);
  fill(bench, 'e:entry', 2, 2000, { status: 'FILLED', fee: 1, updateTime: bench.now - 50 });
  assert.deepEqual(held(bench), ['LONG', 2, 2000, 'runtime']);
  bench.wait(1000);
  bench.exit('close', { requestId: 'c' });
  bench.wait(100);
  positionEvent(bench, 'LONG', 0, 0);
  assert.equal(bench.of('POSITION_CLOSED').length, 0);
  fill(bench, 'c:close', 2, 2010, { status: 'FILLED', fee: 2, updateTime: bench.now });
  const closed = bench.last('POSITION_CLOSED')!;
  assert.equal(closed.code, 'DETECTOR');
  assert.equal(closed.requestId, 'e');
  assert.deepEqual([closed.data.exitPrice, closed.data.feesUsd, closed.data.realizedPnlUsd], [2010, 3, 17]);
  assert.equal(held(bench), null);
});

scenario('a fill after the event moves the quantity', none, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 4 });
  bench.wait(100);
  positionEvent(bench, 'LONG', 2, 2000, { eventTime: bench.now - 50 });
  fill(bench, 'e:entry', 4, 2000, { status: 'FILLED', updateTime: bench.now });
  // The event holds 2 of it: cumulative 4 grows it by what came after.
  assert.equal(held(bench)?.[0], 'LONG');
});

scenario('shown flat without anything of ours to explain it: EXTERNAL, at the last price', none, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2 });
  fill(bench, 'e:entry', 2, 2000, { status: 'FILLED' });
  bench.wait(1000).price('ETHUSDT', 2010);
  positionEvent(bench, 'LONG', 0, 0);
  const closed = bench.last('POSITION_CLOSED')!;
  assert.deepEqual([closed.code, closed.data.exitPrice, closed.data.realizedPnlUsd], ['EXTERNAL', 2010, 20]);
});

scenario('shown on the other side: one trade ended, another began', none, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2 });
  fill(bench, 'e:entry', 2, 2000, { status: 'FILLED' });
  bench.wait(1000);
  positionEvent(bench, 'SHORT', 1, 2005);
  assert.equal(bench.of('POSITION_CLOSED').length, 1);
  assert.deepEqual(held(bench), ['SHORT', 1, 2005, 'runtime']);
});

// Limit entries

scenario('a request with a price is a LIMIT entry, cancelled at expiresAt', none, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2, price: 1990, expiresAt: bench.now + 1000 });
  assert.deepEqual([bench.last('ORDER_SENT')?.data.type, bench.last('ORDER_SENT')?.data.price], ['LIMIT', 1990]);
  order(bench, 'e:entry', { status: 'NEW' });
  bench.wait(999);
  assert.equal(bench.last('ORDER_SENT')?.data.purpose, 'ENTRY');
  bench.wait(1);
  assert.equal(bench.last('ORDER_SENT')?.data.purpose, 'CANCEL');
});

scenario(
  'a stand-down cancels resting entries in its scope and no exits',
  { venue: 'none', options: { riskManagement: { stopLossPercent: 5 } } },
  (bench) => {
    bench.price('ETHUSDT', 2000).price('BTCUSDT', 50_000);
    bench.open({ requestId: 'e', quantity: 2, price: 1990 });
    bench.open({ requestId: 'b', symbol: 'BTCUSDT', quantity: 0.1, price: 49_000 });
    fill(bench, 'e:entry', 1, 1990);
    order(bench, 'e:stop', { status: 'NEW' });
    bench.command('standdown', { enabled: true, scope: 'symbol:paper:futures:ETHUSDT' });
    const cancels = bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'CANCEL');
    assert.deepEqual(
      cancels.map(({ data }) => [data.type, (data.symbol as { name: string }).name]),
      [['LIMIT', 'ETHUSDT']],
    );
  },
);
