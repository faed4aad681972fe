import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditKind, AuditRecord } from '@inspector/contract';
import { mergeRecords } from '#data/merge-records.ts';
import { isOfPosition, positionEvent } from './position-events.ts';

const record = (kind: AuditKind, code: string, data: Record<string, unknown> = {}, seq = 1): AuditRecord => ({
  seq,
  ts: 1_000 + seq,
  kind,
  code,
  severity: 'info',
  accountKey: 'paper:futures',
  symbol: 'BTCUSDT',
  traceId: 't',
  message: 'said so',
  data,
  epoch: 1,
});

test('an allowed entry points the way it trades, an exit the other way', () => {
  const entry = positionEvent(record('REQUEST_DECIDED', 'OK', { decision: 'ALLOW', request: { side: 'LONG' } }));
  assert.equal(entry?.title, 'Allowed entry');
  assert.equal(entry?.direction, 'up');
  const exit = positionEvent(
    record('REQUEST_DECIDED', 'OK', { decision: 'ALLOW', exit: true, request: { side: 'LONG' } }),
  );
  assert.equal(exit?.direction, 'down');
});

test('a refusal names its code, and the price that it was judged by', () => {
  const data = { decision: 'BLOCK', request: { side: 'SHORT' }, inputs: { price: 61_000 } };
  const refused = positionEvent(record('REQUEST_DECIDED', 'DAILY_LOSS', data));
  assert.equal(refused?.title, 'Refused entry: DAILY_LOSS');
  assert.equal(refused?.tone, 'alert');
  assert.equal(refused?.price, 61_000);
});

test('a request that is no request has no direction', () => {
  assert.equal(positionEvent(record('REQUEST_DECIDED', 'REQUEST_INVALID', { decision: 'BLOCK' }))?.direction, null);
});

const order = { purpose: 'ENTRY', side: 'BUY', quantityExecuted: 0.5, priceExecuted: 100 };

test('fills are events, whole or in part; working orders are not', () => {
  assert.equal(positionEvent(record('ORDER_RESULT', 'FILLED', { ...order, status: 'FILLED' }))?.title, 'Fill of entry');
  const part = positionEvent(record('ORDER_RESULT', 'PARTIALLY_FILLED', { ...order, status: 'PARTIALLY_FILLED' }));
  assert.equal(part?.title, 'Fill of entry, in part');
  assert.equal(part?.quantity, 0.5);
  assert.equal(
    positionEvent(record('ORDER_RESULT', 'NEW', { ...order, status: 'NEW', quantityExecuted: 0 })),
    undefined,
  );
});

test('a fill without a price has none, and never 0', () => {
  const fill = positionEvent(record('ORDER_RESULT', 'FILLED', { ...order, status: 'FILLED', priceExecuted: 0 }));
  assert.equal(fill?.price, null);
});

test('a rejected order is said to be', () => {
  const event = positionEvent(record('ORDER_RESULT', 'REJECTED', { ...order, status: 'REJECTED', purpose: 'STOP' }));
  assert.equal(event?.title, 'Rejected: stop order');
  assert.equal(event?.tone, 'bad');
});

test('stops and targets are told apart', () => {
  const data = { price: 99, quantity: 1, clientOrderId: 'c' };
  assert.equal(positionEvent(record('PROTECTION_MOVED', 'STOP', data))?.title, 'Stop moved');
  assert.equal(positionEvent(record('PROTECTION_PLACED', 'TARGET', data))?.title, 'Target works');
  assert.equal(positionEvent(record('PROTECTION_FAILED', 'STOP', data))?.tone, 'bad');
});

test('kinds that say nothing about a position are left out', () => {
  assert.equal(positionEvent(record('OPTIONS_CHANGED', 'OK')), undefined);
});

test('a record of another account or symbol is of another position', () => {
  const position = { accountKey: 'paper:futures', symbol: 'BTCUSDT' };
  assert.equal(isOfPosition(record('POSITION_OPENED', 'RUNTIME'), position), true);
  assert.equal(isOfPosition({ ...record('POSITION_OPENED', 'RUNTIME'), symbol: 'ETHUSDT' }, position), false);
  assert.equal(isOfPosition({ ...record('POSITION_OPENED', 'RUNTIME'), accountKey: 'x:y' }, position), false);
});

test('two sources of records are one list, newest first, each once, no longer than asked', () => {
  const of = (seq: number) => record('CHECKPOINT', 'OK', {}, seq);
  const merged = mergeRecords([of(4), of(3)], [of(3), of(2), of(1)]);
  assert.deepEqual(
    merged.map(({ seq }) => seq),
    [4, 3, 2, 1],
  );
  assert.equal(mergeRecords([of(4)], [of(3), of(2)], 2).at(-1)?.seq, 3);
});
