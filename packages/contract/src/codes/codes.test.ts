import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  auditKinds,
  closeCodes,
  decisionCodes,
  entryCodes,
  errorCodes,
  errorCodeTable,
  governorActions,
  killPhases,
  limitCodes,
  optionFieldAt,
  policyNames,
  problemOf,
  rejectReasons,
  watchedLimits,
} from '@inspector/contract';

test('the entry codes are the 39 rules in the order of their precedence', () => {
  const expected = `REQUEST_INVALID REQUEST_EXPIRED REQUEST_DUPLICATE KILL_SWITCH_ACTIVE STAND_DOWN_ACTIVE LEASE_EXPIRED
    NOT_RECONCILED STREAM_GAP SYMBOL_UNKNOWN SYMBOL_EXCLUDED SYMBOL_NOT_PREFERRED LEGACY_POSITION PRICE_MISSING PRICE_STALE
    EQUITY_UNKNOWN NO_TRADE_WINDOW COOLDOWN_ACTIVE CONSECUTIVE_LOSSES LOSS_TRADES_PER_DAY TRADES_PER_DAY DAILY_LOSS
    DAILY_PROFIT DRAWDOWN OPEN_POSITIONS CORRELATED_POSITIONS SPREAD SLIPPAGE PRICE_COLLAR ORDER_NOTIONAL LEVERAGE
    POSITION_SIZE_MAX POSITION_SIZE_MIN RISK_UNBOUNDED RISK_PER_TRADE RISK_REWARD ROI_RANGE PORTFOLIO_EXPOSURE
    MARGIN_INSUFFICIENT ORDER_RATE`.split(/\s+/);
  assert.equal(expected.length, 39);
  assert.deepEqual(entryCodes, expected);
  assert.deepEqual(decisionCodes, ['OK', ...expected, 'NO_POSITION']);
});

test('a position ends for one of the eleven reasons', () => {
  const expected = `STOP_LOSS TAKE_PROFIT TRAILING_STOP BREAKEVEN_STOP MAX_HOLD_TIME DETECTOR OPERATOR KILL_SWITCH
    NAKED_EXPOSURE LEASE_EXPIRED EXTERNAL`.split(/\s+/);
  assert.deepEqual(closeCodes, expected);
});

test('the audit knows its kinds', () => {
  const expected =
    `STARTED STOPPED OPTIONS_CHANGED DAY_ROLLED RECONCILED REQUEST_DECIDED ORDER_INTENT ORDER_SENT ORDER_RESULT
    ORDER_UNKNOWN POSITION_OPENED POSITION_UPDATED POSITION_CLOSED PROTECTION_PLACED PROTECTION_MOVED PROTECTION_CANCELLED
    PROTECTION_FAILED NAKED_EXPOSURE CLOSE_REQUESTED CLOSE_DEFERRED LIMIT_BREACHED GOVERNOR_CHANGED KILL_SWITCH
    STRESS_CHANGED REGIME_CHANGED DATA_GAP DATA_OUTLIER DATA_STALE LIQUIDITY_DROPPED VOLATILITY_SPIKE LEASE_CHANGED
    DEAD_LETTER CHECKPOINT ALERT_SENT`.split(/\s+/);
  assert.deepEqual(auditKinds, expected);
});

test('the other closed sets are those of the wire', () => {
  assert.deepEqual(governorActions, ['ALLOW', 'THROTTLE', 'BLOCK', 'STAND_DOWN', 'CLOSE_ALL']);
  assert.deepEqual(killPhases, ['TRIGGERED', 'BLOCKED', 'CANCELLING', 'CLOSING', 'VERIFIED_FLAT', 'STUCK', 'REARMED']);
  assert.deepEqual(rejectReasons, [
    'WOULD_TRIGGER',
    'MARGIN',
    'MIN_SIZE',
    'REDUCE_ONLY',
    'RATE_LIMIT',
    'DUPLICATE',
    'UNKNOWN',
  ]);
});

test('each policy has its code, default action and default end', () => {
  const rows = policyNames.map((name) => {
    const { code, action, until } = watchedLimits[name];
    return `${name} ${code} ${action} ${until}`;
  });
  assert.deepEqual(rows, [
    'dailyLoss DAILY_LOSS STAND_DOWN day-end',
    'dailyProfit DAILY_PROFIT STAND_DOWN day-end',
    'drawdown DRAWDOWN CLOSE_ALL manual',
    'consecutiveLosses CONSECUTIVE_LOSSES STAND_DOWN day-end',
    'lossTradesPerDay LOSS_TRADES_PER_DAY STAND_DOWN day-end',
    'tradesPerDay TRADES_PER_DAY BLOCK day-end',
    'exposure PORTFOLIO_EXPOSURE BLOCK while-it-lasts',
  ]);
});

test('each watched limit names an option that is a limit, and an entry code', () => {
  for (const name of policyNames) {
    assert.equal(optionFieldAt(watchedLimits[name].option)?.isLimit, true, name);
    assert.ok(entryCodes.includes(watchedLimits[name].code), name);
  }
  assert.equal(new Set(limitCodes).size, policyNames.length);
});

test('each error has an HTTP error status and a sentence', () => {
  for (const code of errorCodes) {
    const { status, sentence } = errorCodeTable[code];
    assert.ok(status >= 400 && status <= 599, code);
    assert.match(sentence, /\.$/, code);
  }
});

test('a problem carries the status and the sentence of its code', () => {
  const problem = problemOf({ code: 'OPTIONS_CONFLICT', requestId: 'r1', detail: 'version 3 is in force' });
  assert.deepEqual(problem, {
    type: 'urn:inspector:problem:OPTIONS_CONFLICT',
    title: errorCodeTable.OPTIONS_CONFLICT.sentence,
    status: 412,
    detail: 'version 3 is in force',
    code: 'OPTIONS_CONFLICT',
    requestId: 'r1',
  });
});
