/** What the audit view writes to a file is what the server has. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';
import { storedRecords } from './stored-records.ts';
import { until } from './until.ts';

/** Exports what the filters let through; answers the file's text. */
async function exportAs(page: Page, format: 'NDJSON' | 'CSV'): Promise<string> {
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: new RegExp(format) }).click();
  const download = await downloaded;
  assert.match(download.suggestedFilename(), new RegExp(`^audit-.*\\.${format.toLowerCase()}$`));
  await page.getByText(`The records are written as ${format}`).waitFor();
  return await readFile(await download.path(), 'utf8');
}

test('the audit export', { skip: chromiumMissing() }, async (t) => {
  const system = await runningSystem(t);
  const to = await until('several kinds of records are stored', async () => {
    const records = await storedRecords(system);
    const kinds = new Set(records.map(({ kind }) => kind));
    const isEnough = kinds.has('ORDER_SENT') && kinds.has('REQUEST_DECIDED') && kinds.has('POSITION_OPENED');
    // Older than the newest, so that what passes is complete.
    return isEnough ? records.find(({ ts }) => ts < (records[0]?.ts ?? 0))?.ts : undefined;
  });
  const { page } = await openPage(t, { acceptDownloads: true });
  // A browser without a picker of files downloads; with one the file would be chosen by hand.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.goto(system.openUrl);
  await page.getByRole('region', { name: 'Governor' }).waitFor();

  await t.test('as NDJSON holds the records of REST, whole and oldest first', async () => {
    await page.goto(`${system.url}/#/audit?to=${to}`);
    const text = await exportAs(page, 'NDJSON');
    const lines = text.trimEnd().split('\n');
    const stored = await storedRecords(system, { to });
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      stored.toReversed(),
    );
  });

  await t.test('as CSV holds those that the filters let through', async () => {
    await page.goto(`${system.url}/#/audit?to=${to}&kind=ORDER_SENT,POSITION_OPENED`);
    const text = await exportAs(page, 'CSV');
    const [header, ...rows] = text.trimEnd().split('\r\n');
    assert.match(header ?? '', /^seq,ts,kind,code,/);
    const wanted = (await storedRecords(system, { to })).filter(
      ({ kind }) => kind === 'ORDER_SENT' || kind === 'POSITION_OPENED',
    );
    assert.deepEqual(
      rows.map((row) => row.split(',').slice(0, 4)),
      wanted.toReversed().map(({ seq, ts, kind, code }) => [String(seq), String(ts), kind, code]),
    );
  });
});
