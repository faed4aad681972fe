import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shadowPicture, shadowSentence } from './shadow-words.ts';

const verdict = (decision: string, code: string) => ({ decision, code });
const comparison = {
  requests: {
    total: 10,
    differing: 3,
    unlisted: 0,
    data: [
      { requestId: 'a', base: verdict('BLOCK', 'LEVERAGE'), other: verdict('ALLOW', 'OK') },
      { requestId: 'b', base: verdict('ALLOW', 'OK'), other: verdict('BLOCK', 'SPREAD') },
      { requestId: 'c', base: verdict('BLOCK', 'LEVERAGE'), other: verdict('BLOCK', 'SPREAD') },
    ],
  },
  trips: { base: [{ code: 'DAILY_LOSS' }], other: [{ code: 'DAILY_LOSS' }, { code: 'DAILY_LOSS' }], unlisted: 0 },
  closedTrades: { base: 4, other: 3, difference: -1 },
  realizedPnlUsd: { base: -20, other: -5, difference: 15 },
  maxDrawdownPct: { base: 2, other: 1, difference: -1 },
};

test('a comparison is put into a sentence', () => {
  const picture = shadowPicture(comparison);
  assert.ok(picture !== null);
  assert.equal(
    shadowSentence(picture),
    '3 of 10 requests would have been decided differently: 1 refusal would have been let through, 1 entry would have been refused, 1 refusal would have had another reason.',
  );
  assert.deepEqual(picture.trips, [{ code: 'DAILY_LOSS', before: 1, after: 2 }]);
  assert.deepEqual(picture.realizedPnlUsd, { before: -20, after: -5 });
});

test('nothing to compare and nothing that differs are said apart', () => {
  const none = shadowPicture({ requests: { total: 0, differing: 0, data: [] } });
  const same = shadowPicture({ requests: { total: 7, differing: 0, data: [] } });
  assert.ok(none !== null && same !== null);
  assert.match(shadowSentence(none), /nothing to compare/);
  assert.match(shadowSentence(same), /All 7 requests/);
});

test('an answer without a comparison gives none', () => {
  for (const answer of [undefined, null, 1, []]) assert.equal(shadowPicture(answer), null);
});
