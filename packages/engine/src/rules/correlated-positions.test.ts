import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

function bench(correlatedGroups: string[], maxCorrelatedPositions: number, held: string[]) {
  const opened = openBench({ options: { riskManagement: { maxCorrelatedPositions, correlatedGroups } } });
  for (const symbol of ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'AVAXUSDT']) opened.price(symbol, 100);
  for (const symbol of held) opened.open({ symbol, quantity: 1 });
  return (symbol: string) => opened.open({ symbol, quantity: 1 }).code;
}

test('refuses with CORRELATED_POSITIONS when positions of the same group reach the limit', () => {
  const decide = bench(['BTC,ETH', 'SOL,AVAX'], 1, ['BTCUSDT']);
  assert.equal(decide('ETHUSDT'), 'CORRELATED_POSITIONS');
  assert.equal(decide('SOLUSDT'), 'OK', 'that is the other group');
  assert.equal(decide('AVAXUSDT'), 'CORRELATED_POSITIONS');
});

test('a list without commas is one group', () => {
  assert.equal(bench(['BTC', 'ETH', 'SOL'], 2, ['BTCUSDT', 'ETHUSDT'])('SOLUSDT'), 'CORRELATED_POSITIONS');
  assert.equal(bench(['BTC', 'ETH', 'SOL'], 2, ['BTCUSDT'])('SOLUSDT'), 'OK');
});

test('passes for the symbol itself, for one without a group, and when it is off; case does not count', () => {
  assert.equal(bench(['BTC,ETH'], 1, ['BTCUSDT'])('BTCUSDT'), 'OK');
  assert.equal(bench(['BTC,ETH'], 1, ['BTCUSDT'])('SOLUSDT'), 'OK');
  assert.equal(bench(['BTC,ETH'], 0, ['BTCUSDT'])('ETHUSDT'), 'OK');
  assert.equal(bench(['btc, eth'], 1, ['BTCUSDT'])('ETHUSDT'), 'CORRELATED_POSITIONS');
});

test('entries on their way and legacy positions count', () => {
  const options = { riskManagement: { maxCorrelatedPositions: 1, correlatedGroups: ['BTC,ETH'] } };
  const sent = openBench({ options, venue: 'none' }).price('BTCUSDT', 100).price('ETHUSDT', 100);
  sent.open({ symbol: 'BTCUSDT', quantity: 1 });
  assert.equal(sent.open({ quantity: 1 }).code, 'CORRELATED_POSITIONS');
  const positions = [{ symbol: 'BTCUSDT', side: 'SHORT' as const, quantity: 1, entryPrice: 100, leverage: 10 }];
  const legacy = openBench({ options, positions }).price('BTCUSDT', 100).price('ETHUSDT', 100);
  assert.equal(legacy.open({ quantity: 1 }).code, 'CORRELATED_POSITIONS');
});
