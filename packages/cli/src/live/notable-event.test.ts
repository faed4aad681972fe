import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { notableEvent } from './notable-event.ts';

const record = (fields: Partial<AuditRecord> & { data?: object }): AuditRecord =>
  ({
    seq: 9,
    ts: 5,
    severity: 'info',
    traceId: 't',
    epoch: 1,
    message: 'the message',
    data: {},
    ...fields,
  }) as AuditRecord;

const text = (fields: Parameters<typeof record>[0]) => {
  const event = notableEvent(record(fields));
  return event && `${event.tag} ${event.text} (${event.tone})`;
};

test('decisions say what was asked for and, when refused, why', () => {
  const decided = { kind: 'REQUEST_DECIDED', symbol: 'BTCUSDT' } as const;
  const request = { side: 'LONG' };
  assert.equal(text({ ...decided, code: 'OK', data: { decision: 'ALLOW', request } }), 'ALLOW LONG BTCUSDT (good)');
  assert.equal(
    text({ ...decided, code: 'SPREAD', data: { decision: 'BLOCK', request, check: true } }),
    'BLOCK LONG BTCUSDT (check) · SPREAD · the message (attention)',
  );
  assert.equal(
    text({ ...decided, code: 'NO_POSITION', data: { decision: 'BLOCK', request, exit: true } }),
    'BLOCK exit LONG BTCUSDT · NO_POSITION · the message (attention)',
  );
});

test('positions say size, price and result', () => {
  const position = {
    symbol: 'BTCUSDT',
    side: 'SHORT',
    quantity: 0.003,
    entryPrice: 63_700.5,
    notionalUsd: 191.1,
    ownership: 'runtime',
  };
  assert.equal(
    text({ kind: 'POSITION_OPENED', code: 'RUNTIME', data: position }),
    'OPENED SHORT 0.003 BTCUSDT at 63,700.5 · 191.10 USD (plain)',
  );
  assert.match(
    text({ kind: 'POSITION_OPENED', code: 'LEGACY', data: { ...position, ownership: 'legacy' } })!,
    /legacy: watched, not touched/,
  );
  const closed = { ...position, exitPrice: 63_000, realizedPnlUsd: 2.1, feesUsd: 0.1 };
  assert.equal(
    text({ kind: 'POSITION_CLOSED', code: 'TAKE_PROFIT', data: closed }),
    'CLOSED SHORT BTCUSDT at 63,000 by TAKE_PROFIT · +2.10 USD (good)',
  );
});

test('a stop that works and one that moved are told; targets placed and unchanged prices are not', () => {
  const placed = {
    kind: 'PROTECTION_PLACED',
    symbol: 'BTCUSDT',
    data: { price: 99.5, quantity: 2, clientOrderId: 'i' },
  } as const;
  assert.equal(text({ ...placed, code: 'STOP' }), 'PROTECTED BTCUSDT stop 99.5 works at the venue for 2 (good)');
  assert.equal(text({ ...placed, code: 'TARGET' }), undefined);
  const moved = { kind: 'PROTECTION_MOVED', code: 'STOP', symbol: 'BTCUSDT' } as const;
  assert.equal(
    text({ ...moved, data: { price: 100, previousPrice: 99.5, quantity: 2, clientOrderId: 'i' } }),
    'MOVED BTCUSDT stop 99.5 → 100 (plain)',
  );
  assert.equal(
    text({ ...moved, data: { price: 100, previousPrice: 100, quantity: 2, clientOrderId: 'i' } }),
    undefined,
  );
});

test('a kill says its phase and what is left', () => {
  const data = { scope: 'global', remaining: { orders: 2, positions: 1 } };
  assert.equal(
    text({ kind: 'KILL_SWITCH', code: 'CLOSING', data }),
    'KILL CLOSING global · 2 orders, 1 positions left (alarm)',
  );
  assert.match(text({ kind: 'KILL_SWITCH', code: 'VERIFIED_FLAT', data })!, /\(good\)$/);
});

test('an alert is told once: not when its record is, always as a reminder', () => {
  assert.equal(text({ kind: 'ALERT_SENT', code: 'DRAWDOWN', data: { reminder: false } }), undefined);
  assert.equal(text({ kind: 'ALERT_SENT', code: 'KILL_SWITCH_STUCK', data: { reminder: false } }), undefined);
  assert.equal(
    text({ kind: 'ALERT_SENT', code: 'EQUITY_UNKNOWN', data: { reminder: false } }),
    'ALERT EQUITY_UNKNOWN: the message (alarm)',
  );
  assert.equal(
    text({ kind: 'ALERT_SENT', code: 'DRAWDOWN', data: { reminder: true } }),
    'REMINDER the message (alarm)',
  );
});

test('what only the audit needs is left to it', () => {
  for (const kind of ['ORDER_INTENT', 'ORDER_SENT', 'ORDER_RESULT', 'POSITION_UPDATED', 'CHECKPOINT'] as const) {
    assert.equal(text({ kind, code: 'NEW' }), undefined, kind);
  }
});
