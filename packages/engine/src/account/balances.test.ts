import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

const options = { riskManagement: { maxDailyLossPercent: 5, maxDrawdownPercent: 0 }, protection: { confirmMs: 0 } };

test('an unexplained loss of balance trips nothing for 2 s, while the venue is asked', () => {
  const bench = openBench({ options, venue: 'none' });
  bench.balance(46_000);
  assert.equal(bench.last('DATA_OUTLIER')?.data.changeUsd, -4000);
  assert.equal(bench.effects.at(-1)?.kind, 'query');
  bench.at(1999).balance(46_000);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  bench.at(2000);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), [], 'and never by the passing of time');
  bench.balance(46_000);
  assert.equal(bench.last('LIMIT_BREACHED')?.code, 'DAILY_LOSS');
});

test('an unexplained gain raises no peak for 2 s', () => {
  const bench = openBench({ venue: 'none' }).balance(55_000).at(1999).balance(55_000);
  assert.equal(bench.kpi().equityPeakUsd, 50_000);
  bench.at(2000).balance(55_000);
  assert.equal(bench.kpi().equityPeakUsd, 55_000);
});

test('one that moves equity by more than 20 % waits for a second, agreeing reading', () => {
  const bench = openBench({ options, venue: 'none' }).balance(39_999);
  assert.equal(bench.kpi().currentEquityUsd, 50_000);
  bench.at(1000).balance(30_000);
  assert.equal(bench.kpi().currentEquityUsd, 50_000, 'another doubtful reading agrees with nothing');
  bench.at(2000).balance(30_000);
  assert.equal(bench.kpi().currentEquityUsd, 30_000);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  bench.at(4000).balance(30_000);
  assert.equal(bench.last('LIMIT_BREACHED')?.code, 'DAILY_LOSS');
});

test('exactly 20 % is believed at once, and a usual reading ends the doubt', () => {
  assert.equal(openBench({ venue: 'none' }).balance(40_000).kpi().currentEquityUsd, 40_000);
  const bench = openBench({ venue: 'none' }).balance(30_000).balance(50_000).balance(30_000);
  assert.equal(bench.kpi().currentEquityUsd, 50_000);
});

test('fills and fees explain a balance', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'e', quantity: 10 });
  const filled = { symbol: { name: 'ETHUSDT' }, status: 'FILLED', quantityExecuted: 10, priceExecuted: 2000 } as const;
  bench.order({ ref: 'e:entry', ...filled, fee: 10 });
  assert.equal(bench.kpi().currentEquityUsd, 49_990);
  bench.balance(49_990).exit('close', { requestId: 'x' });
  bench.order({ ref: 'x:close', ...filled, priceExecuted: 2100, fee: 10.5 });
  assert.equal(bench.kpi().currentEquityUsd, 50_979.5);
  bench.balance(50_979.5).balance(50_979.5);
  assert.deepEqual(bench.of('DATA_OUTLIER'), []);
});

test('an older balance changes nothing', () => {
  const bench = openBench({ venue: 'none' });
  bench.account('balance', { walletBalance: 50_100 }, { eventTime: bench.now });
  bench.account('balance', { walletBalance: 50_000 }, { eventTime: bench.now - 1 });
  assert.equal(bench.kpi().currentEquityUsd, 50_100);
});

test('INSPECTOR_RISK_MARGIN_UPDATE is published at most once a second', () => {
  const bench = openBench({ venue: 'none' });
  for (const at of [0, 500, 999, 1000, 1500]) bench.at(at).balance(50_000);
  assert.equal(bench.events.filter(({ type }) => type === 'INSPECTOR_RISK_MARGIN_UPDATE').length, 2);
});
