import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, START } from '#testing/bench.ts';

/** `quantity` ETH bought at 2000, without a venue that would answer. */
function held(options: object = {}, quantity = 10) {
  const bench = openBench({ venue: 'none', options }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'e', quantity });
  bench.order({
    ref: 'e:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: quantity,
    priceExecuted: 2000,
  });
  return bench;
}

test('equity is the wallet and what is unrealised, legacy positions too', () => {
  const legacy = { symbol: 'SOLUSDT', side: 'SHORT' as const, quantity: 100, entryPrice: 150, leverage: 5 };
  const bench = openBench({ positions: [legacy] });
  assert.equal(bench.kpi().equityKnown, false);
  bench.price('SOLUSDT', 140);
  assert.deepEqual([bench.kpi().equityKnown, bench.kpi().currentEquityUsd], [true, 51_000]);
});

test('it is unknown from the first moment that a position has no fresh price, and shows its last value', () => {
  const bench = held().price('ETHUSDT', 1990);
  bench.at(5000);
  assert.equal(bench.kpi().equityKnown, true);
  bench.at(5001);
  assert.equal(bench.kpi().equityKnown, false);
  assert.equal(bench.kpi().currentEquityUsd, 49_900);
});

test('after 30 s unknown a person is told, and losses are judged at last prices, which the record says', () => {
  const bench = held({ riskManagement: { maxDailyLossPercent: 5, maxDailyProfitPercent: 1 } });
  bench.price('SOLUSDT', 150);
  const positions = [{ symbol: 'SOLUSDT', side: 'LONG' as const, quantity: 100, entryPrice: 150 }];
  bench.account('position', { positions });
  const silence = 5001;
  for (let at = 1000; at < silence + 30_000; at += 1000) bench.at(at).price('SOLUSDT', at > silence ? 124 : 150);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), [], 'unknown equity trips nothing');
  bench.at(silence + 30_000).price('SOLUSDT', 124);
  assert.equal(bench.alerts.at(-1)?.code, 'EQUITY_UNKNOWN');
  assert.equal(bench.last('ALERT_SENT')?.ts, START + silence + 30_000);
  bench.at(silence + 31_500).price('SOLUSDT', 124);
  const breach = bench.last('LIMIT_BREACHED');
  assert.equal(breach?.code, 'DAILY_LOSS');
  assert.deepEqual(breach?.data.staleSymbols, ['ETHUSDT']);
  assert.match(breach?.message ?? '', /last price/);
});

test('profit is not judged at last prices', () => {
  const bench = held({ riskManagement: { maxDailyProfitPercent: 1 }, protection: { confirmMs: 0 } });
  bench.price('SOLUSDT', 150).account('position', {
    positions: [{ symbol: 'SOLUSDT', side: 'LONG', quantity: 100, entryPrice: 150 }],
  });
  for (let at = 6000; at < 60_000; at += 1000) bench.at(at).price('SOLUSDT', 190);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
});

test('only a confirmed reading raises the peak: mark and mid agree within max(1 %, 5 × spread)', () => {
  const bench = held();
  bench.book('ETHUSDT', 2000).mark('ETHUSDT', 2020);
  assert.equal(bench.kpi().equityPeakUsd, 50_200, '1 % apart agrees');
  bench.mark('ETHUSDT', 2100);
  assert.equal(bench.kpi().equityPeakUsd, 50_200);
  bench.book('ETHUSDT', 2095);
  assert.equal(bench.kpi().equityPeakUsd, 51_000, 'a book that comes after confirms the mark');
});

test('an unconfirmed reading raises the peak when it has held for confirmMs', () => {
  const bench = held({ protection: { confirmMs: 1500 } }).mark('ETHUSDT', 2200);
  bench.at(1499).mark('ETHUSDT', 2190);
  assert.equal(bench.kpi().equityPeakUsd, 50_000);
  bench.at(1500).mark('ETHUSDT', 2195);
  assert.equal(bench.kpi().equityPeakUsd, 51_900, 'the lowest of the time that it held');
});

test('a reading back under the peak starts the wait anew', () => {
  const bench = held({ protection: { confirmMs: 1500 } }).mark('ETHUSDT', 2200);
  bench.at(1000).mark('ETHUSDT', 2000).mark('ETHUSDT', 2200);
  bench.at(2000).mark('ETHUSDT', 2200);
  assert.equal(bench.kpi().equityPeakUsd, 50_000);
  bench.at(2500).mark('ETHUSDT', 2200);
  assert.equal(bench.kpi().equityPeakUsd, 52_000);
});

test('drawdown is measured from the peak, and the deepest of the day is kept', () => {
  const bench = held().price('ETHUSDT', 2500).price('ETHUSDT', 1950);
  assert.equal(bench.kpi().equityPeakUsd, 55_000);
  assert.equal(bench.kpi().currentDrawdownPct, 10);
  bench.price('ETHUSDT', 2500);
  assert.deepEqual([bench.kpi().currentDrawdownPct, bench.kpi().maxDrawdownPct], [0, 10]);
});
