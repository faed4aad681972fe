import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bench, type BenchSettings, openBench, START } from '#testing/bench.ts';
import type { Levels } from '#testing/small-venue.ts';
import { verify } from '#testing/verify.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench({ venue: 'none', ...settings });
    run(bench);
    verify(bench);
  });

const side = (price: number, volume: number): Levels => [[price, volume]];
/** A book around 2000 with that spread in percent of mid. */
const spread = (percent: number, volume = 100) => ({
  bids: side(2000 - 10 * percent, volume),
  asks: side(2000 + 10 * percent, volume),
});

// Stress

const stressed = { strategyLogic: { enableStressPolicy: true, stressSpreadTriggerPercent: 1 } };
const held = (bench: Bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 1 });
  bench.order({
    ref: 'e:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 1,
    priceExecuted: 2000,
    updateTime: bench.now,
  });
  return bench;
};
const changes = (bench: Bench) => bench.of('STRESS_CHANGED').map(({ ts, data }) => [ts - START, data.active]);

scenario(
  'stress begins at a reading once the spread has been at the trigger for confirmMs',
  { options: stressed },
  (bench) => {
    held(bench).book('ETHUSDT', spread(1));
    bench.wait(1499).book('ETHUSDT', spread(1));
    assert.deepEqual(changes(bench), []);
    bench.wait(1);
    assert.deepEqual(changes(bench), []);
    bench.book('ETHUSDT', spread(1));
    assert.deepEqual(changes(bench), [[1500, true]]);
    assert.equal(bench.kpi().stressModeActive, true);
  },
);

scenario('one reading under the trigger begins anew', { options: stressed }, (bench) => {
  held(bench).book('ETHUSDT', spread(1)).wait(1000).book('ETHUSDT', spread(0.99)).wait(500).book('ETHUSDT', spread(1));
  bench.wait(1000).book('ETHUSDT', spread(1));
  assert.deepEqual(changes(bench), []);
});

scenario('stress ends after 30 s under 0.8 × the trigger', { options: stressed }, (bench) => {
  held(bench).book('ETHUSDT', spread(2)).wait(2000).book('ETHUSDT', spread(2));
  bench.wait(1000).book('ETHUSDT', spread(0.79)).wait(10_000).book('ETHUSDT', spread(0.8));
  bench.wait(1000).book('ETHUSDT', spread(0.5)).wait(29_999);
  assert.deepEqual(changes(bench), [[2000, true]]);
  bench.wait(1);
  assert.deepEqual(changes(bench), [
    [2000, true],
    [44_000, false],
  ]);
});

scenario(
  'a symbol that is neither held nor requested causes no stress; one requested does',
  { options: stressed },
  (bench) => {
    bench.book('ETHUSDT', spread(2)).wait(2000).book('ETHUSDT', spread(2));
    assert.deepEqual(changes(bench), []);
    bench.open({ quantity: 1 });
    bench.book('ETHUSDT', spread(2)).wait(1500).book('ETHUSDT', spread(2));
    assert.deepEqual(changes(bench), [[3500, true]]);
  },
);

scenario(
  'in stress sizes count half, and no stop or watched limit changes',
  {
    options: {
      ...stressed,
      riskManagement: { stopLossPercent: 2, maxPortfolioExposurePercent: 300 },
      tradeSettings: { maxPositionSizePercent: 20 },
    },
  },
  (bench) => {
    held(bench).book('ETHUSDT', spread(2)).wait(2000).book('ETHUSDT', spread(2));
    const stops = bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'STOP').length;
    bench.price('BTCUSDT', 50_000);
    assert.equal(bench.open({ symbol: 'BTCUSDT', quantity: 0.101 }).code, 'POSITION_SIZE_MAX');
    assert.equal(bench.open({ symbol: 'BTCUSDT', quantity: 0.099 }).code, 'OK');
    assert.equal(bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'STOP').length, stops);
    assert.equal(bench.of('LIMIT_BREACHED').length, 0);
  },
);

// Volatility and regime

const run = (bench: Bench, seconds: number, price: (second: number) => number) => {
  for (let second = 0; second < seconds; second++) bench.wait(1000).mark('ETHUSDT', price(second));
};

scenario('a move over 1 % in 60 s out of calm is a spike; one of 1 % is none', {}, (bench) => {
  run(bench, 61, () => 2000);
  bench.wait(1000).mark('ETHUSDT', 2020);
  assert.equal(bench.of('VOLATILITY_SPIKE').length, 0);
  bench.mark('ETHUSDT', 2020.1);
  const { data } = bench.last('VOLATILITY_SPIKE')!;
  assert.ok(Math.abs(Number(data.returnPct) - 1.005) < 1e-9);
  assert.deepEqual([data.windowMs, data.sigma], [60_000, 0]);
});

scenario('before a minute of seconds nothing is a spike', {}, (bench) => {
  run(bench, 59, () => 2000);
  bench.wait(1000).mark('ETHUSDT', 2200);
  assert.equal(bench.of('VOLATILITY_SPIKE').length, 0);
});

scenario('σ is taken from the seconds before the one that is tested', {}, (bench) => {
  // ±0.2 % a second: σ over 60 s is near 1.5 %, and 6 σ near 9 %.
  const noise = (second: number) => (second % 2 === 0 ? 2000 : 2004);
  run(bench, 200, noise);
  bench.wait(1000).mark('ETHUSDT', 2000 * 1.08);
  assert.equal(bench.of('VOLATILITY_SPIKE').length, 0);
  bench.mark('ETHUSDT', 2000 * 1.12);
  const spike = bench.last('VOLATILITY_SPIKE')!;
  assert.ok(Number(spike.data.sigma) > 1.4 && Number(spike.data.sigma) < 1.7, String(spike.data.sigma));
});

scenario('a regime is VOLATILE while a spike is younger than 60 s', {}, (bench) => {
  run(bench, 61, () => 2000);
  bench.wait(1000).mark('ETHUSDT', 2100);
  const spikeAt = bench.now;
  assert.equal(bench.last('REGIME_CHANGED')?.data.regime, 'VOLATILE');
  for (let second = 0; second < 70; second++) bench.wait(1000).mark('ETHUSDT', 2100);
  const calm = bench.last('REGIME_CHANGED')!;
  assert.equal(calm.data.regime, 'UNKNOWN');
  assert.ok(calm.ts >= spikeAt + 60_000);
});

scenario('at most one of a kind in 30 s', {}, (bench) => {
  run(bench, 61, () => 2000);
  for (let second = 0; second < 40; second++) bench.wait(1000).mark('ETHUSDT', second % 2 === 0 ? 2100 : 1900);
  assert.equal(bench.of('VOLATILITY_SPIKE').length, 1);
});

const minutes = (bench: Bench, count: number, price: (minute: number) => number) => {
  for (let minute = 0; minute < count; minute++) bench.mark('ETHUSDT', price(minute)).wait(60_000);
};

scenario('30 closes in one direction are a trend, back and forth a range; maturity comes with them', {}, (bench) => {
  minutes(bench, 31, (minute) => 2000 + minute);
  assert.deepEqual(
    bench.of('REGIME_CHANGED').map(({ data }) => [data.regime, data.strength]),
    [['TREND', 1]],
  );
  minutes(bench, 40, (minute) => 2030 + (minute % 2));
  assert.equal(bench.last('REGIME_CHANGED')?.data.regime, 'RANGE');
  const maturity = bench.events
    .filter(({ type }) => type === 'INSPECTOR_DATA_MATURITY_UPDATE')
    .map(({ payload }) => [payload.maturity, payload.samples]);
  assert.deepEqual(maturity, [
    ['cold', 0],
    ['warming', 1],
    ['mature', 30],
  ]);
  const published = bench.events.filter(
    ({ type }) => type.endsWith('_DETECTED') && type !== 'INSPECTOR_DATA_GAP_DETECTED',
  );
  assert.deepEqual(
    published.map(({ type }) => type),
    ['INSPECTOR_TREND_DETECTED', 'INSPECTOR_RANGE_DETECTED'],
  );
});

// Liquidity

scenario('top depth under 20 % of its median is a drop; at 20 % it is none; once while it lasts', {}, (bench) => {
  for (let second = 0; second < 60; second++) bench.wait(1000).book('ETHUSDT', spread(0.01, 100));
  bench.wait(1000).book('ETHUSDT', spread(0.01, 20));
  assert.equal(bench.of('LIQUIDITY_DROPPED').length, 0);
  bench.wait(1000).book('ETHUSDT', spread(0.01, 19.9)).wait(1000).book('ETHUSDT', spread(0.01, 19.9));
  const { data } = bench.last('LIQUIDITY_DROPPED')!;
  assert.deepEqual(
    [data.topDepthUsd, data.limit].map((value) => Math.round(Number(value))),
    [79_600, 80_000],
  );
  assert.equal(bench.of('LIQUIDITY_DROPPED').length, 1);
});

scenario('the median is of five minutes', {}, (bench) => {
  for (let second = 0; second < 60; second++) bench.wait(1000).book('ETHUSDT', spread(0.01, 1000));
  for (let second = 0; second < 302; second++) bench.wait(1000).book('ETHUSDT', spread(0.01, 250));
  bench.wait(1000).book('ETHUSDT', spread(0.01, 51));
  assert.equal(bench.of('LIQUIDITY_DROPPED').length, 0);
  bench.wait(1000).book('ETHUSDT', spread(0.01, 49));
  assert.equal(bench.of('LIQUIDITY_DROPPED').length, 1);
});

scenario(
  'a spread over tolerance is a drop',
  { options: { assetManagement: { spreadTolerancePercent: 1 } } },
  (bench) => {
    bench.book('ETHUSDT', spread(1));
    assert.equal(bench.of('LIQUIDITY_DROPPED').length, 0);
    bench.book('ETHUSDT', spread(1.01));
    assert.deepEqual([bench.last('LIQUIDITY_DROPPED')?.data.limit], [1]);
  },
);

// Gaps

scenario('silence longer than priceStaleMs and ten median intervals is a gap', {}, (bench) => {
  for (let second = 0; second < 10; second++) bench.wait(1000).mark('ETHUSDT', 2000);
  bench.wait(10_000);
  assert.equal(bench.of('DATA_GAP').length, 0);
  bench.wait(1);
  const { data } = bench.last('DATA_GAP')!;
  assert.deepEqual([data.symbol, data.channel, data.gapMs], ['ETHUSDT', 'price', 10_001]);
  bench.wait(60_000);
  assert.equal(bench.of('DATA_GAP').length, 1);
});

scenario('of a fast stream priceStaleMs counts', {}, (bench) => {
  for (let times = 0; times < 10; times++) bench.wait(100).mark('ETHUSDT', 2000);
  bench.wait(5000);
  assert.equal(bench.of('DATA_GAP').length, 0);
  bench.wait(1);
  assert.equal(bench.of('DATA_GAP').length, 1);
});

scenario("a jump in a stream's own sequence is a gap", {}, (bench) => {
  bench.price('ETHUSDT', 2000);
  const trade = (seq: number) =>
    bench.feed({
      kind: 'trade',
      now: bench.now,
      symbol: bench.engine.symbols.ids.get('paper:futures:ETHUSDT')!,
      price: 2000,
      quantity: 1,
      time: bench.now,
      market: true,
      seq,
    });
  trade(7);
  trade(8);
  trade(8);
  assert.equal(bench.of('DATA_GAP').length, 0);
  trade(10);
  const { data } = bench.last('DATA_GAP')!;
  assert.deepEqual([data.channel, data.expectedSeq, data.seenSeq], ['trade', 9, 10]);
});
