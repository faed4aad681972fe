import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionSample } from '#data/testing/position-sample.ts';
import { positionRows, positionTotals } from './position-rows.ts';
import { protectionLook, protectionUrgency } from './protection-look.ts';

const naked = {
  state: 'degraded',
  stopOrderId: null,
  takeProfitOrderId: null,
  coveredQuantity: 0,
  nakedQuantity: 1,
  nakedSince: 5,
} as const;
const none = { ...naked, state: 'none', nakedQuantity: 0, nakedSince: null } as const;
const positions = [
  positionSample({ positionId: 'a', symbol: 'BTCUSDT', detectorSysname: 'scalper' }),
  positionSample({ positionId: 'b', symbol: 'ETHUSDT', side: 'SHORT', protection: naked }),
  positionSample({
    positionId: 'c',
    symbol: 'XRPUSDT',
    ownership: 'legacy',
    protection: none,
    unrealizedPnlUsd: null,
    stopLoss: null,
    riskUsd: null,
  }),
];
const idsOf = (filter: 'all' | 'runtime' | 'legacy' | 'naked', text = '') =>
  positionRows(positions, undefined, { filter, text }).map(({ position }) => position.positionId);

test('filters by owner and by what is naked', () => {
  assert.deepEqual(idsOf('all'), ['a', 'b', 'c']);
  assert.deepEqual(idsOf('runtime'), ['a', 'b']);
  assert.deepEqual(idsOf('legacy'), ['c']);
  assert.deepEqual(idsOf('naked'), ['b']);
});

test('every word must be found, in any field and any case', () => {
  assert.deepEqual(idsOf('all', 'usdt short'), ['b']);
  assert.deepEqual(idsOf('all', ' SCALP '), ['a']);
  assert.deepEqual(idsOf('all', 'btc short'), []);
});

test('a stale or missing price is said to be', () => {
  const price = {
    symbol: 'BTCUSDT',
    connectorType: 'paper',
    marketType: 'futures',
    price: 1,
    source: 'mark',
    bestBid: 1,
    bestAsk: 1,
    ts: 1,
    ageMs: 9_000,
    stale: true,
  } as const;
  const [first, second] = positionRows(positions, { 'paper:futures:BTCUSDT': price }, { filter: 'all', text: '' });
  assert.equal(first?.isStale, true);
  assert.equal(second?.isStale, false);
  const [unpriced] = positionRows([positionSample({ markPrice: null })], {}, { filter: 'all', text: '' });
  assert.equal(unpriced?.isStale, true);
});

test('sums leave out what is not known, and say how many', () => {
  const totals = positionTotals(positions);
  assert.deepEqual(totals.counts, { all: 3, runtime: 2, legacy: 1, naked: 1 });
  assert.equal(totals.unrealizedPnlUsd, 2);
  assert.equal(totals.riskUsd, 1);
  assert.equal(totals.unknown, 1);
});

test('what has no stop is counted with its worth, and never as no risk', () => {
  const bare = { ownership: 'legacy', stopLoss: null, riskUsd: null } as const;
  assert.deepEqual(positionTotals(positions).withoutStop, { count: 1, notionalUsd: 101 });
  const legacy = positionTotals([positionSample(bare), positionSample({ ...bare, notionalUsd: 1_100 })]);
  assert.deepEqual([legacy.withoutStop, legacy.riskUsd], [{ count: 2, notionalUsd: 1_201 }, null]);
  assert.equal(positionTotals([positionSample({ ...bare, notionalUsd: null })]).withoutStop.notionalUsd, null);
  assert.deepEqual(positionTotals([positionSample()]).withoutStop, { count: 0, notionalUsd: 0 });
});

test('a legacy position is never said to be naked or unprotected by fault', () => {
  assert.equal(protectionLook(positionSample({ ownership: 'legacy', protection: naked })).name, 'Legacy');
  assert.equal(positionTotals([positionSample({ ownership: 'legacy', protection: naked })]).counts.naked, 0);
});

test('the most urgent protection sorts highest', () => {
  const [safe, bare, legacy] = positions.map(protectionUrgency);
  assert.ok((bare ?? 0) > (legacy ?? 0) && (legacy ?? 0) > (safe ?? 0));
});
