/** The audit view over a crash of the server: it says so, catches up, and shows each record once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { type RunningSystem, runningSystem } from '../running-system.ts';
import { type ListedRecord, listedRecords } from './listed-records.ts';
import { openView } from './open-view.ts';
import { storedRecords } from './stored-records.ts';
import { until } from './until.ts';

/** The newest record on the page; undefined while there is none. */
async function newestOn(page: Page): Promise<number | undefined> {
  const text = await page.locator('[role="option"][aria-posinset="1"] .audit-row-seq').first().textContent();
  return text === null ? undefined : Number(text);
}

/** Has requests checked, each of which is recorded: more records than a screen holds. */
async function recordMany(system: RunningSystem): Promise<void> {
  for (let count = 0; count < 30; count += 1) await system.send('POST', '/risk/check', { request: {} });
}

test('the audit view follows over a crash of the server without a hole or a double', {
  skip: chromiumMissing(),
}, async (t) => {
  const system = await runningSystem(t);
  const { page } = await openPage(t, { viewport: { width: 1440, height: 500 } });
  await page.goto(system.openUrl);
  await openView(page, 'Audit');
  const state = page.locator('.records-follow-state');
  await state.getByText('Following').waitFor();
  const first = await until('records are shown', () => newestOn(page));
  await recordMany(system);
  await until('live records come', async () => ((await newestOn(page)) ?? 0) > first || undefined);

  await system.kill();
  await page.getByText(/cannot be reached\. What is shown is from/).waitFor();
  await state.getByText('No connection').waitFor();
  const beforeCrash = (await newestOn(page)) ?? 0;
  assert.ok(beforeCrash > first, 'what was known stays on the page');

  await system.restart();
  await recordMany(system);
  await page.getByText(/cannot be reached/).waitFor({ state: 'detached' });
  await state.getByText('Following').waitFor();
  const [newest] = await storedRecords(system);
  assert.ok(newest && newest.seq > beforeCrash, 'the server has gone on in the same trail');
  await until('the page has caught up', async () => ((await newestOn(page)) ?? 0) >= newest.seq || undefined);

  await page.getByRole('button', { name: 'Pause' }).click();
  const listed = await listedRecords(page);
  const top = listed[0]?.seq ?? 0;
  const stored = (await storedRecords(system)).filter(({ seq }) => seq <= top);
  t.diagnostic(`${listed.length} records: ${first} at first, ${beforeCrash} at the crash, ${top} at the end`);
  assert.deepEqual(
    listed.map(({ seq }) => seq),
    Array.from({ length: top }, (_, index) => top - index),
    'each record from the first to the newest, once',
  );
  assert.deepEqual(
    listed,
    stored.map(({ seq, code }): ListedRecord => ({ seq, code })),
  );
});
