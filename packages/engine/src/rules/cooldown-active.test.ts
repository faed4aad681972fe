import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

function lose(bench: ReturnType<typeof openBench>, symbol = 'ETHUSDT', price = 2000) {
  bench.price(symbol, price);
  bench.open({ symbol, quantity: 1 });
  bench.price(symbol, price - 10);
  bench.exit('close', { symbol });
}

test('refuses with COOLDOWN_ACTIVE when less than cooldownPeriod seconds have passed since a losing close', () => {
  const bench = openBench({ options: { strategyLogic: { cooldownPeriod: 30 } } });
  bench.at(1000);
  lose(bench);
  bench.at(30_999).price('ETHUSDT', 2000).price('SOLUSDT', 150);
  assert.equal(bench.open({ quantity: 1 }).code, 'COOLDOWN_ACTIVE');
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'COOLDOWN_ACTIVE', 'it is the account’s');
  bench.at(31_000).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK', 'at 30 s it is over');
});

test('passes after a winning close, which also leaves a running cooldown as it is', () => {
  const bench = openBench({ options: { strategyLogic: { cooldownPeriod: 30 } } }).price('ETHUSDT', 2000);
  bench.price('SOLUSDT', 150);
  bench.open({ quantity: 1 });
  bench.open({ symbol: 'SOLUSDT', quantity: 1 });
  bench.price('ETHUSDT', 2010).exit('close');
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
  bench.price('SOLUSDT', 140).exit('close', { symbol: 'SOLUSDT' });
  bench.at(29_999).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'COOLDOWN_ACTIVE');
});

test('exits pass', () => {
  const bench = openBench({ options: { strategyLogic: { cooldownPeriod: 30 } } }).price('SOLUSDT', 150);
  bench.open({ symbol: 'SOLUSDT', quantity: 1 });
  lose(bench);
  assert.equal(bench.exit('close', { symbol: 'SOLUSDT' }).code, 'OK');
});
