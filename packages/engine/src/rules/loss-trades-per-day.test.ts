import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

type Bench = ReturnType<typeof openBench>;
function trade(bench: Bench, change: number): void {
  bench.price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  bench.price('ETHUSDT', 2000 + change);
  bench.exit('close');
}

test('refuses with LOSS_TRADES_PER_DAY when the losses of today reach the limit, wins between or not', () => {
  const bench = openBench({ options: { riskManagement: { maxLossTradesPerDay: 2 } } });
  trade(bench, -10);
  trade(bench, 10);
  assert.equal(bench.open({ quantity: 1, requestId: 'one below' }).code, 'OK');
  bench.price('ETHUSDT', 1990).exit('close');
  assert.equal(bench.last('LIMIT_BREACHED')?.code, 'LOSS_TRADES_PER_DAY');
  assert.equal(bench.open({ quantity: 1 }).code, 'LOSS_TRADES_PER_DAY');
});

test('passes on the next day', () => {
  const bench = openBench({ options: { riskManagement: { maxLossTradesPerDay: 1 } } });
  trade(bench, -10);
  bench.at(12 * 3_600_000).price('ETHUSDT', 2000);
  assert.equal(bench.kpi().losses, 0);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('refuses at once when the limit is lowered to what was lost', () => {
  const bench = openBench();
  trade(bench, -10);
  bench.options({ riskManagement: { maxLossTradesPerDay: 1 } });
  assert.equal(bench.last('LIMIT_BREACHED')?.code, 'LOSS_TRADES_PER_DAY');
  assert.equal(bench.open({ quantity: 1 }).code, 'LOSS_TRADES_PER_DAY');
});
