import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bench, type BenchSettings, openBench } from '#testing/bench.ts';
import { verify } from '#testing/verify.ts';
import { picture } from '#views/picture.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench({ venue: 'none', ...settings });
    run(bench);
    verify(bench);
  });

const shown = (bench: Bench) => {
  bench.wait(0);
  const { price, source, ageMs, stale } = picture(bench.engine).prices['paper:futures:ETHUSDT']!;
  return [price, source, ageMs, stale];
};
const code = (bench: Bench) => bench.open({ quantity: 0.1 }).code;

// 1.1

scenario('the first fresh of mark, mid, trades and candle', {}, (bench) => {
  bench.candle('ETHUSDT', 1990);
  assert.deepEqual(shown(bench), [1990, 'candle', 0, false]);
  bench.trade('ETHUSDT', 1995);
  assert.deepEqual(shown(bench), [1995, 'trade', 0, false]);
  bench.book('ETHUSDT', 2000);
  assert.deepEqual(shown(bench), [2000, 'mid', 0, false]);
  bench.mark('ETHUSDT', 2001);
  assert.deepEqual(shown(bench), [2001, 'mark', 0, false]);
  bench.candle('ETHUSDT', 1);
  assert.deepEqual(shown(bench), [2001, 'mark', 0, false]);
});

scenario('fresh up to priceStaleMs, at the bound included', {}, (bench) => {
  bench.mark('ETHUSDT', 2000).wait(5000);
  assert.deepEqual(shown(bench), [2000, 'mark', 5000, false]);
  assert.equal(code(bench), 'OK');
  bench.wait(1);
  assert.deepEqual(shown(bench), [2000, 'mark', 5001, true]);
  assert.equal(code(bench), 'PRICE_STALE');
});

scenario('a mark that grows stale gives way to the mid', {}, (bench) => {
  bench.mark('ETHUSDT', 2001).wait(3000).book('ETHUSDT', 2000).wait(2001);
  bench.open({ quantity: 0.1 });
  assert.equal(bench.last('REQUEST_DECIDED')?.code, 'OK');
  assert.equal((bench.last('REQUEST_DECIDED')?.data.inputs as { price: number } | undefined)?.price, 2000);
});

scenario(
  'the median of the last five trades not older than 10 s',
  { options: { tradeSettings: { priceStaleMs: 60_000 } } },
  (bench) => {
    for (const price of [1000, 1010, 1008, 1002, 1004, 1006]) bench.wait(100).trade('ETHUSDT', price);
    // 1000 is the sixth.
    assert.equal(shown(bench)[0], 1006);
    bench.wait(9600);
    // 1010, 1008 and 1002 are older than 10 s now; of two the mean of both.
    bench.wait(300);
    assert.equal(shown(bench)[0], 1006);
  },
);

scenario(
  'trades older than 10 s value nothing, however long prices count as fresh',
  { options: { tradeSettings: { priceStaleMs: 60_000 } } },
  (bench) => {
    bench.trade('ETHUSDT', 2000).wait(10_000);
    assert.equal(code(bench), 'OK');
    bench.wait(1);
    assert.equal(code(bench), 'PRICE_STALE');
    bench.candle('ETHUSDT', 1999);
    assert.equal(code(bench), 'OK');
    assert.equal(shown(bench)[1], 'candle');
  },
);

scenario('a constant offset of the venue clock is not staleness', {}, (bench) => {
  for (let second = 0; second < 5; second++) bench.mark('ETHUSDT', 2000, bench.now - 7000).wait(1000);
  assert.equal(code(bench), 'OK');
  bench.wait(4000);
  assert.equal(code(bench), 'OK');
  bench.wait(1);
  assert.equal(code(bench), 'PRICE_STALE');
});

scenario('a venue clock that is ahead is no freshness either', {}, (bench) => {
  for (let second = 0; second < 5; second++) bench.mark('ETHUSDT', 2000, bench.now + 7000).wait(1000);
  bench.wait(4000);
  assert.equal(code(bench), 'OK');
  bench.wait(1);
  assert.equal(code(bench), 'PRICE_STALE');
});

scenario('what comes late is as old as it is', {}, (bench) => {
  bench
    .mark('ETHUSDT', 2000)
    .wait(1000)
    .mark('ETHUSDT', 2000, bench.now - 5001);
  assert.equal(code(bench), 'PRICE_STALE');
});

scenario('an event from the future makes no price look fresh longer', {}, (bench) => {
  bench
    .mark('ETHUSDT', 2000)
    .wait(1000)
    .mark('ETHUSDT', 2001, bench.now + 3_600_000)
    .wait(5000);
  assert.equal(code(bench), 'OK');
  bench.wait(1);
  assert.equal(code(bench), 'PRICE_STALE');
});

scenario('nor does it make the ones after it look old', {}, (bench) => {
  bench.mark('ETHUSDT', 2000);
  for (let times = 0; times < 5; times++) {
    bench.wait(1000).mark('BTCUSDT', 50_000, bench.now + 3_600_000);
    bench.wait(1000).mark('ETHUSDT', 2000);
    assert.equal(code(bench), 'OK');
  }
});

// 1.2

scenario('a trade within max(1 %, 5 × spread) of a fresh mid is accepted, at the bound included', {}, (bench) => {
  bench.book('ETHUSDT', 2000).trade('ETHUSDT', 2020).trade('ETHUSDT', 1980);
  assert.equal(bench.of('DATA_OUTLIER').length, 0);
  bench.trade('ETHUSDT', 2020.01);
  const { data } = bench.last('DATA_OUTLIER')!;
  assert.deepEqual([data.symbol, data.price, data.reference], ['ETHUSDT', 2020.01, 2000]);
  assert.ok(Math.abs(Number(data.deviationPct) - 1.0005) < 1e-9);
});

scenario('a wide spread widens what is accepted', {}, (bench) => {
  bench.book('ETHUSDT', { bids: [[1990, 1]], asks: [[2010, 1]] });
  bench.trade('ETHUSDT', 2100);
  assert.equal(bench.of('DATA_OUTLIER').length, 0);
  bench.trade('ETHUSDT', 2100.01);
  assert.equal(bench.of('DATA_OUTLIER').length, 1);
});

scenario('against a stale book a trade is not measured', {}, (bench) => {
  bench.book('ETHUSDT', 2000).wait(5001).trade('ETHUSDT', 2500);
  assert.equal(bench.of('DATA_OUTLIER').length, 0);
});

scenario('what is refused is used nowhere, and each refusal is said', {}, (bench) => {
  bench.trade('ETHUSDT', 2000);
  bench
    .trade('ETHUSDT', 0)
    .trade('ETHUSDT', -1)
    .trade('ETHUSDT', Number.NaN)
    .trade('ETHUSDT', Number.POSITIVE_INFINITY);
  bench.trade('ETHUSDT', 1000, { market: false });
  assert.equal(bench.of('DATA_OUTLIER').length, 5);
  assert.equal(shown(bench)[0], 2000);
});

scenario('a crossed or empty book is refused, a locked one is not', {}, (bench) => {
  bench.book('ETHUSDT', 2000);
  bench.book('ETHUSDT', { bids: [[2001, 1]], asks: [[2000, 1]] });
  bench.book('ETHUSDT', { bids: [], asks: [[2000, 1]] });
  bench.book('ETHUSDT', { bids: [[2000, 1]], asks: [] });
  bench.book('ETHUSDT', { bids: [], asks: [] });
  assert.equal(bench.of('DATA_OUTLIER').length, 4);
  assert.deepEqual(shown(bench), [2000, 'mid', 0, false]);
  bench.book('ETHUSDT', { bids: [[2002, 1]], asks: [[2002, 1]] });
  assert.equal(bench.of('DATA_OUTLIER').length, 4);
  assert.equal(shown(bench)[0], 2002);
});

scenario('a feed of outliers does not flood the trail', {}, (bench) => {
  bench.book('ETHUSDT', 2000);
  for (let times = 0; times < 100; times++) bench.trade('ETHUSDT', 3000);
  assert.equal(bench.of('DATA_OUTLIER').length, 20);
  bench.wait(30_000).book('ETHUSDT', 2000).trade('ETHUSDT', 3000);
  assert.equal(bench.of('DATA_OUTLIER').length, 21);
});

// 1.3

scenario(
  'equity is the wallet and all unrealised results, legacy too',
  { positions: [{ symbol: 'BTCUSDT', side: 'SHORT', quantity: 0.1, entryPrice: 51_000 }] },
  (bench) => {
    bench.price('BTCUSDT', 50_000).price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2 });
    bench.order({
      ref: 'e:entry',
      symbol: { name: 'ETHUSDT' },
      status: 'FILLED',
      quantityExecuted: 2,
      priceExecuted: 1990,
      updateTime: bench.now,
    });
    assert.equal(bench.kpi().currentEquityUsd, 50_000 + 100 + 20);
    bench.wait(5001);
    assert.equal(bench.kpi().equityKnown, false);
    bench.price('ETHUSDT', 2000);
    assert.equal(bench.kpi().equityKnown, false);
    bench.price('BTCUSDT', 50_000);
    assert.equal(bench.kpi().equityKnown, true);
  },
);

scenario(
  '30 s without equity: an alert, and losses are judged at last prices',
  { options: { riskManagement: { maxDailyLossPercent: 1 } } },
  (bench) => {
    bench.price('BTCUSDT', 50_000).price('ETHUSDT', 2000);
    for (const [requestId, symbol, quantity, price] of [
      ['e', 'ETHUSDT', 10, 2000],
      ['b', 'BTCUSDT', 0.1, 50_000],
    ] as const) {
      bench.open({ requestId, symbol, quantity });
      bench.order({
        ref: `${requestId}:entry`,
        symbol: { name: symbol },
        status: 'FILLED',
        quantityExecuted: quantity,
        priceExecuted: price,
        updateTime: bench.now,
      });
    }
    const startedAt = bench.now;
    // BTC falls silent; ETH falls only when equity is unknown already.
    for (let second = 1; second <= 40; second++) bench.wait(1000).price('ETHUSDT', second < 6 ? 2000 : 1900);
    const alert = bench.last('ALERT_SENT', 'EQUITY_UNKNOWN')!;
    assert.deepEqual([alert.ts - startedAt, alert.data.symbols], [35_001, ['BTCUSDT']]);
    const breach = bench.last('LIMIT_BREACHED')!;
    assert.deepEqual([breach.code, breach.ts - startedAt], ['DAILY_LOSS', 38_000]);
    assert.match(breach.message, /BTCUSDT at their last price/);
  },
);
