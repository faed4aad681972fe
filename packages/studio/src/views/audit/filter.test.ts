import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import {
  type AuditFilter,
  countFilters,
  isJudgedHere,
  matcherOf,
  noFilter,
  readFilter,
  serverQueryOf,
  writeFilter,
} from './filter.ts';

const record: AuditRecord = {
  seq: 7,
  ts: 1_000,
  kind: 'REQUEST_DECIDED',
  code: 'SPREAD',
  severity: 'warn',
  accountKey: 'paper:futures',
  symbol: 'BTCUSDT',
  traceId: 'trace-1',
  message: 'The spread is 1.2 % of mid.',
  data: { request: { detectorSysname: 'Momentum' } },
  epoch: 1,
};

const passes = (filter: Partial<AuditFilter>): boolean => matcherOf({ ...noFilter, ...filter })(record);

test('without a filter everything passes', () => {
  assert.equal(passes({}), true);
  assert.equal(countFilters(noFilter), 0);
});

test('each field lets through what fits and nothing else', () => {
  const fits: Partial<AuditFilter>[] = [
    { kinds: ['STARTED', 'REQUEST_DECIDED'] },
    { severity: 'warn' },
    { code: 'SPREAD' },
    { symbol: 'BTCUSDT' },
    { accountKey: 'paper:futures' },
    { traceId: 'trace-1' },
    { text: 'momentum  SPREAD' },
    { from: 1_000 },
    { to: 1_000 },
  ];
  const fails: Partial<AuditFilter>[] = [
    { kinds: ['STARTED'] },
    { severity: 'critical' },
    { code: 'SLIPPAGE' },
    { symbol: 'BTC' },
    { accountKey: 'paper' },
    { positionId: 'p-1' },
    { traceId: 'trace' },
    { text: 'momentum slippage' },
    { from: 1_001 },
    { to: 999 },
  ];
  for (const filter of fits) assert.equal(passes(filter), true, JSON.stringify(filter));
  for (const filter of fails) assert.equal(passes(filter), false, JSON.stringify(filter));
});

test('the server gets what it can judge; the rest is judged in the page', () => {
  const one: AuditFilter = { ...noFilter, kinds: ['STARTED'], symbol: 'BTCUSDT', from: 5 };
  assert.deepEqual(serverQueryOf(one), { kind: 'STARTED', symbol: 'BTCUSDT', from: 5 });
  assert.equal(isJudgedHere(one), false);
  const two: AuditFilter = { ...noFilter, kinds: ['STARTED', 'STOPPED'] };
  assert.deepEqual(serverQueryOf(two), {});
  assert.equal(isJudgedHere(two), true);
  assert.equal(isJudgedHere({ ...noFilter, text: ' ' }), false);
  assert.equal(isJudgedHere({ ...noFilter, severity: 'warn' }), true);
});

test('a filter survives its way through the address', () => {
  const filter: AuditFilter = {
    kinds: ['ORDER_SENT', 'ORDER_RESULT'],
    severity: 'warn',
    code: 'STOP',
    symbol: 'ETHUSDT',
    accountKey: 'paper:futures',
    positionId: 'p 1',
    traceId: 't&1',
    text: 'a b',
    from: 1,
    to: 2,
  };
  const params = Object.entries(writeFilter(filter)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const address = new URLSearchParams(params).toString();
  assert.deepEqual(readFilter(Object.fromEntries(new URLSearchParams(address))), filter);
  assert.equal(countFilters(filter), 10);
});

test('what an address names wrongly is left out', () => {
  assert.deepEqual(readFilter({ kind: 'NO_SUCH,STARTED', severity: 'loud', from: 'x', to: '-1' }), {
    ...noFilter,
    kinds: ['STARTED'],
  });
});
