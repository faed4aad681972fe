import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditKind, AuditRecord } from '@inspector/contract';
import {
  calmCondition,
  conditionOf,
  eventCount,
  isOfMarket,
  keyOfRecord,
  marketConditions,
} from './market-conditions.ts';

let seq = 1_000;
/** Each call is older than the one before: newest first. */
function record(kind: AuditKind, data: Record<string, unknown> = {}, given: Partial<AuditRecord> = {}): AuditRecord {
  seq -= 1;
  return {
    seq,
    ts: seq,
    kind,
    code: kind,
    severity: 'info',
    symbol: 'BTCUSDT',
    traceId: 't',
    message: '',
    data: { symbol: 'BTCUSDT', connectorType: 'paper', marketType: 'futures', ...data },
    epoch: 1,
    ...given,
  };
}
const key = 'paper:futures:BTCUSDT';

test('the newest regime is in force, with when it began', () => {
  const newest = record('REGIME_CHANGED', { regime: 'TREND', strength: 0.7 });
  const conditions = marketConditions([newest, record('REGIME_CHANGED', { regime: 'RANGE', strength: 0.1 })]);
  assert.deepEqual(conditionOf(conditions, key).regime, { regime: 'TREND', strength: 0.7, since: newest.ts });
});

test('outliers, gaps, spikes and drops are counted each for themselves; a regime is no event', () => {
  const newest = record('DATA_OUTLIER');
  const condition = conditionOf(
    marketConditions([
      newest,
      record('DATA_OUTLIER'),
      record('DATA_GAP'),
      record('VOLATILITY_SPIKE'),
      record('LIQUIDITY_DROPPED'),
      record('REGIME_CHANGED', { regime: 'RANGE', strength: 0 }),
      record('ALERT_SENT'),
    ]),
    key,
  );
  assert.deepEqual(condition.counts, { DATA_OUTLIER: 2, DATA_GAP: 1, VOLATILITY_SPIKE: 1, LIQUIDITY_DROPPED: 1 });
  assert.equal(eventCount(condition), 5);
  assert.equal(condition.lastEvent?.seq, newest.seq);
});

test('the same symbol of another market is another row', () => {
  const conditions = marketConditions([record('DATA_GAP', { marketType: 'spot' })]);
  assert.equal(eventCount(conditionOf(conditions, key)), 0);
  assert.equal(eventCount(conditionOf(conditions, 'paper:spot:BTCUSDT')), 1);
});

test('without a market in its data a record is of its account’s, and without an account of every one', () => {
  const bare = { symbol: 'BTCUSDT', connectorType: undefined, marketType: undefined };
  assert.equal(keyOfRecord(record('DATA_GAP', bare, { accountKey: 'paper:futures:two' })), key);
  const gap = record('DATA_GAP', bare);
  const conditions = marketConditions([gap, record('DATA_GAP')]);
  assert.equal(eventCount(conditionOf(conditions, key)), 2);
  assert.equal(conditionOf(conditions, key).lastEvent?.seq, gap.seq);
  assert.equal(isOfMarket(gap, key), true);
  assert.equal(isOfMarket(gap, 'paper:futures:ETHUSDT'), false);
});

test('a gap of an account’s stream is of no symbol', () => {
  const { symbol: _symbol, ...ofAccount } = record('DATA_GAP', { symbol: '' });
  assert.equal(keyOfRecord(ofAccount), undefined);
});

test('a symbol without records is calm', () => {
  assert.equal(conditionOf(new Map(), key), calmCondition);
});
