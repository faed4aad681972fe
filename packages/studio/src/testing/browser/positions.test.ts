/** A position is seen with its protection, and closed by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PositionRuntimeState } from '@inspector/contract';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { type RunningSystem, runningSystem } from '../running-system.ts';
import { openView } from './open-view.ts';
import { storedRecords } from './stored-records.ts';
import { until } from './until.ts';

const readPositions = async (system: RunningSystem): Promise<PositionRuntimeState[]> =>
  (await system.read<{ data: PositionRuntimeState[] }>('/risk/runtime-positions')).data;

const isCovered = ({ status, stopLoss, protection }: PositionRuntimeState): boolean =>
  status === 'open' && stopLoss !== null && protection.state === 'working';

/** The price in `Stop 63,960.3 fixed, 0.3 % away`; undefined where there is none. */
const priceIn = (text: string | null): number | undefined => {
  const found = /[\d,]+(?:\.\d+)?/.exec(text ?? '');
  return found === null ? undefined : Number(found[0].replaceAll(',', ''));
};

test('an open position is shown with stop and protection, and closed from the page', {
  skip: chromiumMissing(),
}, async (t) => {
  const system = await runningSystem(t);
  const { positionId, symbol, side } = await until('a position is protected', async () =>
    (await readPositions(system)).find(isCovered),
  );
  const atServer = async () => (await readPositions(system)).find((position) => position.positionId === positionId);
  const { page, complaints } = await openPage(t);
  await page.goto(system.openUrl);
  await openView(page, 'Positions');

  const row = page.getByRole('table', { name: 'Open positions' }).getByRole('row').filter({ hasText: symbol });
  await row.getByText('Protected').waitFor();
  await row.getByText(/ covered$/).waitFor();
  await row.click();
  assert.match(page.url(), new RegExp(`id=${encodeURIComponent(positionId).replaceAll('.', '\\.')}`));
  const panel = page.getByRole('region', { name: `${symbol} ${side}` });
  const protection = panel.getByRole('region', { name: 'Protection' });
  await protection.getByText('The venue has confirmed a stop for the whole quantity.').waitFor();
  const stop = protection.locator('dl > div').filter({ hasText: /^Stop/ }).locator('dd');
  await until('the stop of the page is that of the server, wherever it trails', async () => {
    const shown = priceIn(await stop.textContent());
    return (shown !== undefined && shown === (await atServer())?.stopLoss) || undefined;
  });

  await panel.getByRole('button', { name: 'Close …' }).click();
  const dialog = page.getByRole('dialog', { name: `Close ${symbol} ${side}` });
  const taken = dialog.getByText(/At the mark this takes/);
  await taken.waitFor();
  await dialog.getByLabel('Quantity').fill('99999');
  await dialog.getByText(/^Only .* is open\.$/).waitFor();
  assert.equal(await taken.count(), 0, 'what cannot be closed takes nothing');
  await dialog.getByLabel('Quantity').fill('');
  await dialog.getByLabel('Reason').fill('closed by the test');
  await dialog.getByRole('button', { name: new RegExp(`^Close [\\d.,]+ ${symbol} ${side}$`) }).click();
  await dialog.waitFor({ state: 'detached' });
  await panel
    .getByRole('status')
    .filter({ hasText: 'Closed' })
    .getByText(/operator/)
    .waitFor();

  const [closed] = await storedRecords(system, { kind: 'POSITION_CLOSED', positionId });
  assert.equal(closed?.code, 'OPERATOR');
  assert.equal(await atServer(), undefined, 'it is no longer open');
  assert.deepEqual(complaints, []);
});
