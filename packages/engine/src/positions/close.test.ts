import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bench, type BenchSettings, openBench, START } from '#testing/bench.ts';
import type { Levels } from '#testing/small-venue.ts';
import { verify } from '#testing/verify.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench(settings);
    run(bench);
    verify(bench);
  });

const eth = { name: 'ETHUSDT' };
const order = (bench: Bench, ref: string, more: object) =>
  bench.order({ ref, symbol: eth, time: bench.now, updateTime: bench.now, ...more });
const closes = (bench: Bench) =>
  bench
    .of('ORDER_SENT')
    .filter(({ data }) => data.purpose === 'CLOSE')
    .map(({ ts, data }) => [ts - START, data.quantity]);

function held(bench: Bench, quantity = 4): Bench {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity });
  order(bench, 'e:entry', { status: 'FILLED', quantityExecuted: quantity, priceExecuted: 2000 });
  return bench;
}

const bids = (price: number, volume: number): Levels => [[price, volume]];
const wide = { bids: bids(1970, 100), asks: bids(2030, 100) }; // 3 % of mid
const atTolerance = { bids: bids(1980, 100), asks: bids(2020, 100) }; // 2 % of mid
const careful = { assetManagement: { maxSpreadForClosePercent: 2, maxCloseDeferralSeconds: 10 } };

// 5.10

scenario(
  'a detector waits for a better book, and its close goes with it',
  { options: careful, venue: 'none' },
  (bench) => {
    held(bench).wait(100).book('ETHUSDT', wide);
    bench.exit('close', { requestId: 'c' });
    const deferred = bench.last('CLOSE_DEFERRED')!;
    assert.equal(deferred.code, 'DETECTOR');
    assert.equal(deferred.data.untilTs, START + 10_100);
    bench.wait(1000).book('ETHUSDT', wide);
    assert.deepEqual(closes(bench), []);
    bench.wait(1000).book('ETHUSDT', atTolerance);
    assert.deepEqual(closes(bench), [[2100, 4]]);
  },
);

scenario('a deferral is bounded', { options: careful, venue: 'none' }, (bench) => {
  held(bench).wait(100).book('ETHUSDT', wide);
  bench.exit('close', { requestId: 'c' });
  for (let second = 0; second < 12; second++) bench.wait(1000).book('ETHUSDT', wide);
  assert.deepEqual(closes(bench), [[10_100, 4]]);
});

scenario('a spread at the limit does not defer', { options: careful, venue: 'none' }, (bench) => {
  held(bench).wait(100).book('ETHUSDT', atTolerance);
  bench.exit('close', { requestId: 'c' });
  assert.equal(bench.of('CLOSE_DEFERRED').length, 0);
  assert.equal(closes(bench).length, 1);
});

const deep = { assetManagement: { minTopDepthUsdForClose: 20_000 } };
for (const [side, book, waits] of [
  ['LONG', { bids: bids(2000, 9.99), asks: bids(2001, 1000) }, true],
  ['LONG', { bids: bids(2000, 10), asks: bids(2001, 1) }, false],
  ['SHORT', { bids: bids(1999, 1000), asks: bids(2000, 9.99) }, true],
  ['SHORT', { bids: bids(1999, 1), asks: bids(2000, 10) }, false],
] as const) {
  scenario(
    `${side} ${waits ? 'waits' : 'goes'}: depth is judged on the side that its close takes`,
    { options: deep, venue: 'none' },
    (bench) => {
      bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 1, side });
      order(bench, 'e:entry', { status: 'FILLED', quantityExecuted: 1, priceExecuted: 2000 });
      bench.wait(100).book('ETHUSDT', book);
      bench.exit('close', { requestId: 'c', side });
      assert.equal(bench.of('CLOSE_DEFERRED').length, waits ? 1 : 0);
    },
  );
}

scenario('a stale book never defers', { options: careful, venue: 'none' }, (bench) => {
  held(bench).wait(100).book('ETHUSDT', wide).wait(5001);
  bench.exit('close', { requestId: 'c' });
  assert.equal(closes(bench).length, 1);
});

scenario('a missing book never defers', { options: { ...careful, ...deep }, venue: 'none' }, (bench) => {
  bench.mark('ETHUSDT', 2000).open({ requestId: 'e', quantity: 1 });
  order(bench, 'e:entry', { status: 'FILLED', quantityExecuted: 1, priceExecuted: 2000 });
  bench.exit('close', { requestId: 'c' });
  assert.equal(closes(bench).length, 1);
});

scenario(
  'maxPositionHoldTime may wait, a stop and an operator do not',
  {
    options: { ...careful, riskManagement: { stopLossPercent: 5 }, tradeSettings: { maxPositionHoldTime: 1 } },
    venue: 'none',
  },
  (bench) => {
    held(bench).wait(900).book('ETHUSDT', wide).wait(100);
    assert.equal(bench.last('CLOSE_DEFERRED')?.code, 'MAX_HOLD_TIME');
    assert.equal(closes(bench).length, 0);
    bench.mark('ETHUSDT', 1899);
    assert.equal(bench.last('CLOSE_REQUESTED')?.code, 'STOP_LOSS');
    assert.equal(closes(bench).length, 1);
  },
);

scenario("an operator's close goes at once", { options: careful, venue: 'none' }, (bench) => {
  held(bench).wait(100).book('ETHUSDT', wide);
  bench.command('close', { positionId: { connectorType: 'paper', marketType: 'futures', symbol: 'ETHUSDT' } });
  assert.equal(closes(bench).length, 1);
  order(bench, 'e:close', { status: 'FILLED', quantityExecuted: 4, priceExecuted: 2000 });
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'OPERATOR');
});

// 5.11

scenario('a close that fails is sent again with the same intent, backing off', { venue: 'none' }, (bench) => {
  held(bench);
  bench.exit('close', { requestId: 'c' });
  for (const wait of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
    const before = closes(bench).length;
    order(bench, 'c:close', { status: 'REJECTED', reason: 'UNKNOWN' });
    bench.wait(wait - 1);
    assert.equal(closes(bench).length, before);
    bench.wait(1);
    assert.equal(closes(bench).length, before + 1);
  }
  assert.equal(bench.of('POSITION_CLOSED').length, 0);
  order(bench, 'c:close', { status: 'FILLED', quantityExecuted: 4, priceExecuted: 1999 });
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'DETECTOR');
});

scenario('what a dying close filled is not asked for again', { venue: 'none' }, (bench) => {
  held(bench, 10);
  bench.exit('reduce', { requestId: 'r', quantity: 4 });
  order(bench, 'r:close', { status: 'EXPIRED', quantityExecuted: 1, priceExecuted: 2000 });
  bench.wait(250);
  assert.deepEqual(
    closes(bench).map(([, quantity]) => quantity),
    [4, 3],
  );
});

scenario('a close goes on until the venue shows the position gone, however that came', { venue: 'none' }, (bench) => {
  held(bench);
  bench.exit('close', { requestId: 'c' });
  order(bench, 'c:close', { status: 'REJECTED', reason: 'REDUCE_ONLY' });
  assert.ok(bench.effects.some((effect) => effect.kind === 'query'));
  bench.account('position', { positions: [{ symbol: 'ETHUSDT', side: 'LONG', quantity: 0, entryPrice: 0 }] });
  bench.wait(10_000);
  assert.equal(closes(bench).length, 1);
  assert.equal(bench.of('POSITION_CLOSED').length, 1);
});

scenario(
  'REDUCE_ONLY: what stands in the way is cancelled first, and stays away until the close is through',
  { options: { riskManagement: { stopLossPercent: 5, takeProfitPercent: 5 } }, venue: 'none' },
  (bench) => {
    held(bench);
    order(bench, 'e:stop', { status: 'NEW' });
    order(bench, 'e:target', { status: 'NEW' });
    bench.exit('close', { requestId: 'c' });
    const cancels = () => bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'CANCEL').length;
    assert.equal(cancels(), 0);
    order(bench, 'c:close', { status: 'REJECTED', reason: 'REDUCE_ONLY' });
    assert.equal(cancels(), 2);
    order(bench, 'e:stop', { status: 'CANCELED' });
    order(bench, 'e:target', { status: 'CANCELED' });
    bench.wait(250);
    assert.equal(closes(bench).length, 2);
    assert.equal(bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'STOP').length, 1);
  },
);

// Exits are cut to what is not on its way out (semantics 3)

scenario('a close is cut to what pending closes leave', { venue: 'none' }, (bench) => {
  held(bench, 10);
  bench.exit('reduce', { requestId: 'a', quantity: 4 });
  bench.exit('close', { requestId: 'b' });
  assert.deepEqual(
    closes(bench).map(([, quantity]) => quantity),
    [4, 6],
  );
  assert.equal(bench.exit('close', { requestId: 'c' }).code, 'NO_POSITION');
});

scenario(
  'a stop is not cut by a close in doubt',
  { options: { riskManagement: { stopLossPercent: 5 } }, venue: 'none' },
  (bench) => {
    held(bench, 10);
    bench.exit('close', { requestId: 'a' });
    order(bench, 'a:close', { status: 'UNKNOWN' });
    assert.equal(bench.exit('close', { requestId: 'b' }).code, 'NO_POSITION');
    bench.mark('ETHUSDT', 1899);
    assert.deepEqual(
      closes(bench).map(([, quantity]) => quantity),
      [10, 10],
    );
  },
);

scenario(
  'what is left after a close is protected again',
  { options: { riskManagement: { stopLossPercent: 5 } }, venue: 'none' },
  (bench) => {
    bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 6, price: 2000 });
    order(bench, 'e:entry', { status: 'PARTIALLY_FILLED', quantityExecuted: 2, priceExecuted: 2000 });
    order(bench, 'e:stop', { status: 'NEW' });
    bench.exit('close', { requestId: 'c' });
    order(bench, 'e:entry', { status: 'PARTIALLY_FILLED', quantityExecuted: 4, priceExecuted: 2000 });
    order(bench, 'c:close', { status: 'FILLED', quantityExecuted: 2, priceExecuted: 2000 });
    const stops = bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'STOP');
    assert.deepEqual(
      stops.map(({ data }) => data.quantity),
      [2, 4, 2],
    );
  },
);

// Flip

scenario(
  'a flip is an exit, then an entry that must pass',
  { options: { riskManagement: { stopLossPercent: 5 } } },
  (bench) => {
    bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2 });
    const decisions = bench.request('flip', { requestId: 'f', side: 'LONG' });
    assert.deepEqual(
      decisions.map(({ code, data }) => [code, data.exit === true]),
      [
        ['OK', true],
        ['OK', false],
      ],
    );
    const opened = bench.last('POSITION_OPENED')!;
    assert.deepEqual([opened.data.side, opened.data.quantity, opened.requestId], ['SHORT', 2, 'f']);
  },
);

scenario(
  'when the entry of a flip is refused the exit still happens',
  { options: { riskManagement: { maxTradesPerDay: 1 } } },
  (bench) => {
    bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2 });
    const decisions = bench.request('flip', { requestId: 'f', side: 'LONG' });
    assert.deepEqual(
      decisions.map(({ code }) => code),
      ['OK', 'TRADES_PER_DAY'],
    );
    assert.equal(bench.of('POSITION_CLOSED').length, 1);
    assert.equal(bench.of('POSITION_OPENED').length, 1);
  },
);
