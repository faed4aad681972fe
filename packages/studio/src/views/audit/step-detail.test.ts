import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditKind, AuditRecord } from '@inspector/contract';
import { stepDetail } from './step-detail.ts';

const MESSAGE = 'STOP STOP_MARKET BUY 543.1 XRPUSDT: NEW.';
const detailOf = (kind: AuditKind, data: Record<string, unknown>): string =>
  stepDetail({
    seq: 1,
    ts: 1,
    kind,
    code: 'NEW',
    severity: 'info',
    symbol: 'XRPUSDT',
    traceId: 't',
    message: MESSAGE,
    data,
    epoch: 1,
  } satisfies AuditRecord);

test('an order is told in words, with its terms and what was filled', () => {
  const stop = { purpose: 'STOP', side: 'BUY', type: 'STOP_MARKET', quantity: 543.1, stopPrice: 2.2139 };
  assert.equal(
    detailOf('ORDER_RESULT', { ...stop, quantityExecuted: 0, priceExecuted: 0 }),
    'Buy 543.1 XRPUSDT at market when the price reaches 2.2139.',
  );
  const entry = { purpose: 'ENTRY', side: 'SELL', type: 'MARKET', quantity: 1543.1 };
  assert.equal(detailOf('ORDER_SENT', entry), 'Sell 1,543.1 XRPUSDT at market.');
  assert.equal(
    detailOf('ORDER_RESULT', { ...entry, quantityExecuted: 1000, priceExecuted: 2.2 }),
    'Sell 1,543.1 XRPUSDT at market, 1,000 filled at 2.2.',
  );
  assert.equal(detailOf('ORDER_INTENT', { ...entry, type: 'LIMIT', price: 2.25 }), 'Sell 1,543.1 XRPUSDT at 2.25.');
});

test('what is not an order, or not understood, is what the record says', () => {
  assert.equal(detailOf('POSITION_OPENED', { side: 'BUY', quantity: 1 }), MESSAGE);
  assert.equal(detailOf('ORDER_UNKNOWN', { side: 'BUY', quantity: 1, type: 'MARKET' }), MESSAGE);
  assert.equal(detailOf('ORDER_SENT', { purpose: 'CANCEL', side: 'BUY', quantity: 1 }), MESSAGE);
  assert.equal(detailOf('ORDER_RESULT', { side: 'BUY', quantity: 1, type: 'MARKET', status: 'REJECTED' }), MESSAGE);
  assert.equal(detailOf('ORDER_RESULT', { side: 7 }), MESSAGE);
});
