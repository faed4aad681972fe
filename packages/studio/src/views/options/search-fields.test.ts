import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesSearch } from './search-fields.ts';
import { field } from './testing/options-sample.ts';

test('a search finds by label, name, help and unit, with all words', () => {
  const limit = field('riskManagement.maxDailyLossPercent');
  for (const search of ['', 'daily loss', 'LOSS daily', 'maxdailyloss', 'risk unrealised']) {
    assert.ok(matchesSearch(limit, 'Risk', search), search);
  }
  assert.ok(!matchesSearch(limit, 'Risk', 'daily profitable'));
});
