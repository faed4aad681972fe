import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatDuration,
  formatGivenPrice,
  formatInUnit,
  formatMoney,
  formatPercent,
  formatPrice,
  formatQuantity,
  formatReading,
  formatRoughly,
  formatShort,
  formatWholeTime,
  zoneName,
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

test('a price as it was given keeps its digits, and loses what computing left behind', () => {
  assert.equal(formatGivenPrice(15_716.309), '15,716.309');
  assert.equal(formatGivenPrice(60_000 * 1.1), '66,000');
  assert.equal(formatGivenPrice(0.00001234), '0.00001234');
});

test('the zone of times is named once, as it was at that time', () => {
  const before = process.env.TZ;
  const winter = Date.UTC(2026, 0, 15, 12);
  try {
    const names = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'].map((zone) => {
      process.env.TZ = zone;
      return zoneName(winter);
    });
    assert.deepEqual(names, ['UTC', 'UTC+1', 'UTC+5:30', 'UTC−5']);
    process.env.TZ = 'Europe/Berlin';
    assert.equal(zoneName(Date.UTC(2026, 6, 15)), 'UTC+2');
    assert.equal(formatWholeTime(winter + 22_123), '15 Jan 2026 13:00:22.123, UTC+1');
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});
