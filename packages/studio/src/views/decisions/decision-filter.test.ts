import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import {
  countDecisionFilters,
  type DecisionFilter,
  decisionMatcher,
  decisionQuery,
  noDecisionFilter,
  readDecisionFilter,
  writeDecisionFilter,
} from './decision-filter.ts';

const record: AuditRecord = {
  seq: 1,
  ts: 1,
  kind: 'REQUEST_DECIDED',
  code: 'SPREAD',
  severity: 'warn',
  symbol: 'BTCUSDT',
  detectorSysname: 'momentum',
  traceId: 't',
  message: '',
  data: {
    decision: 'BLOCK',
    code: 'SPREAD',
    violations: [{ code: 'SPREAD' }, { code: 'LEVERAGE' }],
    request: { side: 'LONG' },
  },
  epoch: 1,
};

const passes = (filter: Partial<DecisionFilter>, one = record): boolean =>
  decisionMatcher({ ...noDecisionFilter, ...filter })(one);

test('each field lets through what fits and nothing else', () => {
  const fits: Partial<DecisionFilter>[] = [
    {},
    { outcome: 'BLOCK' },
    { kind: 'entry' },
    { code: 'SPREAD' },
    { symbol: 'BTCUSDT' },
    { detector: 'momentum' },
  ];
  const fails: Partial<DecisionFilter>[] = [
    { outcome: 'ALLOW' },
    { kind: 'check' },
    { code: 'SLIPPAGE' },
    { symbol: 'ETHUSDT' },
    { detector: 'other' },
  ];
  for (const filter of fits) assert.equal(passes(filter), true, JSON.stringify(filter));
  for (const filter of fails) assert.equal(passes(filter), false, JSON.stringify(filter));
});

test('a code that is not the first violation passes too', () => {
  assert.equal(passes({ code: 'LEVERAGE' }), true);
});

test('the server looks for what it can judge: code, symbol, and outcomes that have one code', () => {
  const asked = (filter: Partial<DecisionFilter>) => decisionQuery({ ...noDecisionFilter, ...filter });
  const kind = 'REQUEST_DECIDED';
  assert.deepEqual(asked({ code: 'LEVERAGE', symbol: 'BTCUSDT' }), { kind, code: 'LEVERAGE', symbol: 'BTCUSDT' });
  assert.deepEqual(asked({ outcome: 'ALLOW' }), { kind, code: 'OK' });
  assert.deepEqual(asked({ outcome: 'THROTTLE' }), { kind, code: 'ORDER_RATE' });
  assert.deepEqual(asked({ outcome: 'BLOCK', code: 'SPREAD' }), { kind, code: 'SPREAD' });
  assert.deepEqual(asked({ outcome: 'BLOCK', detector: 'momentum' }), { kind });
});

test('exits and checks are told from entries', () => {
  const exit = { ...record, data: { ...record.data, exit: true } };
  const check = { ...record, data: { ...record.data, check: true } };
  assert.equal(passes({ kind: 'exit' }, exit), true);
  assert.equal(passes({ kind: 'check' }, check), true);
  assert.equal(passes({ kind: 'entry' }, check), false);
});

test('no other kind of record passes', () => {
  assert.equal(passes({}, { ...record, kind: 'ORDER_SENT' }), false);
});

test('a filter survives its way through the address', () => {
  const filter: DecisionFilter = { outcome: 'BLOCK', kind: 'exit', code: 'SPREAD', symbol: 'BTCUSDT', detector: 'a b' };
  assert.deepEqual(readDecisionFilter(writeDecisionFilter(filter)), filter);
  assert.equal(countDecisionFilters(filter), 5);
  assert.deepEqual(readDecisionFilter({ outcome: 'MAYBE', request: 'x' }), noDecisionFilter);
});
