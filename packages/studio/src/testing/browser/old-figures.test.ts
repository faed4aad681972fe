/** Figures that are old say so, each for itself: other answers that come do not make them true. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';

/** Longer than figures may be shown without a word. */
const SLOW_MS = 7_000;

test('figures that are old', { skip: chromiumMissing() }, async (t) => {
  const system = await runningSystem(t);

  await t.test('of one slow query say from when they are, and the page is not called live', async (t) => {
    const { page } = await openPage(t);
    const strip = page.getByRole('banner');
    await page.goto(system.openUrl);
    await strip.getByText('Live', { exact: true }).waitFor();
    await page.route('**/risk/kpi*', async (route) => {
      await delay(SLOW_MS);
      await route.continue().catch(() => {});
    });
    await strip.getByText('Late', { exact: true }).waitFor();
    await strip.getByText(/^Equity from \d/).waitFor();
    assert.equal(await strip.getByText('Live', { exact: true }).count(), 0);
    assert.equal(await strip.getByText(/^Positions from/).count(), 0, 'what is fresh is not called old');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await strip.getByText('Live', { exact: true }).waitFor();
    await strip.getByText(/^Equity from/).waitFor({ state: 'detached' });
  });

  await t.test('of a slow line are called stale although answers come all the time', async (t) => {
    const { page } = await openPage(t);
    await page.goto(system.openUrl);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.route('**/api/**', async (route) => {
      await delay(SLOW_MS);
      await route.continue().catch(() => {});
    });
    await page.getByText('Stale', { exact: true }).waitFor();
    await page.getByText(/Answers come late or not at all/).waitFor();
    // Two answers to each question come meanwhile.
    const end = Date.now() + 1.5 * SLOW_MS;
    while (Date.now() < end) {
      assert.equal(await page.getByText('Live', { exact: true }).count(), 0);
      await delay(200);
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  await t.test('leave the governor on the strip without its green and its tick', async (t) => {
    const { page } = await openPage(t);
    const governor = page.getByRole('banner').getByRole('link', { name: /^Governor: ALLOW/ });
    await page.goto(system.openUrl);
    await governor.waitFor();
    const drawn = () => governor.locator('svg path').getAttribute('d');
    const tick = await drawn();
    await page.locator('.strip-governor.tone-good').waitFor();
    await system.kill();
    await page.getByText(/cannot be reached\. What is shown is from/).waitFor();
    assert.equal(await page.locator('.strip .tone-good').count(), 0);
    assert.notEqual(await drawn(), tick);
    await governor.getByText(/from \d/).waitFor();
  });
});
