import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatDuration,
  formatInUnit,
  formatMoney,
  formatPercent,
  formatPrice,
  formatQuantity,
  formatReading,
  formatRoughly,
  formatShort,
} from './format.ts';

test('money has two digits, a true minus, and a plus only where it is asked for and not nought', () => {
  assert.equal(formatMoney(1234.5), '1,234.50');
  assert.equal(formatMoney(-0.5), '−0.50');
  assert.equal(formatMoney(12, { sign: true }), '+12.00');
  assert.equal(formatMoney(0.001, { sign: true }), '0.00');
  assert.equal(formatMoney(-0.001, { sign: true }), '0.00');
});

test('what is not known is a dash and never nought', () => {
  for (const value of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const format of [formatMoney, formatPercent, formatPrice, formatQuantity, formatDuration, formatShort]) {
      assert.equal(format(value), '–');
    }
    assert.equal(formatInUnit(value, 'USD'), '–');
  }
});

test('a price has the digits of its tick, or of its size', () => {
  assert.equal(formatPrice(63724.7, 0.1), '63,724.7');
  assert.equal(formatPrice(14.1, 0.001), '14.100');
  assert.equal(formatPrice(63724.74), '63,724.7');
  assert.equal(formatPrice(0.5504), '0.55040');
});

test('a span is written with its two largest units', () => {
  assert.deepEqual(
    [850, 12_000, 245_000, 12_000_000, 187_200_000].map((ms) => formatDuration(ms)),
    ['850 ms', '12 s', '4 min 05 s', '3 h 20 min', '2 d 4 h'],
  );
  assert.deepEqual(
    [12_000, 245_000, 12_000_000].map((ms) => formatRoughly(ms)),
    ['12 s', '4 min', '3 h'],
  );
});

test("the server's units are written as people write them", () => {
  assert.equal(formatInUnit(4, 'count'), '4');
  assert.equal(formatInUnit(16.04, 's'), '16 s');
  assert.equal(formatInUnit(0.65116279, 'ratio'), '0.6512');
  assert.equal(formatInUnit(0.001, 'base'), '0.001 base');
  assert.equal(formatReading(0.0678, 5, '%'), '0.07 of 5 %');
  assert.equal(formatReading(320.1, 999.4, 'USD'), '320.10 of 999.40 USD');
  assert.equal(formatReading(null, 4, 'count'), '– of 4');
});
