/** The token on the page: asked for when it is wrong, out of the address, and forgotten with the session. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { ADMIN_TOKEN, runningSystem } from '../running-system.ts';

const skip = chromiumMissing();

test("the page's token", { skip }, async (t) => {
  const system = await runningSystem(t);

  await t.test('a wrong one in the address is refused in words, asked for, and not kept', async (t) => {
    const { page } = await openPage(t);
    await page.goto(`${system.url}/#token=a-token-that-nobody-knows`);
    await page.getByText(/not accepted here/).waitFor();
    assert.equal(page.url(), `${system.url}/`);
    assert.deepEqual(await kept(page), []);
    assert.equal(await page.getByRole('navigation').count(), 0, 'nothing of the page is shown');

    await page.getByLabel('Access token').fill('another-that-nobody-knows');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText(/not accepted here/).waitFor();
    await page.getByLabel('Access token').fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Governor' }).waitFor();
  });

  await t.test(
    'the right one leaves the address and its history, lasts over a reload, and ends with the tab',
    async (t) => {
      const { page } = await openPage(t);
      await page.goto(system.openUrl);
      await page.getByRole('region', { name: 'Governor' }).waitFor();
      assert.equal(page.url().includes(ADMIN_TOKEN), false);
      await page.getByRole('link', { name: 'Headroom' }).click();
      await page.goBack();
      await page.getByRole('region', { name: 'Governor' }).waitFor();
      assert.equal(page.url().includes(ADMIN_TOKEN), false, 'going back does not show it');
      await page.reload();
      await page.getByRole('region', { name: 'Governor' }).waitFor();

      const stored = JSON.stringify(await page.context().storageState());
      assert.equal(stored.includes(ADMIN_TOKEN), false, 'in no cookie and no lasting store');
      const other = await page.context().newPage();
      await page.close();
      await other.goto(system.url);
      await other.getByLabel('Access token').waitFor();
      assert.deepEqual(await kept(other), []);
    },
  );

  await t.test('who leaves takes it along', async (t) => {
    const { page } = await openPage(t);
    await page.goto(system.openUrl);
    await page.getByRole('button', { name: /: theme and token$/ }).click();
    await page.getByRole('menuitem', { name: 'Use another token' }).click();
    await page.getByLabel('Access token').waitFor();
    assert.deepEqual(await kept(page), []);
    await page.reload();
    await page.getByLabel('Access token').waitFor();
  });
});

/** What the browser holds that could be a token. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...Object.values(sessionStorage), ...Object.values(localStorage)].filter((value) => /token|nobody/.test(value)),
  );
