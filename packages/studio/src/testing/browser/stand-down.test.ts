/** Entries shut and let in again by hand, from both views that offer it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GovernorState } from '@inspector/contract';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';

const skip = chromiumMissing();

test('standing down', { skip }, async (t) => {
  const system = await runningSystem(t);
  const { page, complaints } = await openPage(t);
  const standDown = async () => {
    const { locks } = await system.read<GovernorState>('/governor/state');
    return locks.find(({ code }) => code === 'STAND_DOWN_ACTIVE');
  };
  const asking = page.getByRole('dialog', { name: 'Stand down' });

  await t.test('begun at the governor with a reason, ended at the kill switch', async () => {
    await page.goto(system.openUrl);
    const governor = page.getByRole('region', { name: 'Governor' });
    await governor.getByRole('button', { name: 'Stand down' }).click();
    assert.ok(await asking.getByRole('button', { name: 'Stop new entries' }).isDisabled(), 'not without a reason');
    await asking.getByLabel('Reason').fill('news at noon');
    assert.equal(await standDown(), undefined);
    await asking.getByRole('button', { name: 'Stop new entries' }).click();
    await governor.getByRole('list', { name: 'Locks in force' }).getByText('Stand-down by hand').waitFor();
    const lock = await standDown();
    assert.equal(lock?.scope, 'global');
    assert.equal(lock?.reason, 'news at noon');
    assert.equal(lock?.until, null);

    await page.getByRole('link', { name: 'Kill switch' }).first().click();
    await page.getByRole('button', { name: 'End … Stand-down by hand on everything' }).click();
    const ending = page.getByRole('dialog', { name: 'End the stand-down' });
    await ending.getByRole('button', { name: 'Let entries in again' }).click();
    await ending.getByText('Say why; it stands in the record.').waitFor();
    assert.notEqual(await standDown(), undefined, 'not without a reason');
    await ending.getByLabel('Reason').fill('the news is out');
    await ending.getByRole('button', { name: 'Let entries in again' }).click();
    await page.getByText('No lock is on').waitFor();
    assert.equal(await standDown(), undefined);
  });

  await t.test('begun at the kill switch for an hour, ended at the governor', async () => {
    await page.getByRole('button', { name: 'Stand down …' }).click();
    await asking.getByRole('radio', { name: '1 h' }).click();
    await asking.getByLabel('Reason').fill('lunch');
    await asking.getByRole('button', { name: 'Stop new entries' }).click();
    await page.getByText(/^ends in/).waitFor();
    const lock = await standDown();
    assert.equal((lock?.until ?? 0) > (lock?.since ?? 0), true, 'it ends by itself');

    await page.getByRole('link', { name: 'Now' }).click();
    const locks = page.getByRole('list', { name: 'Locks in force' });
    await locks.getByRole('button', { name: 'End' }).click();
    const ending = page.getByRole('dialog', { name: 'End the lock: Stand-down by hand' });
    await ending.getByLabel('Reason').fill('back');
    await ending.getByRole('button', { name: 'End the stand-down' }).click();
    await locks.waitFor({ state: 'detached' });
    assert.equal(await standDown(), undefined);
  });

  assert.deepEqual(complaints, []);
});
