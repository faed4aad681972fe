/** A venue that lets nothing through while everything is to be closed: the page says STUCK with what to do, and then flat. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFakeVenue } from '@inspector/fake-venue';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';
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
  await page.getByRole('region', { name: 'Governor' }).getByText('ALLOW', { exact: true }).waitFor();
  venue.owner.order({ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 0.02 });
  await page.getByRole('table', { name: 'Open positions' }).getByText('BTCUSDT').waitFor();
  await until('the venue has its stop and target', async () =>
    venue.account().conditionalOrders.length === 2 ? true : undefined,
  );

  venue.faults.serverErrors = true;
  await page.keyboard.press('Shift+K');
  const dialog = page.getByRole('dialog', { name: 'Kill switch' });
  await dialog.getByLabel('Reason').fill('the venue answers nothing');
  await dialog.getByLabel('Type KILL ALL to confirm').fill('KILL ALL');
  await dialog.getByRole('button', { name: 'Kill everything' }).click();
  const live = page.getByRole('region', { name: 'The kill that is on' });
  await live.getByRole('heading', { name: 'STUCK: not flat' }).waitFor();
  const advice = live.getByRole('alert');
  await advice.getByText(/venue/).first().waitFor();
  await advice.getByText(/goes on trying/).waitFor();
  await page.getByRole('status').filter({ hasText: 'STUCK' }).or(page.getByText('STUCK').first()).first().waitFor();
  assert.equal(venue.account().positions.length, 1);

  venue.faults.clear();
  await live.getByRole('heading', { name: 'VERIFIED FLAT' }).waitFor();
  const { positions, openOrders, conditionalOrders } = venue.account();
  assert.deepEqual([positions, openOrders, conditionalOrders], [[], [], []], 'and so it is');
  assert.equal(await live.getByRole('alert').count(), 0);
  assert.deepEqual(complaints, []);
});
