import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** A row of the audit view, as it stands on the page. */
export interface ListedRecord {
  seq: number;
  code: string;
}

interface Screen {
  rows: (ListedRecord & { place: number })[];
  /** Rows that the list says it has. */
  count: number;
  isAtEnd: boolean;
  foot: string;
}

/**
 * Every row of the held audit list, newest first, read from the page over a scroll to its lower end, where the store
 * holds nothing older. Only what is seen is in the document, so each place is read when it comes by.
 */
export async function listedRecords(page: Page): Promise<ListedRecord[]> {
  const byPlace = new Map<number, ListedRecord>();
  await page.locator('.records-scroll').evaluate((list) => {
    list.scrollTop = 0;
  });
  return await until('every row of the list has been read', async () => {
    const { rows, count, isAtEnd, foot } = await screenOf(page);
    for (const { place, ...record } of rows) {
      assert.deepEqual(byPlace.get(place) ?? record, record, `row ${place} of a held list has changed`);
      byPlace.set(place, record);
    }
    if (isAtEnd && foot === 'No older record passes.' && byPlace.size === count) {
      return [...byPlace].sort(([a], [b]) => a - b).map(([, record]) => record);
    }
    await page.locator('.records-scroll').evaluate((list) => {
      list.scrollTop += list.clientHeight;
    });
    return undefined;
  });
}

/** What is in the document now. Rows are read together with their places, in one step. */
const screenOf = (page: Page): Promise<Screen> =>
  page.locator('.records-scroll').evaluate((list) => {
    const rows = [...list.querySelectorAll('[role="option"]')];
    return {
      rows: rows.map((row) => ({
        place: Number(row.getAttribute('aria-posinset')),
        seq: Number(row.querySelector('.audit-row-seq')?.textContent),
        code: row.querySelector('.audit-row-code')?.textContent ?? '',
      })),
      count: Number(rows[0]?.getAttribute('aria-setsize')),
      isAtEnd: list.scrollTop + list.clientHeight >= list.scrollHeight - 1,
      foot: list.querySelector('.records-foot')?.textContent ?? '',
    };
  });
