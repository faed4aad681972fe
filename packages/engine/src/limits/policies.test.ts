import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, START, warningsOf } from '#testing/bench.ts';

const MIDNIGHT = 12 * 3_600_000;
const policy = (action: string, until: unknown = 'day-end', more: object = {}) => ({
  riskManagement: { maxDailyLossPercent: 2 },
  protection: { confirmMs: 0 },
  policies: { dailyLoss: { action, until } },
  ...more,
});

/** 10 ETH at 2000 down to 1900: 2 % of 50,000 USD lost. */
function tripped(options: object) {
  const bench = openBench({ venue: 'none', options }).price('ETHUSDT', 2000).price('SOLUSDT', 150);
  bench.open({ requestId: 'e', quantity: 10 });
  bench.order({
    ref: 'e:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 10,
    priceExecuted: 2000,
  });
  bench.open({ requestId: 'resting', symbol: 'SOLUSDT', quantity: 1, price: 140 });
  bench.order({ ref: 'resting:entry', symbol: { name: 'SOLUSDT' }, status: 'NEW' });
  return bench.price('ETHUSDT', 1900);
}
const breachEvents = (bench: ReturnType<typeof openBench>) =>
  bench.events.filter(({ type }) => type === 'INSPECTOR_RISK_LIMIT_BREACH').map(({ payload }) => payload);
const isActive = (payload: Record<string, unknown> | undefined) => (payload!.opt as { isActive: boolean }).isActive;

test('one trip is one record, one event and one alert, whatever comes after', () => {
  const bench = tripped(policy('STAND_DOWN'));
  for (const price of [1890, 1880, 1910, 1890]) bench.price('ETHUSDT', price);
  assert.equal(bench.of('LIMIT_BREACHED').length, 1);
  assert.equal(breachEvents(bench).length, 1);
  assert.equal(bench.alerts.filter(({ code }) => code === 'DAILY_LOSS').length, 1);
  assert.deepEqual(breachEvents(bench)[0], bench.last('LIMIT_BREACHED')?.data);
});

test('ALLOW is only recorded and published; the decision warns', () => {
  const bench = tripped(policy('ALLOW'));
  assert.equal(bench.last('LIMIT_BREACHED')?.data.action, 'ALLOW');
  assert.deepEqual(bench.of('GOVERNOR_CHANGED'), []);
  const decision = bench.open({ symbol: 'SOLUSDT', quantity: 1 });
  assert.deepEqual([decision.code, decision.data.violations, warningsOf(decision)], ['OK', [], ['DAILY_LOSS']]);
});

test('THROTTLE also tells the detector, and when it is over; entries are not refused', () => {
  const bench = tripped(policy('THROTTLE'));
  assert.deepEqual([isActive(breachEvents(bench)[0]), breachEvents(bench)[0]?.detectorSysname], [false, 'det']);
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'THROTTLE');
  const decision = bench.open({ symbol: 'SOLUSDT', quantity: 1 });
  assert.deepEqual([decision.code, warningsOf(decision)], ['OK', ['DAILY_LOSS']]);
  bench.price('ETHUSDT', 1950);
  assert.equal(isActive(breachEvents(bench).at(-1)), true);
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'ALLOW');
});

test('BLOCK refuses by this rule while the breach lasts, and sets no lock', () => {
  const bench = tripped(policy('BLOCK'));
  assert.deepEqual([bench.engine.locks, bench.last('GOVERNOR_CHANGED')?.code], [[], 'BLOCK']);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'DAILY_LOSS');
  bench.price('ETHUSDT', 1950);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
});

test('STAND_DOWN locks until its end, cancels resting entries and leaves positions', () => {
  const bench = tripped(policy('STAND_DOWN'));
  assert.equal(bench.last('ORDER_INTENT', 'CANCEL')?.requestId, 'resting');
  assert.deepEqual(bench.of('CLOSE_REQUESTED'), []);
  bench.price('ETHUSDT', 2000);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'DAILY_LOSS');
  bench.at(MIDNIGHT).price('ETHUSDT', 2000).price('SOLUSDT', 150);
  assert.equal(bench.last('GOVERNOR_CHANGED', 'ALLOW')?.ts, START + MIDNIGHT);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
});

test('CLOSE_ALL also closes what is open', () => {
  const bench = tripped(policy('CLOSE_ALL', 'manual'));
  assert.equal(bench.last('CLOSE_REQUESTED')?.code, 'DAILY_LOSS');
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'CLOSE_ALL');
  bench.at(40 * 86_400_000).price('SOLUSDT', 150);
  assert.ok(
    bench.engine.locks.some(({ code, until }) => code === 'DAILY_LOSS' && until === null),
    'it ends by hand',
  );
});

test('a lock for seconds ends after them; still in breach the limit trips again', () => {
  const bench = tripped(policy('STAND_DOWN', 60));
  bench.at(59_999).price('ETHUSDT', 1900).price('SOLUSDT', 150);
  assert.equal(bench.of('LIMIT_BREACHED').length, 1);
  bench.at(60_000).price('ETHUSDT', 1900);
  assert.equal(bench.of('LIMIT_BREACHED').length, 2);
  const calm = tripped(policy('STAND_DOWN', 60)).price('ETHUSDT', 2000);
  calm.at(60_000).price('ETHUSDT', 2000).price('SOLUSDT', 150);
  assert.equal(calm.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
});

test('a reminder goes out every 30 min while it lasts', () => {
  for (const action of ['BLOCK', 'STAND_DOWN']) {
    const bench = tripped(policy(action, 'manual'));
    bench.at(2 * 1_800_000 - 1);
    assert.equal(bench.alerts.filter(({ reminder }) => reminder).length, 1);
    bench.at(2 * 1_800_000);
    const reminders = bench.of('ALERT_SENT', 'DAILY_LOSS').filter(({ data }) => data.reminder);
    assert.deepEqual(
      reminders.map(({ ts }) => ts - START),
      [1_800_000, 3_600_000],
      action,
    );
  }
  const ended = tripped(policy('BLOCK')).price('ETHUSDT', 2000).at(7_200_000);
  assert.equal(ended.alerts.filter(({ reminder, code }) => reminder && code === 'DAILY_LOSS').length, 0);
});

test('autoThrottleDetectors pauses the target, or every detector seen, and lets them go on when the lock ends', () => {
  const strategyLogic = { autoThrottleDetectors: true, targetDetectorSysname: 'scalper' };
  const named = tripped(policy('STAND_DOWN', 'day-end', { strategyLogic }));
  assert.deepEqual([isActive(breachEvents(named)[0]), breachEvents(named)[0]?.detectorSysname], [false, 'scalper']);
  named.price('ETHUSDT', 2000).command('rearm', { code: 'DAILY_LOSS', scope: 'account:paper:futures' });
  const end = breachEvents(named).at(-1);
  assert.deepEqual([isActive(end), end?.detectorSysname, end?.code], [true, 'scalper', 'DAILY_LOSS']);
  const all = openBench({
    options: policy('STAND_DOWN', 'day-end', { strategyLogic: { autoThrottleDetectors: true } }),
  });
  all.price('ETHUSDT', 2000).open({ quantity: 10 });
  all.open({ quantity: 1, detectorSysname: 'second' });
  all.price('ETHUSDT', 1900);
  assert.deepEqual(breachEvents(all)[0]?.detectors, ['det', 'second']);
});

test('without it no detector is paused, and none is told of the end', () => {
  const bench = tripped(policy('STAND_DOWN')).price('ETHUSDT', 2000);
  assert.equal(isActive(breachEvents(bench)[0]), true);
  bench.command('rearm', { code: 'DAILY_LOSS', scope: 'account:paper:futures' });
  assert.equal(breachEvents(bench).length, 1);
});

test('detectors stay paused while another limit’s lock is on', () => {
  const options = policy('STAND_DOWN', 'day-end', {
    riskManagement: { maxDailyLossPercent: 2, maxDrawdownPercent: 2 },
    strategyLogic: { autoThrottleDetectors: true },
  });
  const bench = tripped(options);
  bench.command('rearm', { code: 'DAILY_LOSS', scope: 'account:paper:futures' });
  assert.equal(isActive(breachEvents(bench).at(-1)), false);
});

test('a lock stays in force when its policy is turned to ALLOW', () => {
  const bench = tripped(policy('STAND_DOWN')).price('ETHUSDT', 2000);
  bench.options({ policies: { dailyLoss: { action: 'ALLOW' } } });
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'DAILY_LOSS');
});

test('the governor shows the strongest action in force', () => {
  const options = policy('BLOCK', 'day-end', { riskManagement: { maxDailyLossPercent: 2, maxTradesPerDay: 2 } });
  const bench = tripped(options);
  const seen = () => bench.last('GOVERNOR_CHANGED')!.data as { action: string; reasons: string[] };
  assert.deepEqual([seen().action, seen().reasons], ['BLOCK', ['DAILY_LOSS', 'TRADES_PER_DAY']]);
  bench.command('standdown', { enabled: true, scope: 'detector:other' });
  assert.deepEqual([seen().action, seen().reasons[0]], ['STAND_DOWN', 'STAND_DOWN_ACTIVE']);
  bench.command('kill-switch/trigger', { scope: 'detector:nobody', confirm: true });
  assert.equal(seen().action, 'CLOSE_ALL');
});
