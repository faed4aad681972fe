import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { createSimulatedClock } from '../runner/simulated-clock.ts';
import { EQUITY_FILE } from './equity-file.ts';
import { type EquityHistory, openEquityHistory, POINTS_PER_ANSWER } from './equity-history.ts';
import { ACCOUNT, pictureAt } from './testing/points.ts';

const START = Date.UTC(2024, 4, 6);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const always = { from: 0, to: Number.MAX_SAFE_INTEGER, points: 2_000 };

function directoryFor(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-equity-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function opened(t: TestContext, directory: string | null, days = 0) {
  const clock = createSimulatedClock(START);
  const warnings: string[] = [];
  const log = { info() {}, warn: (_: unknown, message: string) => void warnings.push(message), error() {} };
  const history = openEquityHistory({ directory, days, clock, log });
  t.after(() => history.close());
  return { history, clock, warnings };
}

async function points(history: EquityHistory, range: Partial<Parameters<EquityHistory['read']>[0]> = {}) {
  const answer = await history.read({ ...always, ...range });
  assert.ok(answer.kind === 'points');
  return answer.points.map(({ ts, accountKey, equityUsd }) => ({ at: (ts - START) / 1_000, accountKey, equityUsd }));
}

const seconds = async (history: EquityHistory, range = {}) => (await points(history, range)).map(({ at }) => at);

/** A sample of one account every 5 s, `from` and `to` in seconds after the start. */
function sampleEvery5s(history: EquityHistory, from: number, to: number): void {
  for (let at = from; at <= to; at += 5) history.sample(pictureAt(START + at * 1_000, { [ACCOUNT]: 10_000 + at }));
}

test('the last hour is there every 5 s, what is older once a minute', async (t) => {
  const { history } = opened(t, directoryFor(t));
  sampleEvery5s(history, 0, 3_720);
  const found = await seconds(history);
  assert.deepEqual(found.slice(0, 5), [0, 60, 120, 125, 130]);
  assert.equal(found.length, 2 + 3_600 / 5 + 1);
});

test('without a directory the last hour is all there is', async (t) => {
  const { history } = opened(t, null);
  sampleEvery5s(history, 0, 3_720);
  assert.equal((await seconds(history))[0], 120);
});

test('it survives a restart, with what came after it behind', async (t) => {
  const directory = directoryFor(t);
  const first = opened(t, directory);
  sampleEvery5s(first.history, 0, 115);
  first.history.close();
  const second = opened(t, directory);
  assert.deepEqual(await seconds(second.history), [0, 60]);
  sampleEvery5s(second.history, 300, 310);
  assert.deepEqual(await points(second.history), [
    { at: 0, accountKey: ACCOUNT, equityUsd: 10_000 },
    { at: 60, accountKey: ACCOUNT, equityUsd: 10_060 },
    { at: 300, accountKey: ACCOUNT, equityUsd: 10_300 },
    { at: 305, accountKey: ACCOUNT, equityUsd: 10_305 },
    { at: 310, accountKey: ACCOUNT, equityUsd: 10_310 },
  ]);
  assert.deepEqual([...first.warnings, ...second.warnings], []);
});

test('equity that is not known leaves a gap, in memory and on disk', async (t) => {
  const directory = directoryFor(t);
  const { history } = opened(t, directory);
  history.sample(pictureAt(START, { a: 1, b: null }));
  history.sample(pictureAt(START + 5_000, { a: null, b: 2 }));
  history.sample(pictureAt(START + 10_000, {}));
  const expected = [
    { at: 0, accountKey: 'a', equityUsd: 1 },
    { at: 5, accountKey: 'b', equityUsd: 2 },
  ];
  assert.deepEqual(await points(history), expected);
  history.close();
  assert.deepEqual(await points(opened(t, directory).history), expected);
});

test('a picture that is not newer is passed over', async (t) => {
  const { history } = opened(t, null);
  for (const at of [5, 5, 4, 6]) history.sample(pictureAt(START + at * 1_000, { a: at }));
  assert.deepEqual(await seconds(history), [5, 6]);
});

test('a range has both its ends, and one account is told without the others', async (t) => {
  const { history } = opened(t, directoryFor(t));
  for (let at = 0; at <= 2 * 3_600; at += 60) history.sample(pictureAt(START + at * 1_000, { a: at, b: at }));
  for (const from of [60, 5_000 * 60]) {
    const to = from + 120;
    const range = { from: START + from * 1_000, to: START + to * 1_000 };
    const expected = from > 7_200 ? [] : [from, from + 60, to];
    assert.deepEqual(await seconds(history, { ...range, accountKey: 'a' }), expected);
    assert.equal((await seconds(history, range)).length, 2 * expected.length);
  }
  assert.deepEqual(await seconds(history, { from: START + 60_001, to: START + 119_999 }), []);
  assert.deepEqual(await seconds(history, { accountKey: 'c' }), []);
  assert.deepEqual(await seconds(history, { from: START - 2, to: START - 1 }), []);
});

test('a day is thinned out without losing its worst minute', async (t) => {
  const { history } = opened(t, directoryFor(t));
  for (let minute = 0; minute < 1_440; minute += 1) {
    history.sample(pictureAt(START + minute * MINUTE, { [ACCOUNT]: minute === 700 ? 1 : 10_000 + minute }));
  }
  const found = await points(history, { points: 10 });
  assert.ok(found.length <= 10);
  assert.ok(found.some(({ equityUsd }) => equityUsd === 1));
  assert.equal(found.at(-1)?.at, 1_439 * 60);
});

test('an answer that would be too large is none: at the bound it is given', async (t) => {
  const { history } = opened(t, null);
  const most = POINTS_PER_ANSWER / 2_000;
  const accounts = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 1]));
  history.sample(pictureAt(START, accounts(most)));
  assert.equal((await points(history)).length, most);
  history.sample(pictureAt(START + 1, accounts(most + 1)));
  assert.deepEqual(await history.read(always), { kind: 'too-many' });
  assert.equal((await points(history, { points: 1_000 })).length, 2 * most + 1);
  assert.equal((await points(history, { accountKey: 'a0' })).length, 2);
});

test('what is older than the days that are kept goes, what is as old as they are stays', async (t) => {
  const directory = directoryFor(t);
  const { history, clock } = opened(t, directory, 1);
  history.sample(pictureAt(START - 1, { a: 1 }));
  history.sample(pictureAt(START, { a: 2 }));
  clock.advance(DAY);
  history.sample(pictureAt(START + DAY, { a: 3 }));
  history.close();
  assert.deepEqual(await seconds(opened(t, directory).history), [0, DAY / 1_000]);
});

test('a file that is damaged, a directory or another program’s is said once, left alone, and the last hour is there', async (t) => {
  const foreign = directoryFor(t);
  new DatabaseSync(join(foreign, EQUITY_FILE)).exec('CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)');
  const damaged = directoryFor(t);
  writeFileSync(join(damaged, EQUITY_FILE), 'not a database, and long enough to be looked at. '.repeat(100));
  const folder = directoryFor(t);
  mkdirSync(join(folder, EQUITY_FILE));
  for (const directory of [foreign, damaged, folder]) {
    const { history, warnings } = opened(t, directory);
    sampleEvery5s(history, 0, 180);
    assert.equal((await seconds(history)).length, 37);
    assert.equal(warnings.length, 1);
  }
  assert.match(readFileSync(join(damaged, EQUITY_FILE), 'utf8'), /^not a database/);
  const rows = new DatabaseSync(join(foreign, EQUITY_FILE)).prepare('SELECT count(*) AS count FROM theirs').get();
  assert.equal(rows?.count, 1);
});

test('a file that was damaged behind its head is said once, and nothing is thrown', async (t) => {
  const directory = directoryFor(t);
  const first = opened(t, directory);
  for (let minute = 0; minute < 3_000; minute += 1) first.history.sample(pictureAt(START + minute * MINUTE, { a: 1 }));
  first.history.close();
  const file = join(directory, EQUITY_FILE);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x55, 4_096));
  const { history, warnings } = opened(t, directory);
  sampleEvery5s(history, 400_000, 400_100);
  assert.equal((await seconds(history)).length, 21);
  assert.equal(warnings.length, 1);
});

test('a file that takes no writes is said once; sampling goes on, and what was stored is still read', async (t) => {
  const directory = directoryFor(t);
  const { history, warnings } = opened(t, directory);
  sampleEvery5s(history, 0, 55);
  const other = new DatabaseSync(join(directory, EQUITY_FILE));
  other.exec('BEGIN IMMEDIATE');
  sampleEvery5s(history, 60, 300);
  other.exec('ROLLBACK');
  other.close();
  assert.equal(warnings.length, 1);
  assert.equal((await seconds(history)).length, 61);
  history.sample(pictureAt(START + 2 * HOUR, { [ACCOUNT]: 1 }));
  assert.deepEqual(await seconds(history), [0, 7_200]);
});

test('after it was closed it takes nothing and throws nothing', async (t) => {
  const { history } = opened(t, directoryFor(t));
  sampleEvery5s(history, 0, 5);
  history.close();
  history.close();
  sampleEvery5s(history, 100, 200);
  assert.deepEqual(await seconds(history), [0, 5]);
});
