/** What has to work when nothing can be fetched any more: the kill switch opens, views open, and what failed comes back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';

/** The code of the last view is there when that of all is. */
const fetchedAhead = (page: Page) =>
  page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => /\/assets\/kill-view/.test(name)),
  );

test('a page whose code cannot be fetched any more', { skip: chromiumMissing() }, async (t) => {
  const system = await runningSystem(t);

  await t.test('opens the kill switch and every view after the server has gone', async (t) => {
    const { page } = await openPage(t);
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.goto(system.openUrl);
    await page.getByRole('region', { name: 'Governor' }).waitFor();
    await fetchedAhead(page);
    await system.kill();
    await page.getByText(/cannot be reached\. What is shown is from/).waitFor();

    await page.keyboard.press('Shift+K');
    const dialog = page.getByRole('dialog', { name: 'Kill switch' });
    await dialog.getByText(/close at the venue itself/).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    for (const key of ['2', '3', '4', '5', '6', '7', '8', '9', '1']) {
      await page.keyboard.press(key);
      await page.locator(`a[aria-current="page"][aria-keyshortcuts="${key}"]`).waitFor();
      assert.equal(await page.getByText(/could not be loaded|has failed/).count(), 0, `view ${key}`);
    }
    assert.deepEqual(faults, []);
    await system.restart();
    await page.getByText('Live', { exact: true }).waitFor();
  });

  await t.test('the kill switch is there before any view is', async (t) => {
    const { page } = await openPage(t);
    await page.route('**/assets/*-view-*', (route) => route.abort());
    await page.goto(system.openUrl);
    await page.getByText(/This view could not be loaded from the server/).waitFor();
    await page.keyboard.press('Shift+K');
    await page.getByRole('dialog', { name: 'Kill switch' }).waitFor();
  });

  await t.test('a view that could not be loaded opens by Try again, or when it is opened again', async (t) => {
    const { page } = await openPage(t);
    const said = page.getByText(/This view could not be loaded from the server/);
    await page.route('**/assets/{equity,market}-view-*', (route) => route.abort());
    await page.goto(system.openUrl);
    await page.getByRole('region', { name: 'Governor' }).waitFor();
    await page.keyboard.press('6');
    await said.waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await said.waitFor();
    await page.keyboard.press('7');
    await said.waitFor();

    await page.unroute('**/assets/{equity,market}-view-*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'Markets' }).waitFor();
    await page.keyboard.press('6');
    await said.waitFor({ state: 'detached' });
    await page.locator('main .equity').waitFor();
  });

  await t.test('a view that could not be loaded opens by itself when the connection is back', async (t) => {
    const { page } = await openPage(t);
    await page.route('**/assets/equity-view-*', (route) => route.abort());
    await page.goto(system.openUrl);
    await page.getByRole('region', { name: 'Governor' }).waitFor();
    await system.kill();
    await page.getByText(/cannot be reached\. What is shown is from/).waitFor();
    await page.keyboard.press('6');
    await page.getByText(/It is tried again when the connection is back/).waitFor();
    await page.unroute('**/assets/equity-view-*');
    await system.restart();
    await page.locator('main .equity').waitFor();
  });

  await t.test('a dialog that fails says where to close instead, and the page stays', async (t) => {
    const { page } = await openPage(t);
    await page.route('**/kill-switch/preview', (route) =>
      route.fulfill({ json: { scope: 'global', includeLegacy: false } }),
    );
    await page.goto(system.openUrl);
    await page.getByRole('region', { name: 'Governor' }).waitFor();
    await page.keyboard.press('8');
    await page.keyboard.press('Shift+K');
    const dialog = page.getByRole('dialog', { name: 'Kill switch' });
    await dialog.getByText('No preview. The kill works without one.').waitFor();
    assert.ok(await dialog.getByLabel('Type KILL ALL to confirm').isVisible());

    await page.route('**/risk/runtime-positions*', (route) => route.fulfill({ json: { count: 1, data: [null] } }));
    await dialog.getByRole('radio', { name: 'Account' }).click();
    const fault = page.getByRole('alertdialog', { name: 'Kill switch' });
    await fault.getByText(/cannot be shown\. Close at the venue itself/).waitFor();
    await fault.getByRole('button', { name: 'Close' }).click();
    await fault.waitFor({ state: 'detached' });
    assert.ok(await page.getByRole('navigation', { name: 'Views' }).isVisible());
  });
});
