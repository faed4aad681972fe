import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, skippedOf } from '#testing/bench.ts';

const bench = () => openBench({ options: { riskManagement: { minRiskRewardRatio: 2 } } }).price('ETHUSDT', 2000);
const request = { quantity: 1, price: 2000, stopLoss: 1990 };

test('passes at the ratio, refuses with RISK_REWARD below it', () => {
  assert.equal(bench().check({ ...request, takeProfit: 2020 }).code, 'OK');
  assert.equal(bench().check({ ...request, takeProfit: 2019.99 }).code, 'RISK_REWARD');
  assert.equal(bench().check({ quantity: 1, price: 2000, side: 'SHORT', stopLoss: 2010, takeProfit: 1980 }).code, 'OK');
});

test('is skipped without stop or target', () => {
  assert.deepEqual(skippedOf(bench().check(request)), ['RISK_REWARD']);
  assert.deepEqual(skippedOf(bench().check({ quantity: 1, price: 2000, takeProfit: 2001 })), ['RISK_REWARD']);
});

test('stop and target come from the options where the request has none', () => {
  const levels = { stopLossPercent: 0.5, takeProfitPercent: 1, minRiskRewardRatio: 2 };
  const decide = (more: object) =>
    openBench({ options: { riskManagement: { ...levels, ...more } } })
      .price('ETHUSDT', 2000)
      .open({ quantity: 1 }).code;
  assert.equal(decide({}), 'OK');
  assert.equal(decide({ takeProfitPercent: 0.99 }), 'RISK_REWARD');
});
