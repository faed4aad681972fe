import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EquityPoint, KpiSnapshot } from '@inspector/contract';
import { pointsUntilNow, summaryOf } from './equity-points.ts';
import { equityFrom, isEquityRange, recordsFrom } from './equity-range.ts';

const key = 'paper:futures';
const point = (ts: number, equityUsd: number, drawdownPct: number | null = 0): EquityPoint => ({
  accountKey: key,
  ts,
  equityUsd,
  drawdownPct,
  dailyPnlPct: 0,
  dailyPnlUsd: 0,
  exposureUsd: 50,
});
const kpi = (given: Partial<KpiSnapshot>) =>
  ({
    currentEquityUsd: 110,
    currentDrawdownPct: 1,
    dailyPnlUsd: 10,
    dailyPnlPct: 10,
    equityKnown: true,
    timestamp: 9_000,
    ...given,
  }) as KpiSnapshot;

test('the account as it stands now ends the line', () => {
  const points = pointsUntilNow([point(1_000, 100), point(5_000, 105)], key, kpi({}));
  assert.equal(points.length, 3);
  assert.deepEqual(points.at(-1), { ...point(9_000, 110, 1), dailyPnlPct: 10, dailyPnlUsd: 10 });
});

test('equity that is not known is not drawn', () => {
  assert.equal(pointsUntilNow([point(1_000, 100)], key, kpi({ equityKnown: false })).length, 1);
  assert.equal(pointsUntilNow([point(1_000, 100)], key, kpi({ currentEquityUsd: null })).length, 1);
  assert.deepEqual(pointsUntilNow([], key, undefined), []);
});

test('a reading less than a second after the last point adds none', () => {
  assert.equal(pointsUntilNow([point(8_001, 100)], key, kpi({})).length, 1);
  assert.equal(pointsUntilNow([point(8_000, 100)], key, kpi({})).length, 2);
});

test('of a second the last point stays, and other accounts are left out', () => {
  const points = pointsUntilNow(
    [point(1_000, 1), { ...point(1_100, 7), accountKey: 'other:spot' }, point(1_999, 2), point(2_000, 3)],
    key,
    undefined,
  );
  assert.deepEqual(
    points.map(({ equityUsd }) => equityUsd),
    [2, 3],
  );
});

test('a stretch is summed up by its ends and its extremes', () => {
  assert.deepEqual(summaryOf([point(1, 100, null), point(2, 90, 10), point(3, 120, 0), point(4, 110, 8)]), {
    fromTs: 1,
    toTs: 4,
    firstUsd: 100,
    lastUsd: 110,
    lowestUsd: 90,
    highestUsd: 120,
    changeUsd: 10,
    deepestDrawdownPct: 10,
  });
  assert.equal(summaryOf([]), undefined);
  assert.equal(summaryOf([point(1, 100, null)])?.deepestDrawdownPct, null);
});

test('the day begins where the server says, the other ranges reach back from now', () => {
  const now = 40 * 86_400_000;
  assert.equal(equityFrom('day', now), undefined);
  assert.equal(equityFrom('week', now), 33 * 86_400_000);
  assert.equal(equityFrom('month', now), 10 * 86_400_000);
  assert.equal(equityFrom('all', now), 0);
  assert.equal(recordsFrom('day', now), now - 25 * 3_600_000);
  assert.equal(recordsFrom('all', now), 0);
});

test('a range of the address is taken only when it is one', () => {
  assert.equal(isEquityRange('week'), true);
  assert.equal(isEquityRange('year'), false);
  assert.equal(isEquityRange(undefined), false);
});
