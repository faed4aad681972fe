import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stopOrigin } from './stop-origin.ts';

const unarmed = { armed: false, price: null };
const still = { armed: false, peak: null, stop: null };
type Position = Parameters<typeof stopOrigin>[0];
const position = (given: Partial<Position>): Position => ({
  side: 'LONG',
  stopLoss: 99.5,
  breakeven: unarmed,
  trailing: still,
  ...given,
});

test('a position without a stop has none, whatever is armed', () => {
  assert.equal(stopOrigin(position({ stopLoss: null, breakeven: { armed: true, price: 100 } })), 'none');
});

test('the stop of the options or of a person is fixed', () => {
  assert.equal(stopOrigin(position({ stopLoss: 99.5, breakeven: unarmed, trailing: still })), 'fixed');
});

test('a stop at the breakeven price is the breakeven stop', () => {
  assert.equal(stopOrigin(position({ stopLoss: 100.1, breakeven: { armed: true, price: 100.1 } })), 'breakeven');
});

test('of breakeven and trail the tighter is in force, for both sides', () => {
  const trailing = { armed: true, peak: 110, stop: 108.35 };
  assert.equal(
    stopOrigin(position({ stopLoss: 108.36, breakeven: { armed: true, price: 100.1 }, trailing })),
    'trailing',
  );
  assert.equal(
    stopOrigin(
      position({
        side: 'SHORT',
        stopLoss: 91.3,
        breakeven: { armed: true, price: 99.9 },
        trailing: { armed: true, peak: 90, stop: 91.35 },
      }),
    ),
    'fixed',
  );
});

test('a stop tightened by hand beyond every candidate is fixed', () => {
  assert.equal(stopOrigin(position({ stopLoss: 109.5, trailing: { armed: true, peak: 110, stop: 108.35 } })), 'fixed');
});
