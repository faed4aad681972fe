/** What somebody sees who opens the page for the first time, in a real browser on a real system. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriousViolations } from './testing/axe.ts';
import { chromiumMissing } from './testing/find-chromium.ts';
import { openPage } from './testing/open-page.ts';
import { ADMIN_TOKEN, runningSystem } from './testing/running-system.ts';

const skip = chromiumMissing();

test('the first visit', { skip }, async (t) => {
  const system = await runningSystem(t);

  await t.test('it shows the governor, a position and why the last request was refused', async (t) => {
    const { page, complaints } = await openPage(t);
    await page.goto(system.openUrl);

    await page.getByRole('region', { name: 'Governor' }).getByText('ALLOW', { exact: true }).waitFor();
    assert.ok(!page.url().includes(ADMIN_TOKEN), 'the token has left the address');
    await page.getByRole('table', { name: 'Open positions' }).getByText(/USDT$/).first().waitFor();
    const refusal = page.getByRole('region', { name: 'Last refusal' });
    await refusal
      .getByText(/refused|dropped/i)
      .first()
      .waitFor();
    const sentence = (await refusal.locator('.now-refusal-sentence').textContent()) ?? '';
    assert.match(sentence, /^[A-Z0-9].{10,}[.] ?$/, 'a whole sentence');
    await page.getByText('Live', { exact: true }).waitFor();

    const paints = await page.evaluate(() =>
      performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => Math.round(startTime)),
    );
    t.diagnostic(`first contentful paint after ${paints[0]} ms`);
    assert.deepEqual(await seriousViolations(page), []);
    assert.deepEqual(complaints, []);
  });

  await t.test(
    'limits stand with their arithmetic and the option that sets them, in both themes and on a phone',
    async (t) => {
      const { page, complaints } = await openPage(t, { colorScheme: 'light' });
      await page.goto(system.openUrl);
      await page.getByRole('link', { name: 'Headroom' }).click();
      await page
        .getByRole('table', { name: /Limits/ })
        .getByText('Daily loss')
        .click();
      const detail = page.getByRole('region', { name: 'Daily loss' });
      await detail.getByText(/at the day's start.*the limit is/).waitFor();
      assert.equal(
        await detail.getByRole('link', { name: 'riskManagement.maxDailyLossPercent' }).getAttribute('href'),
        '#/options?path=riskManagement.maxDailyLossPercent',
      );
      assert.deepEqual(await seriousViolations(page), []);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('dialog', { name: /Daily loss/ }).waitFor();
      assert.deepEqual(await seriousViolations(page), []);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.equal(overflow, 0, 'nothing is wider than the phone');
      assert.deepEqual(complaints, []);
    },
  );

  await t.test('without a token it asks for one, and a wrong one is refused in words', async (t) => {
    const { page } = await openPage(t);
    await page.goto(system.url);
    await page.getByLabel('Access token').fill('a-token-that-nobody-knows');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText(/not accepted here/).waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    await page.getByLabel('Access token').fill(ADMIN_TOKEN);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('region', { name: 'Governor' }).waitFor();
  });

  await t.test('the keyboard opens every view, and the way to the kill switch does nothing by itself', async (t) => {
    const { page } = await openPage(t);
    await page.goto(system.openUrl);
    await page.getByRole('region', { name: 'Governor' }).waitFor();
    for (const key of ['2', '3', '4', '5', '6', '7', '8', '9', '1']) {
      await page.keyboard.press(key);
      await page.locator(`a[aria-current="page"][aria-keyshortcuts="${key}"]`).waitFor();
      assert.equal(await page.getByText('This view has failed').count(), 0, `view ${key}`);
    }
    await page.keyboard.press('Shift+K');
    await page.getByRole('dialog', { name: /kill/i }).waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { killSwitch } = await system.read<{ killSwitch: { state: string } }>('/governor/state');
    assert.equal(killSwitch.state, 'IDLE');
  });
});
