import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultOptions, mergeOptions, OptionsSchema } from '@inspector/contract/options';
import { changesBetween } from './changes.ts';
import { boundWords, parsedNumber, valueWords } from './field-value.ts';
import { fieldsByPath, formGroups } from './form-field.ts';
import { dropEdits, type EditStorage, keepEdit, keptEdit } from './kept-edit.ts';
import { loosenedBy } from './loosened.ts';
import { windowViolations, windowWords } from './no-trade-window.ts';
import { type JsonObject, pointerOf, stepsOf, valueAt, withoutValue, withValue } from './option-tree.ts';
import { matchesSearch } from './search-fields.ts';
import { merged, threeWay, undone } from './three-way.ts';
import { belongsTo, fromServer } from './violations.ts';

const byPath = fieldsByPath(formGroups(JSON.parse(JSON.stringify(OptionsSchema))));
const fields = [...byPath.values()];
const running = JSON.parse(JSON.stringify(defaultOptions)) as JsonObject;
const set = (options: JsonObject, path: string, value: unknown): JsonObject =>
  withValue(options, path.split('.'), value as never);
const field = (path: string) => {
  const found = byPath.get(path);
  assert.ok(found !== undefined, path);
  return found;
};

test('a typed text is the number that it stands for, or stays what was typed', () => {
  const limit = field('riskManagement.maxDailyLossPercent');
  const plain = field('riskManagement.takeProfitPercent');
  for (const [text, value] of [
    ['5', 5],
    [' 2.5 ', 2.5],
    ['−0.1', -0.1],
    ['.5', 0.5],
    ['1,000', 1000],
    ['1 000 000', 1_000_000],
    ['1e3', 1000],
    ['Off', 0],
  ] as const) {
    assert.equal(parsedNumber(limit, text), value, text);
  }
  for (const text of ['', '1,5', '0x10', 'five', '1e999', '--1']) assert.equal(parsedNumber(limit, text), text);
  assert.equal(parsedNumber(plain, 'off'), 'off');
  assert.ok(Object.is(parsedNumber(limit, '-0'), 0));
});

test('values are said with their unit, and 0 is off only where it switches off', () => {
  assert.equal(valueWords(field('riskManagement.maxDailyLossPercent'), 5), '5 %');
  assert.equal(valueWords(field('riskManagement.maxDailyLossPercent'), 0), 'off');
  assert.equal(valueWords(field('protection.nakedMaxMs'), 0), '0 ms');
  assert.equal(valueWords(field('tradeSettings.maxOrderNotionalUsd'), 1_500_000), '1,500,000 USD');
  assert.equal(valueWords(field('general.apiPort'), 8008), '8008');
  assert.equal(valueWords(field('assetManagement.excludedAssets'), []), 'none');
  assert.equal(valueWords(field('policies.drawdown.until'), 'day-end'), 'until the day ends');
  assert.equal(valueWords(field('policies.drawdown.until'), 60), 'for 60 s');
  assert.equal(boundWords(field('tradeSettings.defaultLeverage')), 'above 0, up to 1,000');
});

test('every change is found, overrides field by field, and each can be undone', () => {
  let edited = set(running, 'riskManagement.maxDailyLossPercent', 3);
  edited = set(edited, 'overrides.symbols.BTCUSDT.tradeSettings.maxLeverage', 2);
  edited = set(edited, 'overrides.symbols.BTCUSDT.riskManagement.maxOpenPositions', 1);
  const changes = changesBetween(running, edited);
  assert.deepEqual(
    changes.map(({ pointer, before, after }) => [pointer, before, after]),
    [
      ['/riskManagement/maxDailyLossPercent', 5, 3],
      ['/overrides/symbols/BTCUSDT/tradeSettings/maxLeverage', undefined, 2],
      ['/overrides/symbols/BTCUSDT/riskManagement/maxOpenPositions', undefined, 1],
    ],
  );
  const back = changes.reduce((document, change) => undone(document, change, running), edited);
  assert.deepEqual(back, running);
  assert.deepEqual(changesBetween(running, running), []);
});

test('a removed override is a change of each of its fields', () => {
  const before = set(running, 'overrides.accounts.paper:futures.riskManagement.maxOpenPositions', 1);
  assert.deepEqual(
    changesBetween(before, running).map(({ pointer, after }) => [pointer, after]),
    [['/overrides/accounts/paper:futures/riskManagement/maxOpenPositions', undefined]],
  );
});

test('removing the last field of a group of an override removes the group and keeps the override', () => {
  const before = set(running, 'overrides.symbols.X.tradeSettings.maxLeverage', 2);
  const after = withoutValue(before, ['overrides', 'symbols', 'X', 'tradeSettings', 'maxLeverage'], 3);
  assert.deepEqual(valueAt(after, ['overrides', 'symbols']), { X: {} });
});

test('pointers and steps are each other, whatever is in a name', () => {
  const steps = ['overrides', 'symbols', 'A/B~C', 'x'];
  assert.deepEqual(stepsOf(pointerOf(steps)), steps);
});

test('two who changed different fields are merged without a question', () => {
  const mine = set(running, 'riskManagement.maxDailyLossPercent', 3);
  const theirs = set(running, 'tradeSettings.maxLeverage', 5);
  const way = threeWay(running, mine, theirs);
  assert.deepEqual(way.collisions, []);
  const both = merged(way.mine, theirs, new Set());
  assert.deepEqual(both, set(mine, 'tradeSettings.maxLeverage', 5));
  assert.ok('options' in mergeOptions(defaultOptions, both));
});

test('a field that both changed collides unless both want the same, and can be yielded', () => {
  const mine = set(set(running, 'riskManagement.maxDailyLossPercent', 3), 'general.timezone', 'Europe/Berlin');
  const theirs = set(set(running, 'riskManagement.maxDailyLossPercent', 4), 'general.timezone', 'Europe/Berlin');
  const way = threeWay(running, mine, theirs);
  assert.deepEqual(
    way.collisions.map(({ pointer }) => pointer),
    ['/riskManagement/maxDailyLossPercent'],
  );
  assert.deepEqual(merged(way.mine, theirs, new Set()), mine);
  assert.deepEqual(merged(way.mine, theirs, new Set(['/riskManagement/maxDailyLossPercent'])), theirs);
});

test('what is loosened is named, what is tightened is not', () => {
  let edited = set(running, 'riskManagement.maxDailyLossPercent', 0);
  edited = set(edited, 'riskManagement.maxDrawdownPercent', 10);
  edited = set(edited, 'policies.drawdown.action', 'BLOCK');
  edited = set(edited, 'general.allowLoosening', true);
  edited = set(edited, 'riskManagement.takeProfitPercent', 9);
  assert.deepEqual(
    loosenedBy(fields, running, edited).map(({ pointer, before, after }) => [pointer, before, after]),
    [
      ['/general/allowLoosening', 'no', 'yes'],
      ['/riskManagement/maxDailyLossPercent', '5 %', 'off'],
      ['/policies/drawdown/action', 'CLOSE_ALL', 'BLOCK'],
    ],
  );
});

test('an override loosens by going, or by counting where it did not', () => {
  const path = 'overrides.symbols.BTCUSDT.tradeSettings.maxLeverage';
  const strict = set(running, path, 2);
  assert.deepEqual(
    loosenedBy(fields, strict, running).map(({ pointer, whose }) => [pointer, whose]),
    [['/overrides/symbols/BTCUSDT/tradeSettings/maxLeverage', 'symbol BTCUSDT']],
  );
  assert.deepEqual(loosenedBy(fields, running, strict), []);
  const loose = set(running, path, 50);
  assert.deepEqual(loosenedBy(fields, running, loose), [], 'has no effect while loosening is not allowed');
  assert.deepEqual(
    loosenedBy(fields, loose, set(loose, 'general.allowLoosening', true)).map(({ after }) => after),
    ['yes', '50 ×'],
  );
});

test('a loosened base is told once, not again of each override', () => {
  const before = set(running, 'overrides.symbols.BTCUSDT.tradeSettings.maxLeverage', 50);
  const after = set(before, 'tradeSettings.maxLeverage', 20);
  assert.equal(loosenedBy(fields, before, after).length, 1);
});

test('windows are said in words and judged', () => {
  assert.equal(
    windowWords({ days: ['mon', 'tue', 'wed', 'sat'], from: '22:00', to: '06:00', label: 'night' }),
    'Mon–Wed, Sat 22:00–06:00 the next day (night)',
  );
  assert.equal(windowWords({ days: 'all', from: '00:00', to: '24:00' }), 'Every day 00:00–24:00');
  assert.deepEqual(windowViolations({ days: 'all', from: '10:00', to: '24:00' }), []);
  assert.deepEqual(
    windowViolations({ days: [], from: '24:00', to: '24:01' }).map(({ name }) => name),
    ['days', 'from', 'to'],
  );
  assert.deepEqual(
    windowViolations({ days: ['mon'], from: '10:00', to: '10:00' }).map(({ name }) => name),
    ['to'],
  );
});

test('a search finds by label, name, help and unit, with all words', () => {
  const limit = field('riskManagement.maxDailyLossPercent');
  for (const search of ['', 'daily loss', 'LOSS daily', 'maxdailyloss', 'risk unrealised']) {
    assert.ok(matchesSearch(limit, 'Risk', search), search);
  }
  assert.ok(!matchesSearch(limit, 'Risk', 'daily profitable'));
});

test("the server's violations are told by their place in the options", () => {
  const [violation] = fromServer([{ path: '/options/noTradeWindows/0/from', message: 'must be a time of day' }]);
  assert.deepEqual(violation, { pointer: '/noTradeWindows/0/from', message: 'Must be a time of day.' });
  assert.ok(violation !== undefined && belongsTo(violation, ['noTradeWindows']));
  assert.ok(!belongsTo({ pointer: '/noTradeWindowsX', message: '' }, ['noTradeWindows']));
});

function memoryStorage(room = Number.POSITIVE_INFINITY): EditStorage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (name) => values.get(name) ?? null,
    setItem(name, value) {
      if (value.length > room) throw new Error('full');
      values.set(name, value);
    },
    removeItem: (name) => void values.delete(name),
  };
}

test('an edit is kept by version, the newest is found, and at most three stay', () => {
  const storage = memoryStorage();
  for (const version of [1, 2, 3, 10]) assert.ok(keepEdit(storage, 'a', { version, base: {}, edited: { n: version } }));
  assert.equal(keptEdit(storage, 'a')?.version, 10);
  assert.equal(storage.length, 3);
  assert.equal(keptEdit(storage, 'b'), null);
  storage.setItem('inspector-options-edit.a.11', '{not json');
  assert.equal(keptEdit(storage, 'a')?.version, 10);
  dropEdits(storage, 'a');
  assert.equal(storage.length, 0);
  assert.equal(keepEdit(memoryStorage(5), 'a', { version: 1, base: {}, edited: {} }), false);
});
