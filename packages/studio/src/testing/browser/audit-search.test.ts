/** A text that only the page can look for, in a trail of which the live records are a small part. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { AuditRecord } from '@inspector/contract';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';

/** Records of the store that the test puts behind the real ones, and the one that is looked for. */
const OLD_RECORDS = 30_000;
const WANTED = 400;
const PAGE_MS = 150;

/** An old record: one a second, the newest an hour ago. */
const oldRecord = (place: number, now: number): AuditRecord => ({
  seq: place,
  ts: Math.floor(now / 1_000) * 1_000 - 3_600_000 - (OLD_RECORDS - place) * 1_000,
  kind: 'CHECKPOINT',
  code: 'OK',
  severity: 'info',
  traceId: `old-${place}`,
  message: place === WANTED ? 'The needle of the haystack.' : 'Straw.',
  data: {},
  epoch: 1,
});

test('a text is looked for page after page, with progress, until it is found or the reader stops it', {
  skip: chromiumMissing(),
}, async (t) => {
  const system = await runningSystem(t);
  const { page } = await openPage(t);
  const now = Date.now();
  const pages: number[] = [];
  const isOlderPage = (url: URL): boolean =>
    url.pathname.endsWith('/risk/audit') && url.searchParams.get('limit') === '1000';
  await page.route(isOlderPage, async (route) => {
    const { searchParams } = new URL(route.request().url());
    const to = Number(searchParams.get('to') ?? Number.POSITIVE_INFINITY);
    const data: AuditRecord[] = [];
    for (let place = OLD_RECORDS; place > 0 && data.length < 1_000; place -= 1) {
      const record = oldRecord(place, now);
      // Below all of the real ones, whose sequences begin at 1.
      if (record.ts <= to) data.push({ ...record, seq: place - OLD_RECORDS });
    }
    pages.push(data.length);
    await delay(PAGE_MS);
    await route.fulfill({ json: { count: data.length, data } });
  });
  await page.goto(system.openUrl);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.goto(`${system.url}/#/audit?text=needle`);

  await page.getByText(/^Looking further back: [\d,]{4,} records so far, to .+ …/).waitFor();
  await page.getByRole('button', { name: 'Stop looking' }).click();
  await page.getByText(/^Looked back to .+, record/).waitFor();
  await page.getByText('No records pass the filters').waitFor();
  const asked = pages.length;
  assert.ok(asked < OLD_RECORDS / 1_000, `${asked} pages until it was stopped`);
  await delay(4 * PAGE_MS);
  assert.ok(pages.length <= asked + 1, 'nothing more is asked');

  await page.getByRole('button', { name: 'Look further back' }).click();
  await page.getByRole('option').filter({ hasText: 'The needle of the haystack.' }).waitFor();
  await page.getByText('No older record passes.').waitFor();
  t.diagnostic(`${asked} pages until it was stopped, ${pages.length} in all`);
});
