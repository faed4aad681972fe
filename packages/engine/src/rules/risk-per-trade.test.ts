import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

/** 2 % of 50,000 USD are 1000 at risk. */
const options = { riskManagement: { riskPerTradePercent: 2 } };

test('passes at the limit, refuses with RISK_PER_TRADE past it', () => {
  const bench = openBench({ options }).price('ETHUSDT', 2000);
  assert.equal(bench.check({ quantity: 10, price: 2000, stopLoss: 1900 }).code, 'OK');
  const decision = bench.check({ quantity: 10.001, price: 2000, stopLoss: 1900 });
  assert.equal(decision.code, 'RISK_PER_TRADE');
  assert.equal(decision.data.maxQuantity, 10);
  assert.equal(bench.check({ quantity: 10, price: 2000, side: 'SHORT', stopLoss: 2100 }).code, 'OK');
  assert.equal(bench.check({ quantity: 10.001, price: 2000, side: 'SHORT', stopLoss: 2100 }).code, 'RISK_PER_TRADE');
});

test('the tighter of the requested stop and stopLossPercent counts', () => {
  const bench = openBench({ options: { riskManagement: { riskPerTradePercent: 2, stopLossPercent: 5 } } });
  bench.price('ETHUSDT', 2000);
  const looser = bench.check({ quantity: 10, price: 2000, stopLoss: 1800 });
  assert.deepEqual([looser.code, looser.data.sizing.stopLoss], ['OK', 1900]);
  const tighter = bench.check({ quantity: 20, price: 2000, stopLoss: 1950 });
  assert.deepEqual([tighter.code, tighter.data.sizing.stopLoss], ['OK', 1950]);
});

test('what is held and on its way counts with the distance of this request', () => {
  const bench = openBench({ options, venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ quantity: 6, price: 2000, stopLoss: 1900 });
  assert.equal(bench.check({ quantity: 4, price: 2000, stopLoss: 1900 }).code, 'OK');
  assert.equal(bench.check({ quantity: 4.001, price: 2000, stopLoss: 1900 }).code, 'RISK_PER_TRADE');
});
