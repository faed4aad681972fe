/** A venue that lets nothing through while everything is to be closed: the page says STUCK with what to do, and then flat. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFakeVenue } from '@inspector/fake-venue';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';
import { openView } from './open-view.ts';
import { until } from './until.ts';

test('an incident that is stuck', { skip: chromiumMissing() }, async (t) => {
  const venue = await startFakeVenue();
  t.after(() => venue.stop());
  const system = await runningSystem(t, {
    CONNECTORS: 'ccxt:binance:futures',
    CCXT_BINANCE_URL: venue.url,
    CCXT_BINANCE_API_KEY: 'fake-key',
    CCXT_BINANCE_SECRET: 'fake-secret',
  });
  const { page, complaints } = await openPage(t);
  await page.goto(system.openUrl);
  const governor = page.getByRole('region', { name: 'Governor' });
  await governor.getByText('ALLOW', { exact: true }).waitFor();
  venue.owner.order({ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 0.02 });
  await page.getByRole('table', { name: 'Open positions' }).getByText('BTCUSDT').waitFor();
  await until('the venue has its stop and target', async () =>
    venue.account().conditionalOrders.length === 2 ? true : undefined,
  );
  venue.owner.order({ symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', price: 50_000, quantity: 0.01 });
  await until("the owner's order is on record", async () => {
    const { data } = await system.read<{ data: { symbol?: string }[] }>('/risk/audit?kind=ORDER_RESULT&code=NEW');
    return data.length >= 3 || undefined;
  });

  venue.faults.refuse = 'maintenance';
  await page.keyboard.press('Shift+K');
  const dialog = page.getByRole('dialog', { name: 'Kill switch' });
  await dialog.getByLabel('Reason').fill('the venue answers nothing');
  await dialog.getByLabel('Type KILL ALL to confirm').fill('KILL ALL');
  await dialog.getByRole('button', { name: 'Kill everything' }).click();
  const live = page.getByRole('region', { name: 'The kill that is on' });
  await live.getByRole('heading', { name: 'STUCK: not flat' }).waitFor();

  await t.test('the venue is said to be silent since its last answer, not to show something', async () => {
    const notice = live.getByRole('alert');
    await notice.getByText(/The venue does not answer\. binance:futures last answered at \d\d:\d\d:\d\d\./).waitFor();
    await notice.getByText(/As last known, 1 position and 3 orders are left/).waitFor();
    assert.equal(await notice.getByText(/shows/).filter({ hasText: 'position' }).count(), 0);
    await notice.getByText(/goes on trying/).waitFor();
    assert.equal(venue.account().positions.length, 1);
  });

  await t.test('what is left is listed, so that a person can end it at the venue', async () => {
    const positions = live.getByRole('table', { name: 'Positions that are left' });
    await positions.getByRole('row', { name: /BTCUSDT LONG .* 0\.02 [\d,.]+\s?USD/ }).waitFor();
    const orders = live.getByRole('table', { name: 'Orders that are left' });
    for (const kind of ['Stop', 'Target']) {
      await orders
        .getByRole('row', { name: new RegExp(`BTCUSDT SELL .* 0\\.02 ${kind} triggers at [\\d,.]+`) })
        .waitFor();
    }
    await orders.getByRole('row', { name: /BTCUSDT BUY .* 0\.01 Limit limit 50,000/ }).waitFor();
  });

  await t.test('the venue’s own words are shown in full', async () => {
    await live
      .getByRole('region', { name: 'The venue’s own words' })
      .getByText(/This service is no longer available\..*exits are tried again$/)
      .waitFor();
  });

  await t.test('a phase with something left is under way and not done', async () => {
    const step = (name: string) => live.getByRole('listitem').filter({ hasText: name });
    await step('Cancelling').getByText('stuck, 3 left').waitFor();
    await step('Closing').getByText('stuck, 1 left').waitFor();
    await step('Blocked').getByText(/^\+ /).waitFor();
  });

  await t.test('the governor waits for the venue first, and then for a person', async () => {
    await openView(page, 'Now');
    await governor.getByText('the venue shows flat and somebody re-arms it').waitFor();
    await page.getByRole('link', { name: 'Kill switch' }).first().click();
  });

  venue.faults.clear();
  await live.getByRole('heading', { name: 'VERIFIED FLAT' }).waitFor();
  const { positions, openOrders, conditionalOrders } = venue.account();
  assert.deepEqual([positions, openOrders, conditionalOrders], [[], [], []], 'and so it is');
  assert.equal(await live.getByRole('alert').count(), 0);
  await openView(page, 'Now');
  await governor.getByText('somebody re-arms it', { exact: true }).waitFor();
  assert.deepEqual(complaints, []);
});
