/** From a decision to everything that it led to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';
import { storedRecords } from './stored-records.ts';
import { until } from './until.ts';

test('a trace leads from request to order, position and protection, with every record of it', {
  skip: chromiumMissing(),
}, async (t) => {
  const system = await runningSystem(t);
  const traceId = await until('a position is protected', async () => {
    const placed = await storedRecords(system, { kind: 'PROTECTION_PLACED' });
    return placed.at(-1)?.traceId;
  });
  const { page, complaints } = await openPage(t);
  await page.goto(system.openUrl);
  await page.evaluate((id) => {
    location.hash = `#/audit?traceId=${encodeURIComponent(id)}`;
  }, traceId);
  for (const title of ['Request', 'Entry order', 'Position', 'Protection']) {
    await page.getByRole('heading', { name: title, exact: true }).first().waitFor();
  }
  await until('the page counts what the server has of the trace', async () => {
    const { count } = await system.read<{ count: number }>(`/events/${traceId}`);
    const shown = (await page.getByText(/, [\d,]+ records in /).textContent()) ?? '';
    return Number(/, ([\d,]+) records in /.exec(shown)?.[1]?.replaceAll(',', '')) === count || undefined;
  });
  const { data } = await system.read<{ data: AuditRecord[] }>(`/events/${traceId}`);
  const decided = data.find(({ kind }) => kind === 'REQUEST_DECIDED');
  assert.ok(decided);
  await page.getByRole('button').filter({ hasText: decided.message }).first().click();
  await page.waitForURL(new RegExp(`seq=${decided.seq}\\b`));

  // The button that opened the record went with the story: Escape closes the record all the same.
  await page.getByRole('region', { name: `Request decided ${decided.seq}` }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: `Request decided ${decided.seq}` }).waitFor({ state: 'detached' });
  const list = page.getByRole('listbox', { name: 'Audit records, newest first' });
  assert.ok(await list.evaluate((element) => element === document.activeElement), 'the list has the focus again');
  assert.deepEqual(complaints, []);
});
