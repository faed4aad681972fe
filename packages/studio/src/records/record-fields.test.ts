import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIELDS_LIMIT, recordFields } from './record-fields.ts';

const written = (key: string, value: unknown): string | undefined => recordFields({ [key]: value })[0]?.value;

test('a value has the unit that its name says', () => {
  assert.equal(written('realizedPnlUsd', -12.5), '−12.50 USD');
  assert.equal(written('drawdownPct', 5), '5.00 %');
  assert.equal(written('spreadPct', 0.0123), '0.0123 %');
  assert.equal(written('nakedMs', 350), '350 ms');
  assert.equal(written('holdSeconds', 90), '1 min 30 s');
  assert.equal(written('leverage', 3), '3×');
  assert.equal(written('quantity', 0.00012), '0.00012');
  assert.equal(written('entryPrice', 60_123.4), '60,123.4');
  assert.equal(written('stopLoss', 15_716.309), '15,716.309');
  assert.match(written('evaluatedAt', 1_700_000_000_123) ?? '', /^\d+ Nov 2023 \d\d:\d\d:20\.123$/);
});

test('what is not known is a dash, and never 0', () => {
  for (const value of [null, undefined, '']) assert.equal(written('priceUsd', value), '–');
  assert.equal(written('armed', false), 'no');
});

test('labels are words, objects are groups, lists of values stay on one line', () => {
  const fields = recordFields({
    realizedPnlUsd: 1,
    sizing: { riskUsd: 2 },
    reasons: ['A', 'B'],
    locks: [{ scope: 'x' }],
    none: [],
  });
  assert.deepEqual(
    fields.map(({ path, label, depth, kind }) => [path, label, depth, kind]),
    [
      ['realizedPnlUsd', 'Realized PnL', 0, 'number'],
      ['sizing', 'Sizing', 0, 'group'],
      ['sizing.riskUsd', 'Risk', 1, 'number'],
      ['reasons', 'Reasons', 0, 'text'],
      ['locks', 'Locks', 0, 'group'],
      ['locks.0', '1', 1, 'group'],
      ['locks.0.scope', 'Scope', 2, 'text'],
      ['none', 'None', 0, 'text'],
    ],
  );
});

test('a record without bounds is cut at the limit', () => {
  const many = Object.fromEntries(Array.from({ length: FIELDS_LIMIT + 1 }, (_, index) => [`field${index}`, index]));
  assert.equal(recordFields(many).length, FIELDS_LIMIT);
});
