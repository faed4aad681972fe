import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiquiditySnapshot, PriceSnapshot } from '@inspector/contract';
import { calmCondition } from './market-conditions.ts';
import { filterCounts, filteredRows, isStale, marketRows } from './market-rows.ts';

const price = (symbol: string, given: Partial<PriceSnapshot> = {}): PriceSnapshot => ({
  symbol,
  connectorType: 'paper',
  marketType: 'futures',
  price: 100,
  source: 'mark',
  bestBid: 99,
  bestAsk: 101,
  ts: 1,
  ageMs: 10,
  stale: false,
  ...given,
});
const book = (symbol: string): LiquiditySnapshot => ({
  symbol,
  connectorType: 'paper',
  marketType: 'futures',
  bestBid: 1,
  bestAsk: 2,
  spreadPct: 1,
  topDepthUsd: 3,
  imbalance: 0,
  ts: 1,
});
const rows = marketRows({
  prices: {
    'paper:futures:BTCUSDT': price('BTCUSDT'),
    'paper:futures:ETHUSDT': price('ETHUSDT', { stale: true, source: 'trade' }),
  },
  liquidity: { 'paper:futures:BTCUSDT': book('BTCUSDT'), 'paper:futures:XRPUSDT': book('XRPUSDT') },
  conditions: new Map([
    [
      'paper:futures:BTCUSDT',
      {
        ...calmCondition,
        regime: { regime: 'RANGE', strength: 0, since: 1 },
        counts: { ...calmCondition.counts, DATA_GAP: 1 },
      },
    ],
  ]),
});
const namesOf = (found: readonly { symbol: string }[]) => found.map(({ symbol }) => symbol);

test('a symbol with a price or a book has a row, one with both a single one', () => {
  assert.deepEqual(namesOf(rows), ['BTCUSDT', 'ETHUSDT', 'XRPUSDT']);
  assert.equal(rows[0]?.book?.topDepthUsd, 3);
  assert.equal(rows[1]?.book, undefined);
});

test('a stale price and a missing one are stale', () => {
  assert.deepEqual(rows.map(isStale), [false, true, true]);
  assert.deepEqual(namesOf(filteredRows(rows, 'stale', '')), ['ETHUSDT', 'XRPUSDT']);
});

test('the filter for events takes symbols with any of them', () => {
  assert.deepEqual(namesOf(filteredRows(rows, 'events', '')), ['BTCUSDT']);
  assert.deepEqual(filterCounts(rows), { all: 3, stale: 2, events: 1 });
});

test('words are found in key, source and regime, all of them', () => {
  assert.deepEqual(namesOf(filteredRows(rows, 'all', 'futures RANGE')), ['BTCUSDT']);
  assert.deepEqual(namesOf(filteredRows(rows, 'all', 'trade')), ['ETHUSDT']);
  assert.deepEqual(namesOf(filteredRows(rows, 'all', 'btc trade')), []);
});
