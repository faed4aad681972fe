/** A network that lets no socket through, and one that is slow: figures go on, late and said to be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';
import { until } from './until.ts';

/** Of the page, by what stands beside the trail. */
async function newestRecord(page: Page): Promise<number> {
  const text = (await page.getByText(/^record [\d,]+/).textContent()) ?? '';
  return Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));
}

/** As a network that lets no socket through, and no call to its address. The answer opens it again. */
async function shutChannel(page: Page): Promise<() => Promise<void>> {
  await page.route(/\/ws\//, (route) => route.abort());
  await page.addInitScript(() => {
    const { WebSocket: Real } = window;
    const shut = (address: string | URL): string => String(address).replace(/\/ws\/.*/, '/nowhere');
    const channel = { isShut: true };
    Object.assign(window, {
      channel,
      WebSocket: class extends Real {
        constructor(address: string | URL, protocols?: string | string[]) {
          super(channel.isShut ? shut(address) : address, protocols);
        }
      },
    });
  });
  return async () => {
    await page.unroute(/\/ws\//);
    await page.evaluate(() => {
      (window as unknown as { channel: { isShut: boolean } }).channel.isShut = false;
    });
  };
}

test('the event channel', { skip: chromiumMissing() }, async (t) => {
  const system = await runningSystem(t);
  const stored = async () => (await system.read<{ data: { seq: number }[] }>('/risk/audit?limit=1')).data[0]?.seq ?? 0;
  const reaches = (page: Page, seq: number) =>
    until(`the page shows record ${seq}`, async () => ((await newestRecord(page)) >= seq ? true : undefined));

  await t.test('that is not let through is said, and the page goes on by asking', async (t) => {
    const { page } = await openPage(t);
    await shutChannel(page);
    await page.goto(system.openUrl);
    await page.getByText('Polling', { exact: true }).waitFor();
    await page.getByText(/event channel is down/).waitFor();
    const before = await newestRecord(page);
    await until('something is recorded', async () => ((await stored()) > before ? true : undefined));
    await reaches(page, await stored());
  });

  await t.test('that comes back is taken up without a word from the reader', async (t) => {
    const { page } = await openPage(t);
    const open = await shutChannel(page);
    await page.goto(system.openUrl);
    await page.getByText('Polling', { exact: true }).waitFor();
    await open();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText(/event channel is down/).waitFor({ state: 'detached' });
  });

  await t.test(
    'that is slow, and answers too, leave the page whole: nothing blank, nothing that only turns',
    async (t) => {
      const { page, complaints } = await openPage(t);
      await page.route('**/api/**', async (route) => {
        await delay(1_000);
        await route.continue();
      });
      await page.routeWebSocket(/\/ws\//, (socket) => {
        const server = socket.connectToServer();
        server.onMessage((message) => void delay(1_000).then(() => socket.send(message)));
      });
      await page.goto(system.openUrl);
      await page.getByRole('region', { name: 'Governor' }).getByText('ALLOW', { exact: true }).waitFor();
      await reaches(page, await stored());
      assert.deepEqual(complaints, []);
    },
  );
});
