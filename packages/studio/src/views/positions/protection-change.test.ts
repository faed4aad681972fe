import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionSample } from '#data/testing/position-sample.ts';
import { parseAmount, riskAtStop, stopChange, targetChange } from './protection-change.ts';

const long = positionSample({ side: 'LONG', entryPrice: 100, markPrice: 101, stopLoss: 99, takeProfit: 103 });
const short = positionSample({ side: 'SHORT', entryPrice: 100, markPrice: 99, stopLoss: 101, takeProfit: 97 });

test('a stop nearer to the price is free, one farther away is looser, for both sides', () => {
  assert.deepEqual(stopChange(long, '99.5'), { kind: 'free', price: 99.5 });
  assert.deepEqual(stopChange(long, '98.99'), { kind: 'looser', price: 98.99 });
  assert.deepEqual(stopChange(short, '100.5'), { kind: 'free', price: 100.5 });
  assert.deepEqual(stopChange(short, '101.01'), { kind: 'looser', price: 101.01 });
});

test('a stop at the price or beyond it is on the wrong side', () => {
  assert.equal(stopChange(long, '101').kind, 'wrong-side');
  assert.equal(stopChange(long, '100.99').kind, 'free');
  assert.equal(stopChange(short, '99').kind, 'wrong-side');
  assert.equal(stopChange(short, '99.01').kind, 'free');
});

test('the first stop of a position is free', () => {
  assert.equal(stopChange({ ...long, stopLoss: null }, '50').kind, 'free');
});

test('a target may move either way on its side of the price', () => {
  assert.equal(targetChange(long, '102').kind, 'free');
  assert.equal(targetChange(long, '110').kind, 'free');
  assert.equal(targetChange(long, '101').kind, 'wrong-side');
  assert.equal(targetChange(short, '98').kind, 'free');
  assert.equal(targetChange(short, '99').kind, 'wrong-side');
});

test('what is in force and an empty field change nothing', () => {
  for (const typed of ['', '  ', '99', '99.00']) assert.equal(stopChange(long, typed).kind, 'unchanged', typed);
  assert.equal(targetChange(long, '103').kind, 'unchanged');
});

test('without a price only the direction of the change is judged', () => {
  assert.equal(stopChange({ ...long, markPrice: null }, '120').kind, 'free');
  assert.equal(stopChange({ ...long, markPrice: null }, '90').kind, 'looser');
});

test('amounts are read with or without grouping, and nothing else is', () => {
  assert.equal(parseAmount('61,234.5'), 61234.5);
  assert.equal(parseAmount(' 0.01 '), 0.01);
  assert.equal(parseAmount('.5'), 0.5);
  for (const typed of ['', '.', '0', '-1', '1e3', '61.234,5', '1,23', '12 3', 'abc', '1,234,56']) {
    assert.equal(parseAmount(typed), null, typed);
  }
  assert.equal(stopChange(long, '1,5').kind, 'unreadable');
});

test('a stop beyond entry risks nothing', () => {
  assert.equal(riskAtStop(positionSample({ quantity: 2, entryPrice: 100 }), 99), 2);
  assert.equal(riskAtStop(positionSample({ quantity: 2, entryPrice: 100 }), 100), 0);
  assert.equal(riskAtStop(positionSample({ quantity: 2, entryPrice: 100 }), 101), 0);
  assert.equal(riskAtStop(positionSample({ side: 'SHORT', quantity: 2, entryPrice: 100 }), 101), 2);
});
