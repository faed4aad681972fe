import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { merged } from './kept-results.ts';
import { percentilesOf } from './percentiles.ts';
import { measureRounds, median, perSecondText } from './rounds.ts';
import type { Line } from './row.ts';
import { rows } from './rows.ts';
import { markdownTableOf, tableOf, verdictOf } from './table.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
/** Rows that need what may be missing: a recording, a Redis, a Chromium. They then give no lines. */
const OPTIONAL = new Set(['P3', 'P4', 'S1', 'S2']);
/** A short row that takes longer hangs. */
const GIVE_UP_MS = 120_000;

for (const { id } of rows) {
  test(`${id} runs short and gives its lines`, () => {
    const args = ['--expose-gc', MAIN, '--measure', id, '--short'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: GIVE_UP_MS });
    assert.equal(status, 0, stderr);
    const lines = JSON.parse(stdout) as Line[];
    if (!OPTIONAL.has(id)) assert.ok(lines.length > 0);
    for (const line of lines) {
      assert.equal(line.row, id);
      assert.ok(line.what !== '' && line.figure !== '');
      assert.ok(line.ratio === null || line.ratio > 0, `${line.what}: ratio ${line.ratio}`);
      assert.doesNotMatch(JSON.stringify(line), /NaN|Infinity|undefined/);
    }
  });
}

test('candidate and peer run in turn, and the ratio is the median of neighbours', () => {
  const order: string[] = [];
  const result = measureRounds({
    warmups: 1,
    rounds: 2,
    work: 1,
    candidate: () => order.push('candidate'),
    peer: () => order.push('peer'),
  });
  assert.equal(order.join(' '), 'candidate peer candidate peer candidate peer');
  assert.ok(result.ratio > 0);
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(perSecondText(1_234_567), '1.23 M/s');
});

test('a row that is measured alone takes its own place, and the others stay', () => {
  const result = (row: string, date: string) => ({ row, date, commit: 'c', machine: 'm', load: '0', lines: [] });
  const all = merged(
    [result('P1', 'old'), result('P3', 'old')],
    [result('P2', 'new'), result('P3', 'new')],
    ['P1', 'P2', 'P3'],
  );
  assert.deepEqual(
    all.map(({ row, date }) => `${row} ${date}`),
    ['P1 old', 'P2 new', 'P3 new'],
  );
});

test('percentiles are those of the sorted samples', () => {
  const samples = Float64Array.from({ length: 1000 }, (_, index) => 1000 - index);
  assert.deepEqual(percentilesOf(samples), { n: 1000, p50: 501, p99: 991, p999: 1000, max: 1000 });
});

test('a row passes when figure and ratio do, and says which of them is short', () => {
  const line: Line = {
    row: 'P0',
    what: 'nothing',
    figure: '1 /s',
    figureWanted: '≥ 2 /s',
    figureMet: false,
    ratio: 1.5,
    ratioWanted: '≥ 1',
    ratioMet: true,
    detail: [],
  };
  assert.equal(verdictOf(line), 'short (figure)');
  assert.equal(verdictOf({ ...line, figureMet: true }), 'pass');
  assert.equal(verdictOf({ ...line, figureMet: true, ratioMet: false }), 'short (ratio)');
  assert.match(tableOf([line]), /^P0 {3}nothing/m);
  assert.match(markdownTableOf([line]), /\| P0 \| nothing \| 1 \/s \| ≥ 2 \/s \| 1\.50 \| ≥ 1 \| short \(figure\) \|/);
});
