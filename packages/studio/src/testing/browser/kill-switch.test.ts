/** The kill switch from the page: from the key to what the venue shows, its report, and re-arming. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GovernorState, IncidentResponse, KillPreviewResponse, OptionsResponse } from '@inspector/contract';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { ADMIN_TOKEN, runningSystem } from '../running-system.ts';
import { until } from './until.ts';

const skip = chromiumMissing();

test('the kill switch is tripped, shown flat, reported and re-armed', { skip }, async (t) => {
  const system = await runningSystem(t);
  const { page, complaints } = await openPage(t);
  const killState = async () => (await system.read<GovernorState>('/governor/state')).killSwitch;
  const preview = async () =>
    (await system.send('POST', '/kill-switch/preview', { scope: 'global', includeLegacy: false }))
      .body as KillPreviewResponse;
  const dialog = page.getByRole('dialog', { name: 'Kill switch' });

  await t.test('Shift+K opens it above another view, with what would be cancelled and closed', async () => {
    await page.goto(system.openUrl);
    await page.getByRole('link', { name: 'Positions' }).click();
    await page.getByRole('table', { name: 'Open positions' }).waitFor();
    await until('orders and positions are open', async () => {
      const { orders, positions } = await preview();
      return orders.length > 0 && positions.length > 0 ? true : undefined;
    });
    await page.keyboard.press('Shift+K');
    await dialog.waitFor();
    assert.match(page.url(), /#\/positions/, 'the view stays');

    const shown = dialog.getByRole('region', { name: 'Preview' });
    await shown.getByRole('table', { name: 'Positions that would be closed' }).getByText(/USDT/).first().waitFor();
    const order = shown
      .getByRole('table', { name: 'Orders that would be cancelled' })
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: /^(Stop|Target)$/ }) })
      .first();
    await order.getByRole('rowheader', { name: /USDT (BUY|SELL)$/ }).waitFor();
    await order
      .getByRole('cell')
      .nth(1)
      .getByText(/^[\d.,]+$/)
      .waitFor();
    await order
      .getByRole('cell')
      .nth(2)
      .getByText(/^triggers at [\d.,]+$/)
      .waitFor();
  });

  await t.test('another word than the one asked for does nothing', async () => {
    const word = dialog.getByLabel('Type KILL ALL to confirm');
    const button = dialog.getByRole('button', { name: 'Kill everything' });
    await dialog.getByLabel('Reason').fill('the feed is wrong');
    for (const wrong of ['', 'KILL', 'KILL AL', 'KILL ALLL', 'KILLALL']) {
      await word.fill(wrong);
      assert.ok(await button.isDisabled(), wrong);
      await word.press('Enter');
    }
    assert.ok(await dialog.isVisible());
    assert.equal((await killState()).state, 'IDLE');
  });

  await t.test('the right word kills: every phase is seen until the venue shows flat', async () => {
    let answerReport = () => {};
    const isHeld = new Promise<void>((resolve) => {
      answerReport = resolve;
    });
    await page.route('**/kill-switch/incidents/*', async (route) => {
      await isHeld;
      await route.continue();
    });
    await dialog.getByLabel('Type KILL ALL to confirm').fill('KILL ALL');
    await dialog.getByRole('button', { name: 'Kill everything' }).click();
    await dialog.waitFor({ state: 'detached' });
    const live = page.getByRole('region', { name: 'The kill that is on' });
    await live.getByRole('heading', { name: 'VERIFIED FLAT' }).waitFor();
    await live.getByText(/^Flat after\s*–$/).waitFor();
    assert.equal(await live.getByText(/to come|0 ms/).count(), 0, 'no phase is claimed before the report is read');
    answerReport();
    for (const phase of ['Triggered', 'Blocked', 'Cancelling', 'Closing', 'Verified flat']) {
      await live.getByRole('listitem').filter({ hasText: phase }).getByText(/^\+ /).waitFor();
    }
    assert.equal((await killState()).state, 'VERIFIED_FLAT');
    const { orders, positions } = await preview();
    assert.deepEqual({ orders, positions }, { orders: [], positions: [] });
  });

  await t.test('the report shows the phases and what the venue showed', async () => {
    await page.getByRole('button', { name: 'Incident report' }).click();
    const report = page.getByRole('dialog', { name: /^Incident/ });
    const timeline = report.getByRole('table', { name: 'Timeline' });
    for (const phase of ['TRIGGERED', 'BLOCKED', 'CANCELLING', 'CLOSING', 'VERIFIED FLAT']) {
      await timeline.getByRole('rowheader', { name: phase, exact: true }).first().waitFor();
    }
    await report.getByText(/0 positions and 0 orders in scope at/).waitFor();
    await report.getByText(/“the feed is wrong”/).waitFor();
    await page.keyboard.press('Escape');
    await report.waitFor({ state: 'detached' });
  });

  await t.test('it is re-armed with a reason and a second person, and not without', async () => {
    const { incidentId } = await killState();
    const live = page.getByRole('region', { name: 'The kill that is on' });
    const { version } = await system.read<OptionsResponse>('/options');
    const asked = await page.request.put(`${system.url}/api/inspectors/inspector/inspector/options`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'if-match': `"${version}"` },
      data: { options: { general: { requireSecondActor: true } } },
    });
    assert.equal(asked.status(), 200);
    await live.getByText(/The name is recorded and not verified by Inspector/).waitFor();
    await live.getByRole('button', { name: 'Re-arm' }).click();
    await live.getByText('Say why; it stands in the record.').waitFor();
    assert.equal((await killState()).state, 'VERIFIED_FLAT');

    await live.getByLabel('Reason').fill('the feed is right again');
    await live.getByLabel('Second person who agrees').fill('berta');
    await live.getByRole('button', { name: 'Re-arm' }).click();
    await page.getByRole('region', { name: 'State of the kill switch' }).getByText('Ready', { exact: true }).waitFor();
    assert.equal((await killState()).state, 'REARMED');
    const incident = await system.read<IncidentResponse>(`/kill-switch/incidents/${incidentId}`);
    assert.equal(incident.phase, 'REARMED');
    assert.notEqual(incident.rearmedAt, null);
  });

  assert.deepEqual(complaints, []);
});
