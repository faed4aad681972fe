import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type EquityFile, openEquityFile } from './equity-file.ts';
import { pointAt } from './testing/points.ts';

function fileFor(t: TestContext, rowsKept: number): { file: EquityFile; again: () => EquityFile } {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-equity-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const again = () => openEquityFile({ directory, days: 0, rowsKept });
  return { file: again(), again };
}

async function times(file: EquityFile, from = 0, before = 1e15): Promise<number[]> {
  const found: number[] = [];
  for await (const { ts } of file.read(from, before)) found.push(ts);
  return found;
}

test('as many rows as may be stay, with one more the oldest goes, also after a restart', async (t) => {
  const { file, again } = fileFor(t, 3);
  for (const ts of [1, 2, 3]) file.add([pointAt(ts)], 0);
  assert.deepEqual(await times(file), [1, 2, 3]);
  file.add([pointAt(4)], 0);
  assert.deepEqual(await times(file), [2, 3, 4]);
  for (const ts of [5, 6, 7]) file.add([pointAt(ts)], 0);
  assert.deepEqual(await times(file), [5, 6, 7]);
  file.close();
  const second = again();
  t.after(() => second.close());
  second.add([pointAt(8)], 0);
  assert.deepEqual(await times(second), [6, 7, 8]);
});

test('a point that is there already is not stored again, nor counted', async (t) => {
  const { file } = fileFor(t, 2);
  t.after(() => file.close());
  file.add([pointAt(1)], 0);
  for (let again = 0; again < 5; again += 1) file.add([pointAt(2)], 0);
  assert.deepEqual(await times(file), [1, 2]);
});

test('all are read, also those of one moment on both sides of a break, and those that come meanwhile', async (t) => {
  const { file } = fileFor(t, 10_000);
  t.after(() => file.close());
  const moments = Array.from({ length: 700 }, (_, ts) => ts);
  for (const ts of moments)
    file.add(
      ['a', 'b', 'c'].map((accountKey) => pointAt(ts, { accountKey })),
      0,
    );
  const keys = new Set<string>();
  let count = 0;
  for await (const { ts, accountKey } of file.read(0, 1e15)) {
    if (count === 0) file.add([pointAt(700, { accountKey: 'a' })], 0);
    keys.add(`${ts} ${accountKey}`);
    count += 1;
  }
  assert.deepEqual([count, keys.size], [2_101, 2_101]);
  assert.deepEqual(await times(file, 5, 7), [5, 5, 5, 6, 6, 6]);
});

test('a store that fails keeps all that was there and nothing of what was to come', async (t) => {
  const { file } = fileFor(t, 2);
  t.after(() => file.close());
  file.add([pointAt(1)], 0);
  assert.throws(() => file.add([pointAt(2), pointAt(Number.NaN)], 0));
  assert.deepEqual(await times(file), [1]);
  for (const ts of [3, 4]) file.add([pointAt(ts)], 0);
  assert.deepEqual(await times(file), [3, 4]);
});
