/** The page by keyboard alone: every view, and dialogs that give the focus back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';

/** More stops than any view has before what is looked for. */
const MOST_TABS = 250;
const titles = ['Now', 'Headroom', 'Positions', 'Decisions', 'Audit', 'Equity', 'Market', 'Options', 'Kill switch'];

const skip = chromiumMissing();

test('the keyboard alone', { skip }, async (t) => {
  const system = await runningSystem(t);
  const { page, complaints } = await openPage(t);
  const rail = page.getByRole('navigation', { name: 'Views' });

  await t.test('reaches every view from the load on', async () => {
    await page.goto(system.openUrl);
    await page.getByRole('region', { name: 'Governor' }).waitFor();
    for (const title of titles) {
      const link = rail.getByRole('link', { name: title });
      await tabTo(page, link);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      assert.equal(await link.getAttribute('aria-current'), 'page');
      assert.ok(await isFocused(link), `${title}: the focus stays where it was`);
    }
  });

  await t.test('opens a dialog, stays inside it, and comes back to where it was', async () => {
    await page.keyboard.press('1');
    const button = page.getByRole('region', { name: 'Governor' }).getByRole('button', { name: 'Stand down' });
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Stand down' });
    await dialog.waitFor();
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press('Tab');
      assert.ok(await holdsFocus(dialog), `stop ${stop} is inside`);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await focusComesTo(page, button);
  });

  await t.test('leaves the kill switch with nothing done, back at the button it came from', async () => {
    await page.keyboard.press('8');
    const button = page.getByRole('button', { name: 'History' });
    await tabTo(page, button);
    await page.keyboard.press('Shift+K');
    const kill = page.getByRole('dialog', { name: 'Kill switch' });
    await kill.waitFor();
    await tabTo(page, kill.getByRole('button', { name: 'Cancel' }));
    await page.keyboard.press('Enter');
    await kill.waitFor({ state: 'detached' });
    await focusComesTo(page, button);
    const { killSwitch } = await system.read<{ killSwitch: { state: string } }>('/governor/state');
    assert.equal(killSwitch.state, 'IDLE');

    await page.keyboard.press('Enter');
    const history = page.getByRole('dialog', { name: 'Versions of the options' });
    await history.waitFor();
    await page.keyboard.press('Escape');
    await history.waitFor({ state: 'detached' });
    await focusComesTo(page, button);
  });

  await t.test('opens the kill switch from whatever has the focus, but not while something is written', async () => {
    const kill = page.getByRole('dialog', { name: 'Kill switch' });
    const opensFrom = async (place: Locator) => {
      await place.first().focus();
      await page.keyboard.press('Shift+K');
      await kill.waitFor();
      await page.keyboard.press('Escape');
      await kill.waitFor({ state: 'detached' });
    };
    await page.keyboard.press('5');
    const severity = page.getByRole('combobox', { name: 'Severity' });
    const before = await severity.inputValue();
    await opensFrom(severity);
    assert.equal(await severity.inputValue(), before, 'no letter has chosen another');

    const text = page.locator('main input[type="search"], main input[type="text"], main input:not([type])').first();
    await text.focus();
    await page.keyboard.press('Shift+K');
    assert.equal(await text.inputValue(), 'K');
    assert.equal(await kill.count(), 0);
    await text.fill('');

    await page.getByRole('link', { name: 'Equity' }).click();
    await opensFrom(page.locator('main .choice-item'));
    await page.getByRole('link', { name: 'Options' }).click();
    await opensFrom(page.getByRole('switch'));
    await opensFrom(page.getByRole('button', { name: 'History' }));
  });

  assert.deepEqual(complaints, []);
});

const isFocused = (place: Locator): Promise<boolean> => place.evaluate((element) => element === document.activeElement);
const holdsFocus = (place: Locator): Promise<boolean> =>
  place.evaluate((element) => element.contains(document.activeElement));

/** Tab until the focus is there; only keys. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  await place.waitFor();
  for (let stops = 0; stops < MOST_TABS; stops += 1) {
    if (await isFocused(place)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${place} is not reached with Tab`);
}

/** A dialog gives the focus back once it has faded. */
async function focusComesTo(page: Page, place: Locator): Promise<void> {
  const element = await place.elementHandle();
  await page.waitForFunction((wanted) => wanted === document.activeElement, element);
}
