import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, START } from '#testing/bench.ts';

/** 10 ETH at 2000 with 50,000 USD: 1 % of equity is 50 USD of price. */
function held(options: object) {
  const bench = openBench({ venue: 'none', options }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'e', quantity: 10 });
  bench.order({
    ref: 'e:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 10,
    priceExecuted: 2000,
  });
  return bench;
}
const loss = { riskManagement: { maxDailyLossPercent: 2 }, protection: { confirmMs: 1500, hardMultiple: 1.5 } };

test('a limit trips at the first reading that is confirmMs after the first of a run in breach, by its own loss unrealised', () => {
  const bench = held(loss).price('ETHUSDT', 1900);
  bench.at(1499).price('ETHUSDT', 1890);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  bench.at(1500).price('ETHUSDT', 1895);
  const breach = bench.last('LIMIT_BREACHED');
  assert.equal(breach?.ts, START + 1500);
  assert.equal(breach?.accountKey, 'paper:futures');
  const { code, action, scope, limit, unit, until } = breach!.data;
  assert.deepEqual(
    [code, action, scope, limit, unit, until],
    ['DAILY_LOSS', 'STAND_DOWN', 'account:paper:futures', 2, '%', START + 12 * 3_600_000],
  );
});

test('never by a timer: time alone trips nothing', () => {
  const bench = held(loss).price('ETHUSDT', 1900).wait(4000);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  bench.price('ETHUSDT', 1900);
  assert.equal(bench.of('LIMIT_BREACHED').length, 1);
});

test('one reading back inside restarts the clock', () => {
  const bench = held(loss).price('ETHUSDT', 1900);
  bench.at(1000).price('ETHUSDT', 1900.01).price('ETHUSDT', 1900);
  bench.at(2400).price('ETHUSDT', 1900);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  bench.at(2500).price('ETHUSDT', 1900);
  assert.equal(bench.last('LIMIT_BREACHED')?.ts, START + 2500);
});

test('a confirmed reading at limit × hardMultiple trips at once', () => {
  assert.deepEqual(held(loss).price('ETHUSDT', 1850.01).of('LIMIT_BREACHED'), []);
  const bench = held(loss).price('ETHUSDT', 1850);
  assert.equal(bench.last('LIMIT_BREACHED')?.ts, START);
});

test('an unconfirmed one does not: a mark that the book does not follow has to hold', () => {
  const bench = held(loss).mark('ETHUSDT', 1000);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  bench.at(1000).mark('ETHUSDT', 2000);
  bench.at(2000).mark('ETHUSDT', 2000);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
});

test('daily profit trips likewise', () => {
  const options = { riskManagement: { maxDailyProfitPercent: 2 }, protection: { confirmMs: 1500 } };
  const bench = held(options).price('ETHUSDT', 2100).at(1500).price('ETHUSDT', 2100);
  assert.equal(bench.last('LIMIT_BREACHED')?.code, 'DAILY_PROFIT');
  assert.equal(bench.last('LIMIT_BREACHED')?.data.action, 'STAND_DOWN');
});

test('drawdown counts from the peak, and closes all', () => {
  const options = { riskManagement: { maxDrawdownPercent: 10 }, protection: { confirmMs: 0 } };
  const bench = held(options).price('ETHUSDT', 2500).price('ETHUSDT', 1951);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  bench.price('ETHUSDT', 1950);
  const breach = bench.last('LIMIT_BREACHED')!;
  assert.deepEqual([breach.code, breach.data.action, breach.data.until], ['DRAWDOWN', 'CLOSE_ALL', null]);
  assert.equal(bench.last('CLOSE_REQUESTED')?.code, 'DRAWDOWN');
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'CLOSE_ALL');
  bench.order({
    ref: 'e:close',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 10,
    priceExecuted: 1950,
  });
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'DRAWDOWN', 'a close carries the limit’s code');
  assert.deepEqual(bench.of('KILL_SWITCH'), [], 'without a kill latch');
  assert.equal(bench.open({ quantity: 1 }).code, 'DRAWDOWN');
});

test('exposure trips past its limit, not at it, and lasts while the breach does', () => {
  const options = { riskManagement: { maxPortfolioExposurePercent: 40.02 }, protection: { confirmMs: 0 } };
  const bench = held(options);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  bench.price('ETHUSDT', 2100);
  const breach = bench.last('LIMIT_BREACHED')!;
  assert.deepEqual([breach.code, breach.data.action, breach.data.until], ['PORTFOLIO_EXPOSURE', 'BLOCK', null]);
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'BLOCK');
  assert.equal(bench.open({ quantity: 0.01 }).code, 'PORTFOLIO_EXPOSURE');
  bench.price('ETHUSDT', 1900);
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'ALLOW');
});

test('a change of options is a reading: lowered under the loss the limit begins to count, or trips at once past the hard one', () => {
  const soft = held({ protection: { confirmMs: 1500 } }).price('ETHUSDT', 1900);
  soft.options({ riskManagement: { maxDailyLossPercent: 2 } });
  assert.deepEqual(soft.of('LIMIT_BREACHED'), []);
  soft.at(1500).price('ETHUSDT', 1900);
  assert.equal(soft.of('LIMIT_BREACHED').length, 1);
  const hard = held({})
    .price('ETHUSDT', 1900)
    .options({ riskManagement: { maxDailyLossPercent: 1 } });
  assert.equal(hard.last('LIMIT_BREACHED')?.code, 'DAILY_LOSS');
});

test('a limit that was switched off and on again begins its run anew', () => {
  const bench = held(loss).price('ETHUSDT', 1900);
  bench.options({ riskManagement: { maxDailyLossPercent: 0 } });
  bench
    .at(1400)
    .price('ETHUSDT', 1900)
    .options({ riskManagement: { maxDailyLossPercent: 2 } });
  bench.at(2000).price('ETHUSDT', 1900);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  bench.at(2900).price('ETHUSDT', 1900);
  assert.equal(bench.of('LIMIT_BREACHED').length, 1);
});

test('an account’s own limit holds for that account alone', () => {
  const overrides = { accounts: { 'paper:futures': { riskManagement: { maxDailyLossPercent: 1 } } } };
  const bench = held({ overrides, protection: { confirmMs: 0 } }).price('ETHUSDT', 1950);
  assert.equal(bench.last('LIMIT_BREACHED')?.data.limit, 1);
});
