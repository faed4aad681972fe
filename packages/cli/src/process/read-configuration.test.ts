import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultOptions } from '@inspector/contract';
import { readConfiguration } from './read-configuration.ts';

const example = { tradeSettings: { maxPositionHoldTime: 1800 } };
const holdTimeOf = (connectors: string): number =>
  readConfiguration({ CONNECTORS: connectors }, example).options.tradeSettings.maxPositionHoldTime;

test('the example’s limits are for the simulated market; with a live venue the defaults hold', () => {
  assert.equal(holdTimeOf('paper'), 1800);
  assert.equal(holdTimeOf('ccxt:binance:futures'), defaultOptions.tradeSettings.maxPositionHoldTime);
  assert.equal(holdTimeOf('paper,ccxt:binance:futures'), defaultOptions.tradeSettings.maxPositionHoldTime);
});
