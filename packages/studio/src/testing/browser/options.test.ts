/** Options on the page of a running system: tried, applied, refused, edited by two at once, and taken back. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { OptionsResponse, SessionResponse } from '@inspector/contract';
import type { Locator, Page } from 'playwright-core';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { ADMIN_TOKEN, type RunningSystem, runningSystem } from '../running-system.ts';
import { tokenSetting } from './second-token.ts';

const OTHER_TOKEN = 'other-admin-of-the-tests-0123456789';
const DAILY_LOSS = '/riskManagement/maxDailyLossPercent';
const OPEN_POSITIONS = '/riskManagement/maxOpenPositions';
const LEAST_ROI = '/strategyLogic/minROIThreshold';
const HIGHEST_ROI = '/strategyLogic/maxROIThreshold';

const skip = chromiumMissing();

test('options are changed on the page', { skip }, async (t) => {
  const system = await runningSystem(t, tokenSetting('admin', OTHER_TOKEN));
  const options = () => system.read<OptionsResponse>('/options');
  const atStart = await options();
  assert.equal(atStart.version, 1);

  await t.test('a limit is tried first, which changes nothing, and applied then', async (t) => {
    const page = await openOptions(t, system, ADMIN_TOKEN);
    const before = await options();
    await control(page, DAILY_LOSS).fill('4');
    const review = await reviewed(page);
    await review.getByText('The dry run passed.').waitFor();
    assert.deepEqual(await options(), before, 'a dry run changes nothing');
    await review.getByText('This Inspector does not compare options with past decisions.').waitFor();
    assert.equal(await review.getByRole('button', { name: 'Compare' }).count(), 0, 'what cannot work is not offered');

    await review.getByLabel(/^Reason/).fill('a calmer week');
    await apply(review);
    const after = await options();
    assert.equal(after.version, before.version + 1);
    assert.equal(after.options.riskManagement.maxDailyLossPercent, 4);
    await page.getByText(`Nothing changed against version ${after.version}.`).waitFor();
  });

  await t.test('a comparison with past decisions is shown where the dry run brings one', async (t) => {
    const page = await openOptions(t, system, ADMIN_TOKEN);
    const isDryRun = (url: URL): boolean => url.searchParams.get('dryRun') === 'true';
    await page.route(isDryRun, async (route) => {
      const answer = await route.fetch();
      const shadow = { requests: { total: 7, differing: 0, data: [] } };
      await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), shadow } });
    });
    await control(page, OPEN_POSITIONS).fill('3');
    const review = await reviewed(page);
    await review.getByText('All 7 requests would have been decided just the same.').waitFor();
    await review.getByRole('button', { name: 'Compare' }).waitFor();
  });

  await t.test('what only the server sees stands beside its field, and cannot be applied', async (t) => {
    const page = await openOptions(t, system, ADMIN_TOKEN);
    const before = await options();
    await control(page, HIGHEST_ROI).fill('2');
    await control(page, LEAST_ROI).fill('5');
    assert.equal(await row(page, LEAST_ROI).locator('.field-error').count(), 0, 'each value is legal by itself');

    const review = await reviewed(page);
    await review.getByText('The dry run did not pass.').waitFor();
    assert.ok(await review.getByRole('button', { name: /^Apply as version/ }).isDisabled());
    await review.getByRole('button', { name: 'Back' }).click();
    const said = row(page, LEAST_ROI).locator('.field-error');
    await said.getByText('Must not exceed maxROIThreshold (2 %), it is 5 %.').waitFor();
    assert.equal(await control(page, LEAST_ROI).getAttribute('aria-invalid'), 'true');
    assert.equal(await row(page, HIGHEST_ROI).locator('.field-error').count(), 0, 'beside its own field alone');
    assert.deepEqual(await options(), before);

    await control(page, LEAST_ROI).fill('1');
    await said.waitFor({ state: 'detached' });
  });

  await t.test('two at once: the second is told, keeps its edit, merges and applies; history names both', async (t) => {
    const first = await openOptions(t, system, ADMIN_TOKEN);
    const second = await openOptions(t, system, OTHER_TOKEN);
    const before = await options();

    await control(second, OPEN_POSITIONS).fill('7');
    const late = await reviewed(second);
    await late.getByText('The dry run passed.').waitFor();
    // The second page does not hear of the other version before it has sent its own.
    const isOptions = (url: URL): boolean => url.pathname.endsWith('/inspector/inspector/options');
    await second.route(isOptions, (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));

    await control(first, DAILY_LOSS).fill('3');
    const early = await reviewed(first);
    await early.getByLabel(/^Reason/).fill('the first of two');
    await apply(early);

    const refused = second.waitForResponse((answer) => answer.request().method() === 'PUT');
    await late.getByLabel(/^Reason/).fill('the second of two');
    await late.getByRole('button', { name: /^Apply as version/ }).click();
    assert.equal((await refused).status(), 412);
    assert.equal(
      (await options()).options.riskManagement.maxOpenPositions,
      before.options.riskManagement.maxOpenPositions,
    );
    await second.unroute(isOptions);

    const conflict = second.getByRole('dialog', { name: /came into force while you were editing/ });
    await conflict.waitFor();
    await conflict.getByRole('table', { name: 'Changes of the other version' }).getByText('Max daily loss').waitFor();
    await conflict.getByRole('table', { name: 'Your changes' }).getByText('Max open positions').waitFor();
    await conflict.getByText('the first of two').waitFor();
    await conflict.getByRole('button', { name: /^Put mine on top of version/ }).click();
    assert.equal(await control(second, OPEN_POSITIONS).inputValue(), '7', 'the edit is kept');
    assert.equal(await control(second, DAILY_LOSS).inputValue(), '3', "the other's change is under it");
    await apply(await reviewed(second));
    const { version, options: merged } = await options();
    assert.equal(version, before.version + 2);
    assert.equal(merged.riskManagement.maxOpenPositions, 7);
    assert.equal(merged.riskManagement.maxDailyLossPercent, 3);

    await second.getByRole('button', { name: 'History' }).click();
    const history = second.getByRole('dialog', { name: 'Versions of the options' });
    const names = [await nameOf(system, ADMIN_TOKEN), await nameOf(system, OTHER_TOKEN)];
    assert.notEqual(names[0], names[1]);
    for (const [at, words] of [`the first of two`, 'the second of two'].entries()) {
      const entry = history.getByRole('listitem').filter({ hasText: `Version ${before.version + 1 + at}` });
      await entry.getByText(words).waitFor();
      // The Provider has asked in the name of the token's holder.
      await entry.getByText(new RegExp(`^${names[at]} via `)).waitFor();
    }
  });

  await t.test('an earlier version is taken as an edit, and is in force once that is applied', async (t) => {
    const page = await openOptions(t, system, ADMIN_TOKEN);
    const before = await options();
    await page.getByRole('button', { name: 'History' }).click();
    const history = page.getByRole('dialog', { name: 'Versions of the options' });
    const oldest = history.getByRole('listitem').last();
    await oldest.getByText('Version 1', { exact: true }).waitFor();
    await oldest.getByRole('button', { name: 'Edit back to it' }).click();
    await history.waitFor({ state: 'detached' });
    assert.deepEqual(await options(), before, 'nothing is applied by taking it');

    const review = await reviewed(page);
    assert.equal(await review.getByLabel(/^Reason/).inputValue(), 'Back to version 1.');
    await apply(review);
    const after = await options();
    assert.equal(after.version, before.version + 1);
    assert.deepEqual(after.options, atStart.options);
  });
});

async function openOptions(t: TestContext, { url }: RunningSystem, token: string): Promise<Page> {
  const { page } = await openPage(t);
  await page.goto(`${url}/#token=${token}`);
  await page.getByRole('link', { name: 'Options' }).click();
  await control(page, DAILY_LOSS).waitFor();
  return page;
}

const row = (page: Page, pointer: string): Locator => page.locator(`.options-row[data-pointer="${pointer}"]`);
const control = (page: Page, pointer: string): Locator => row(page, pointer).getByRole('textbox');

async function reviewed(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Review and try …' }).click();
  const review = page.getByRole('dialog', { name: /^Review \d+ change/ });
  await review.waitFor();
  return review;
}

async function apply(review: Locator): Promise<void> {
  await review.getByText('The dry run passed.').waitFor();
  await review.getByRole('button', { name: /^Apply as version/ }).click();
  await review.waitFor({ state: 'detached' });
}

async function nameOf({ url }: RunningSystem, token: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as SessionResponse).name;
}
