/** Every view on a narrow phone, in both themes: it opens, is not wider than the phone, and can be used by everybody. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { seriousViolations } from '../axe.ts';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';
import { storedRecords } from './stored-records.ts';
import { until } from './until.ts';

const phone = { width: 360, height: 780 };

/** By how many px the page, and the place of the view in it, are wider than they may be. */
const overflowOf = (page: Page) =>
  page.evaluate(() => {
    const view = document.querySelector('main');
    return {
      page: Math.max(0, document.documentElement.scrollWidth - innerWidth),
      body: Math.max(0, document.body.scrollWidth - innerWidth),
      view: view === null ? Number.NaN : Math.max(0, view.scrollWidth - view.clientWidth),
    };
  });

/** What is tapped and smaller than a finger needs, or not wholly inside the phone, a line each. */
const hardToTap = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((all) =>
    all.flatMap((element) => {
      const { width, height, left, right } = element.getBoundingClientRect();
      const isWhole = left >= 0 && right <= innerWidth && element.scrollWidth <= element.clientWidth;
      return width >= 40 && height >= 40 && isWhole ? [] : [`${element.textContent}: ${width} × ${height}`];
    }),
  );

test('the page on a phone', { skip: chromiumMissing() }, async (t) => {
  const system = await runningSystem(t);
  await until('there is something to show', async () => {
    const kinds = new Set((await storedRecords(system)).map(({ kind }) => kind));
    return (kinds.has('POSITION_OPENED') && kinds.has('REQUEST_DECIDED')) || undefined;
  });
  for (const colorScheme of ['dark', 'light'] as const) {
    await t.test(`${colorScheme}`, async (t) => {
      const { page, complaints } = await openPage(t, { viewport: phone, hasTouch: true, colorScheme });
      await page.goto(system.openUrl);
      const links = page.getByRole('navigation', { name: 'Views' }).getByRole('listitem').getByRole('link');
      await links.first().waitFor();
      const names = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      assert.equal(names.length, 9);
      for (const href of names) {
        await t.test(`${href}`, async () => {
          await page.locator(`nav a[href="${href}"]:not(.rail-brand)`).click();
          await page.locator(`nav a[href="${href}"][aria-current="page"]`).waitFor();
          // What is read at first is there, or says why not.
          await page.waitForFunction(() => document.querySelector('main .skeleton') === null);
          assert.equal(await page.getByText('This view has failed').count(), 0);
          assert.deepEqual(await overflowOf(page), { page: 0, body: 0, view: 0 });
          assert.deepEqual(await seriousViolations(page), []);
        });
      }
      await t.test('has every view in sight and wide enough for a finger', async () => {
        for (const width of [360, 390]) {
          await page.setViewportSize({ ...phone, width });
          assert.deepEqual(await hardToTap(page, '.rail-link, .strip .button, .strip-governor'), []);
        }
      });
      await t.test('shows in the dialog of the kill switch what is on and what is off', async () => {
        await page.keyboard.press('Shift+K');
        const dialog = page.getByRole('dialog', { name: 'Kill switch' });
        await dialog.waitFor();
        const track = dialog.locator('.switch-track');
        const drawn = () => track.evaluate((element) => getComputedStyle(element).backgroundColor);
        const { width = 0, height = 0 } = (await track.boundingBox()) ?? {};
        assert.deepEqual({ width, height }, { width: 30, height: 17 });
        const off = await drawn();
        await dialog.locator('.switch').click();
        await dialog.locator('.switch[data-selected]').waitFor();
        await page.waitForTimeout(200);
        assert.notEqual(await drawn(), off);
        assert.deepEqual(await hardToTap(page, '[role=dialog] .switch, [role=dialog] .button, .choice-item'), []);
      });
      assert.deepEqual(complaints, []);
    });
  }
});
