import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultOptions, mergeOptions } from '@inspector/contract';
import type { EquityHistory } from '../equity/index.ts';
import { pointAt } from '../equity/testing/points.ts';
import { quietKpi, testInspector } from './test-inspector.ts';

const url = '/api/inspector/risk/equity';
const DAY_START = Date.UTC(2024, 4, 6);
const NOW = DAY_START + 1_000_000;

type Range = Parameters<EquityHistory['read']>[0];
type Answer = Awaited<ReturnType<EquityHistory['read']>>;

async function asked(given: { answer?: Answer; options?: object; now?: number } = {}) {
  const { answer = { kind: 'points', points: [] }, now = NOW } = given;
  const ranges: Range[] = [];
  const merged = mergeOptions(defaultOptions, given.options ?? {});
  assert.ok('options' in merged);
  const read = async (range: Range) => {
    ranges.push(range);
    return answer;
  };
  const { app, close } = await testInspector({
    ports: { equity: { read }, now: () => now },
    picture: { kpi: { ...quietKpi, day: '2024-05-06' }, options: merged.options },
  });
  return { app, close, ranges };
}

test('without a word it is the running day until now, 500 points of every account', async (t) => {
  const { app, close, ranges } = await asked();
  t.after(close);
  assert.deepEqual((await app.inject(url)).json(), { count: 0, data: [] });
  assert.deepEqual(ranges, [{ from: DAY_START, to: NOW, points: 500 }]);
});

test('the day is that of the options', async (t) => {
  const { app, close, ranges } = await asked({ options: { general: { timezone: 'Asia/Tokyo', dayStart: '06:00' } } });
  t.after(close);
  await app.inject(url);
  assert.equal(ranges[0]?.from, DAY_START - 3 * 3_600_000);
});

test('what is asked for is read, and told as it is', async (t) => {
  const points = [pointAt(1, { drawdownPct: null }), pointAt(2)];
  const { app, close, ranges } = await asked({ answer: { kind: 'points', points } });
  t.after(close);
  const answer = await app.inject(`${url}?accountKey=paper:futures&from=1&to=2.5&points=10`);
  assert.deepEqual(answer.json(), { count: 2, data: points });
  assert.deepEqual(ranges, [{ accountKey: 'paper:futures', from: 1, to: 2.5, points: 10 }]);
});

test('the bounds of the query are taken, and what lies outside them is refused', async (t) => {
  const { app, close } = await asked();
  t.after(close);
  for (const query of ['points=10', 'points=2000', 'from=5&to=5', 'from=0', `from=${NOW + 1}`, `to=${DAY_START}`]) {
    assert.equal((await app.inject(`${url}?${query}`)).statusCode, 200, query);
  }
  const refused = ['points=9', 'points=2001', 'points=10.5', 'points=', 'from=-1', 'from=today', 'from=6&to=5'];
  for (const query of [...refused, `to=${DAY_START - 1}`, 'accountKey=', 'other=1']) {
    const answer = await app.inject(`${url}?${query}`);
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'VALIDATION_FAILED'], query);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
    assert.match(answer.json().errors[0].path, /^query\/(points|from|to|accountKey|other)$/);
  }
});

test('a clock that was set back over the day’s start makes no default a bad query', async (t) => {
  const { app, close } = await asked({ now: DAY_START - 1 });
  t.after(close);
  assert.equal((await app.inject(url)).statusCode, 200);
});

test('more points than an answer holds are refused with what to do', async (t) => {
  const { app, close } = await asked({ answer: { kind: 'too-many' } });
  t.after(close);
  const answer = await app.inject(url);
  assert.equal(answer.statusCode, 400);
  assert.deepEqual(answer.json().errors, [{ path: 'query/points', message: 'is too many for all accounts: name one' }]);
});
