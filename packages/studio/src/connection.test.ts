/** A server that goes and comes back: the page says so, keeps what it has, and misses nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromiumMissing } from './testing/find-chromium.ts';
import { openPage, PAGE_LIMIT_MS } from './testing/open-page.ts';
import { runningSystem } from './testing/running-system.ts';

const skip = chromiumMissing();

test('a page whose server or token goes', { skip }, async (t) => {
  const system = await runningSystem(t);

  await t.test('a server that is not there at the start is waited for, and the page opens by itself', async (t) => {
    const { page } = await openPage(t);
    await page.route('**/api/session', (route) => route.abort());
    await page.goto(system.openUrl);
    await page.getByText(/No connection to the server/).waitFor();
    await page.unroute('**/api/session');
    await page.getByRole('region', { name: 'Governor' }).waitFor();
  });

  await t.test('a token that is withdrawn is asked for above the page, which stays as it is', async (t) => {
    const { page } = await openPage(t);
    await page.goto(system.openUrl);
    await page.getByRole('region', { name: 'Governor' }).waitFor();
    await page.route('**/api/**', (route) =>
      route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        body: '{"code":"UNAUTHORIZED","detail":"No."}',
      }),
    );
    const asking = page.getByRole('dialog', { name: 'Access token needed' });
    await asking.waitFor();
    assert.ok(await page.getByRole('region', { name: 'Governor', includeHidden: true }).isVisible());
    await page.unroute('**/api/**');
    await asking.getByLabel('Access token').fill('admin-token-of-the-tests-0123456789');
    await asking.getByRole('button', { name: 'Open' }).click();
    await asking.waitFor({ state: 'detached' });
    await page.getByText('Live', { exact: true }).waitFor();
  });

  await t.test('a lost server is said across the page, which goes on where it was', async (t) => {
    const { page } = await openPage(t);
    await page.goto(system.openUrl);
    const recordShown = page.getByText(/^record [\d,]+/);
    await recordShown.waitFor();

    await system.kill();
    await page.getByText(/cannot be reached\. What is shown is from/).waitFor();
    assert.ok(await page.getByRole('region', { name: 'Governor' }).isVisible(), 'what was known stays on the page');

    await system.restart();
    await page.getByText(/cannot be reached/).waitFor({ state: 'detached' });
    await page.getByText('Live', { exact: true }).waitFor();
    const { data } = await system.read<{ data: { seq: number }[] }>('/risk/audit?limit=1');
    const newest = data[0]?.seq ?? 0;
    await page.waitForFunction(
      (seq) => Number(/record ([\d,]+)/.exec(document.body.innerText)?.[1]?.replaceAll(',', '')) >= seq,
      newest,
      { timeout: PAGE_LIMIT_MS },
    );
  });
});
