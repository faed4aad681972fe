import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatCount, formatDuration, formatNumber, formatResultUsd, formatUsd } from './numbers.ts';

test('counts and money have separators', () => {
  assert.equal(formatCount(1_234_567), '1,234,567');
  assert.equal(formatUsd(1234.5), '1,234.50 USD');
});

test('a result bears its sign, zero none', () => {
  assert.deepEqual([1.2, -0.85, 0].map(formatResultUsd), ['+1.20 USD', '-0.85 USD', '0.00 USD']);
});

test('prices and quantities have no digits made up', () => {
  assert.deepEqual([63_700.5, 0.003, 0.1 + 0.2, 543.1].map(formatNumber), ['63,700.5', '0.003', '0.3', '543.1']);
});

test('durations change their unit', () => {
  assert.deepEqual([0, 999, 1_000, 4_240, 119_999, 120_000, 7_200_000].map(formatDuration), [
    '0 ms',
    '999 ms',
    '1 s',
    '4.2 s',
    '120 s',
    '2 min',
    '2 h',
  ]);
});

test('sizes change their unit', () => {
  assert.deepEqual([0, 999, 1_000, 3_200_000, 5e12].map(formatBytes), [
    '0 B',
    '999 B',
    '1.0 KB',
    '3.2 MB',
    '5000.0 GB',
  ]);
});
