import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

/** 2024-08-08 is a Thursday. */
const at = (time: string) => Date.parse(`2024-08-08T${time}Z`);
function decideAt(start: number, window: object, zone?: { name: string; starts: number[]; offsetsMs: number[] }) {
  const bench = openBench({ start, options: { noTradeWindows: [window] }, ...(zone === undefined ? {} : { zone }) });
  return bench.price('ETHUSDT', 2000).open({ quantity: 1 }).code;
}

test('refuses with NO_TRADE_WINDOW from from, included, to to, excluded', () => {
  const window = { days: 'all', from: '12:00', to: '13:00' };
  assert.equal(decideAt(at('11:59:59.999'), window), 'OK');
  assert.equal(decideAt(at('12:00:00'), window), 'NO_TRADE_WINDOW');
  assert.equal(decideAt(at('12:59:59.999'), window), 'NO_TRADE_WINDOW');
  assert.equal(decideAt(at('13:00:00'), window), 'OK');
});

test('passes on other days', () => {
  assert.equal(decideAt(at('12:30:00'), { days: ['thu'], from: '12:00', to: '13:00' }), 'NO_TRADE_WINDOW');
  assert.equal(decideAt(at('12:30:00'), { days: ['wed', 'fri'], from: '12:00', to: '13:00' }), 'OK');
});

test('a window across midnight belongs to the day it began', () => {
  const thursday = { days: ['thu'], from: '22:00', to: '02:00' };
  assert.equal(decideAt(at('01:00:00'), thursday), 'OK', 'that hour is Wednesday night');
  assert.equal(decideAt(at('22:00:00'), thursday), 'NO_TRADE_WINDOW');
  assert.equal(decideAt(at('01:59:59.999') + 86_400_000, thursday), 'NO_TRADE_WINDOW');
  assert.equal(decideAt(at('02:00:00') + 86_400_000, thursday), 'OK');
});

test('hours are those of the time zone', () => {
  const tokyo = { name: 'Asia/Tokyo', starts: [-8.64e15], offsetsMs: [9 * 3_600_000] };
  const window = { days: ['fri'], from: '00:00', to: '01:00' };
  assert.equal(decideAt(at('15:30:00'), window, tokyo), 'NO_TRADE_WINDOW', 'Thursday 15:30 UTC is Friday 00:30 there');
  assert.equal(decideAt(at('16:00:00'), window, tokyo), 'OK');
});
