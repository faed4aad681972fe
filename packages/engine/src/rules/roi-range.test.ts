import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, skippedOf } from '#testing/bench.ts';

const bench = () =>
  openBench({ options: { strategyLogic: { minROIThreshold: 1, maxROIThreshold: 5 } } }).price('ETHUSDT', 2000);
const decide = (request: object) => bench().check({ quantity: 1, price: 2000, ...request }).code;

test('passes at both ends, refuses with ROI_RANGE below and above them', () => {
  assert.equal(decide({ expectedRoiPercent: 0.99 }), 'ROI_RANGE');
  assert.equal(decide({ expectedRoiPercent: 1 }), 'OK');
  assert.equal(decide({ expectedRoiPercent: 5 }), 'OK');
  assert.equal(decide({ expectedRoiPercent: 5.01 }), 'ROI_RANGE');
});

test('is the distance to the target where no value is given', () => {
  assert.equal(decide({ takeProfit: 2019 }), 'ROI_RANGE');
  assert.equal(decide({ takeProfit: 2020 }), 'OK');
  assert.equal(decide({ takeProfit: 2100.1 }), 'ROI_RANGE');
  assert.equal(decide({ takeProfit: 2001, expectedRoiPercent: 2 }), 'OK', 'a given value comes first');
});

test('is skipped without a value', () => {
  assert.deepEqual(skippedOf(bench().check({ quantity: 1, price: 2000 })), ['ROI_RANGE']);
});
