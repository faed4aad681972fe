/** A token that may only read: nothing else is offered, and the server refuses it as well. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GovernorState, OptionsResponse, PositionRuntimeState } from '@inspector/contract';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';
import { tokenSetting } from './second-token.ts';
import { until } from './until.ts';

const VIEWER_TOKEN = 'viewer-token-of-the-tests-0123456789';
/** Names of the buttons that change something, wherever they stand. */
const commands =
  /^(Close …|Adopt …|Stop and target …|Stand down.*|End( ….*)?|Re-arm.*|Kill everything.*|(An account|A symbol|A detector) …|Widen it …|Review and try …|Discard|Edit back to it)$/;

const skip = chromiumMissing();

test('a viewer', { skip }, async (t) => {
  const system = await runningSystem(t, tokenSetting('viewer', VIEWER_TOKEN));
  const state = () => system.read<GovernorState>('/governor/state');
  const open = await until('a position is open', async () => {
    const { data } = await system.read<{ data: PositionRuntimeState[] }>('/risk/runtime-positions?ownership=all');
    return data[0];
  });
  // A lock, so that ending it could be offered.
  const shut = await system.send('POST', '/system/standdown', {
    enabled: true,
    scope: 'side:paper:futures:XRPUSDT:LONG',
    reason: 'test',
  });
  assert.ok(shut.status < 300, JSON.stringify(shut.body));

  await t.test('sees every view and no command in any', async (t) => {
    const { page } = await openPage(t);
    await page.goto(`${system.url}/#token=${VIEWER_TOKEN}`);
    await page.getByRole('list', { name: 'Locks in force' }).waitFor();
    const offered = () => page.getByRole('button', { name: commands }).allTextContents();
    for (const key of ['1', '2', '3', '4', '5', '6', '7', '8', '9']) {
      await page.keyboard.press(key);
      await page.locator(`a[aria-current="page"][aria-keyshortcuts="${key}"]`).waitFor();
      assert.deepEqual(await offered(), [], `view ${key}`);
    }

    await page.getByText('You are viewer: an operator or an admin trips it.').waitFor();
    await page.getByText('You are viewer: an operator or an admin stands down and re-arms.').waitFor();
    assert.deepEqual(await offered(), [], 'kill switch');
    await page.keyboard.press('8');
    await page.getByText(/Read only: options are changed by an admin, you are viewer/).waitFor();
    assert.equal(
      await page.locator('.options-row input:not([readonly]):not([disabled])').count(),
      0,
      'no field takes a value',
    );
    assert.deepEqual(await offered(), [], 'options');
    await page.keyboard.press('3');
    await page.getByRole('table', { name: 'Open positions' }).getByText(/USDT/).first().click();
    await page.getByText(/^The role of this token, viewer, reads\./).waitFor();
    assert.deepEqual(await offered(), [], 'a position');
  });

  await t.test('is not offered what the same look finds for an admin', async (t) => {
    const { page } = await openPage(t);
    await page.goto(system.openUrl);
    await page.getByRole('list', { name: 'Locks in force' }).waitFor();
    const command = page.getByRole('button', { name: commands }).first();
    for (const key of ['1', '8', '9', '3']) {
      await page.keyboard.press(key);
      await page.locator(`a[aria-current="page"][aria-keyshortcuts="${key}"]`).waitFor();
      if (key === '3') await page.getByRole('table', { name: 'Open positions' }).getByText(/USDT/).first().click();
      await command.waitFor();
    }
  });

  await t.test('comes to the page of the kill switch by its key, where the dialog takes no word', async (t) => {
    const { page } = await openPage(t);
    await page.goto(`${system.url}/#token=${VIEWER_TOKEN}`);
    await page.getByRole('region', { name: 'Governor' }).waitFor();
    await page.keyboard.press('Shift+K');
    await page.getByRole('button', { name: 'See what a kill would do …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Kill switch' });
    await dialog.getByText(/You are viewer\./).waitFor();
    await dialog
      .getByRole('region', { name: 'Preview' })
      .getByText(/estimated cost/i)
      .first()
      .waitFor();
    assert.ok(await dialog.getByLabel('Type KILL ALL to confirm').isDisabled());
    assert.ok(await dialog.getByRole('button', { name: 'Kill everything' }).isDisabled());
  });

  await t.test('is refused by the server when it asks by itself', async () => {
    const before = await system.read<OptionsResponse>('/options');
    const { positionId } = open;
    const reason = 'test';
    const calls: [string, string, unknown][] = [
      ['POST', '/kill-switch/trigger', { scope: 'global', reason, confirm: true }],
      ['POST', '/system/standdown', { enabled: true, scope: 'global', reason }],
      ['POST', `/risk/positions/${encodeURIComponent(positionId)}/close`, { reason }],
      ['PUT', '/options', { options: { riskManagement: { maxDailyLossPercent: 50 } }, reason }],
    ];
    for (const [method, path, body] of calls) {
      const answer = await fetch(`${system.url}/api/inspectors/inspector/inspector${path}`, {
        method,
        headers: {
          authorization: `Bearer ${VIEWER_TOKEN}`,
          'content-type': 'application/json',
          'if-match': `"${before.version}"`,
        },
        body: JSON.stringify(body),
      });
      assert.equal(answer.status, 403, path);
      assert.equal(((await answer.json()) as { code: string }).code, 'FORBIDDEN', path);
    }
    assert.deepEqual(await system.read<OptionsResponse>('/options'), before);
    const { killSwitch, locks } = await state();
    assert.equal(killSwitch.state, 'IDLE');
    assert.equal(
      locks.some(({ scope }) => scope === 'global'),
      false,
    );
  });
});
