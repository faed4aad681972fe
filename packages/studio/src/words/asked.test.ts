import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedWords, isRefusal } from './asked.ts';

const asked = (kind: 'entry' | 'exit' | 'check', request: Record<string, unknown>, symbol = 'BTCUSDT') =>
  askedWords({ kind, symbol, side: 'LONG', request });

test('a request is told as it was asked, with the size that it named', () => {
  assert.equal(asked('entry', { quantity: 0.5 }), 'Open LONG 0.5 BTCUSDT');
  assert.equal(asked('entry', { sizePercent: 3.28 }), 'Open LONG 3.28 % of equity in BTCUSDT');
  assert.equal(asked('exit', {}), 'Close LONG BTCUSDT');
  assert.equal(asked('check', { quantity: 'much' }, ''), 'Check LONG an unnamed symbol');
});

test('neither what was let in nor a mere check is a refusal', () => {
  const refusal = (kind: 'REQUEST_DECIDED' | 'ORDER_SENT', data: Record<string, unknown>) => isRefusal({ kind, data });
  assert.equal(refusal('REQUEST_DECIDED', { decision: 'BLOCK' }), true);
  assert.equal(refusal('REQUEST_DECIDED', { decision: 'THROTTLE' }), true);
  assert.equal(refusal('REQUEST_DECIDED', { decision: 'ALLOW' }), false);
  assert.equal(refusal('REQUEST_DECIDED', { decision: 'BLOCK', check: true }), false);
  assert.equal(refusal('ORDER_SENT', { decision: 'BLOCK' }), false);
});
