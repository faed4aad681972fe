/** Why a request was refused: in a sentence with the figures of the decision, and found again by its code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { AuditRecord, Decision } from '@inspector/contract';
import { SEED_RECORDS } from '#data/trail-follower.ts';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { type RunningSystem, runningSystem } from '../running-system.ts';
import { openView } from './open-view.ts';
import { storedRecords } from './stored-records.ts';
import { until } from './until.ts';

/** The live trail's first records wait for the store's answer, but not for ever. */
const SEED_HELD_MS = 5_000;

const decisionOf = ({ data }: AuditRecord): Decision => data as unknown as Decision;

const decidedRequests = (system: RunningSystem) => storedRecords(system, { kind: 'REQUEST_DECIDED' });

/** True where the first rule compares two figures; times are written in many ways and left out. */
function hasFigures(record: AuditRecord): boolean {
  const { decision, violations } = decisionOf(record);
  const [first] = violations;
  return (
    decision === 'BLOCK' && first !== undefined && first.unit !== 'ms' && ![first.observed, first.limit].includes(null)
  );
}

/** The numbers of a sentence, without the commas of thousands. */
const figuresIn = (sentence: string): number[] =>
  [...sentence.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([text]) => Number(text.replaceAll(',', '')));

/** True when a figure is the value but for the digits that are not written. */
const isWritten = (value: number, figures: readonly number[]): boolean =>
  figures.some((figure) => Math.abs(figure - Math.abs(value)) <= 0.01 * Math.abs(value));

test('a refused request', { skip: chromiumMissing() }, async (t) => {
  const system = await runningSystem(t);
  const refused = await until('a request is refused by figures', async () =>
    (await decidedRequests(system)).find(hasFigures),
  );
  const { code } = decisionOf(refused);
  const { page, complaints } = await openPage(t);
  await page.goto(system.openUrl);
  await page.getByText('Live', { exact: true }).waitFor();
  await openView(page, 'Decisions');
  const rows = page.getByRole('listbox', { name: 'Decisions, newest first' }).getByRole('option');
  const codeField = page.getByLabel('Code', { exact: true });
  await rows.filter({ hasText: 'Allowed' }).first().waitFor();

  /** The list has what the code refused first and no other than it refused at all, each once; the store has others. */
  const onlyWithCode = () =>
    until(`what ${code} refused is listed once, and nothing else`, async () => {
      const all = await decidedRequests(system);
      const first = all.filter((record) => record.code === code).length;
      const any = all.filter((record) => decisionOf(record).violations.some((one) => one.code === code)).length;
      const listed = Number(await rows.first().getAttribute('aria-setsize'));
      return (first <= listed && listed <= any && listed < all.length) || undefined;
    });

  await t.test('is found by its code, which stands in the address', async () => {
    const searched = page.waitForRequest(
      (request) => new URL(request.url()).searchParams.get('code') === code && request.url().includes('/risk/audit'),
    );
    await codeField.selectOption(code);
    await searched;
    await page.getByText(/New decisions are found by any rule that they violate, older ones by their first/).waitFor();
    await page.waitForURL(({ hash }) => new URLSearchParams(hash.split('?')[1]).get('code') === code);
    await onlyWithCode();
    assert.equal(await rows.filter({ hasText: 'Allowed' }).count(), 0);
  });

  await t.test('is explained in a sentence with the figures of the decision', async (t) => {
    await page.getByRole('button', { name: 'Pause' }).click();
    const inRow = (await rows.first().locator('.decisions-sentence').textContent()) ?? '';
    await rows.first().click();
    await page.waitForURL(/[?&]seq=\d+/);
    const seq = Number(/[?&]seq=(\d+)/.exec(page.url())?.[1]);
    const opened = (await decidedRequests(system)).find((record) => record.seq === seq);
    assert.ok(opened);
    const [violation] = decisionOf(opened).violations;
    const panel = page.getByRole('region', { name: `Decision ${seq}` });
    const sentence = (await panel.locator('.decisions-answer').textContent()) ?? '';
    t.diagnostic(`${code} ${violation?.observed} of ${violation?.limit} ${violation?.unit}: ${sentence}`);
    assert.match(sentence, /^Refused: .{10,}\.$/);
    assert.ok(sentence.toLowerCase().endsWith(inRow.toLowerCase()), `the row says the same: ${inRow}`);
    for (const value of [violation?.observed, violation?.limit]) {
      if (typeof value === 'number') assert.ok(isWritten(value, figuresIn(sentence)), `${value} is in: ${sentence}`);
    }
  });

  await t.test('is closed by Escape, which gives the focus back to its row', async () => {
    const list = page.getByRole('listbox', { name: 'Decisions, newest first' });
    const seq = Number(/[?&]seq=(\d+)/.exec(page.url())?.[1]);
    const panel = page.getByRole('region', { name: `Decision ${seq}` });
    const isBackOnRow = async (): Promise<void> => {
      await panel.waitFor({ state: 'detached' });
      assert.ok(await list.evaluate((element) => element === document.activeElement));
      const row = await list.getAttribute('aria-activedescendant');
      assert.ok(row?.endsWith(String(seq)), `${row} is the row of ${seq}`);
    };
    await panel.locator('.panel-body').focus();
    await page.keyboard.press('Escape');
    await isBackOnRow();
    await page.keyboard.press('Enter');
    await panel.waitFor();
    await page.keyboard.press('Escape');
    await isBackOnRow();
  });

  await t.test('is listed once when the address is opened anew, also where the live trail comes last', async () => {
    await page.goto(`${system.url}/#/decisions?code=${code}`);
    const stored = page.waitForResponse(/kind=REQUEST_DECIDED/);
    const isSeed = (url: URL): boolean =>
      url.pathname.endsWith('/risk/audit') && url.search === `?limit=${SEED_RECORDS}`;
    await page.route(isSeed, async (route) => {
      await Promise.race([stored, delay(SEED_HELD_MS)]);
      await route.continue();
    });
    await page.reload();
    await stored;
    // Asked for again and again once the live trail has begun.
    await page.waitForRequest(/afterSeq=/);
    await rows.first().waitFor();
    assert.equal(await codeField.inputValue(), code);
    await onlyWithCode();
  });
  assert.deepEqual(complaints, []);
});
