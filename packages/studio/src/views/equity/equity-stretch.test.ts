import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EquitySummary } from './equity-points.ts';
import { highestOf, stretchWords } from './equity-stretch.ts';

const DAY = 86_400_000;
const now = Date.now();
const summary = (given: Partial<EquitySummary> = {}): EquitySummary => ({
  fromTs: now - 600_000,
  toTs: now,
  firstUsd: 9_996.5,
  lastUsd: 9_997.46,
  lowestUsd: 9_996,
  highestUsd: 9_998,
  changeUsd: 0.96,
  deepestDrawdownPct: 0.1,
  ...given,
});

test('a day of which the beginning is not kept is said to be since the first point', () => {
  const day = { dayStartEquityUsd: 10_000 };
  assert.match(stretchWords('day', summary(), day), /^since \d/);
  assert.equal(stretchWords('day', summary({ firstUsd: 10_000 }), day), 'over the running trading day');
  assert.equal(stretchWords('day', undefined, day), 'over the running trading day');
});

test('a week or a month that begins later is too; all that is kept is all', () => {
  const day = { dayStartEquityUsd: null };
  assert.match(stretchWords('week', summary(), day), /^since \d/);
  assert.equal(stretchWords('week', summary({ fromTs: now - 7 * DAY + 60_000 }), day), 'over the last seven days');
  assert.equal(stretchWords('all', summary(), day), 'over all that is kept');
});

test('the highest is the peak where it rose since the first point, and not one from before', () => {
  assert.equal(highestOf(summary(), { equityUsd: 9_996.5, drawdownPct: 0 }, 9_999), 9_999);
  assert.equal(highestOf(summary(), { equityUsd: 9_996.5, drawdownPct: (1 - 9_996.5 / 9_999) * 100 }, 9_999), 9_998);
  assert.equal(highestOf(summary(), { equityUsd: 9_996.5, drawdownPct: null }, 9_999), 9_998);
  assert.equal(highestOf(summary(), { equityUsd: 9_996.5, drawdownPct: 0 }, null), 9_998);
});
