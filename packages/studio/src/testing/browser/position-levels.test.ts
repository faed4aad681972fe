/** Stop and target set by hand, and a position that was there before adopted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord, PositionRuntimeState } from '@inspector/contract';
import type { Locator, Page } from 'playwright-core';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { type RunningSystem, runningSystem } from '../running-system.ts';
import { openView } from './open-view.ts';
import { storedRecords } from './stored-records.ts';
import { until } from './until.ts';

const positionsOf = async (system: RunningSystem, ownership: 'runtime' | 'legacy'): Promise<PositionRuntimeState[]> =>
  (await system.read<{ data: PositionRuntimeState[] }>(`/risk/runtime-positions?ownership=${ownership}`)).data;

const isCovered = ({ status, stopLoss, markPrice, protection }: PositionRuntimeState): boolean =>
  status === 'open' && stopLoss !== null && markPrice !== null && protection.state === 'working';

/** The one that is farthest from its stop: it is still there when the test has done with it. */
const safest = (positions: readonly PositionRuntimeState[]): PositionRuntimeState | undefined =>
  positions.filter(isCovered).sort((a, b) => (b.stopDistancePct ?? 0) - (a.stopDistancePct ?? 0))[0];

/** With as many decimals as the stop in force: a price that the venue takes. */
const written = (price: number, like: number): string => price.toFixed(String(like).split('.')[1]?.length ?? 0);

async function openPosition(page: Page, { positionId, symbol, side }: PositionRuntimeState): Promise<Locator> {
  await page.evaluate((id) => {
    location.hash = `#/positions?id=${encodeURIComponent(id)}`;
  }, positionId);
  return page.getByRole('region', { name: `${symbol} ${side}` });
}

test('a position by hand', { skip: chromiumMissing() }, async (t) => {
  const system = await runningSystem(t);
  const { page, complaints } = await openPage(t);
  await page.goto(system.openUrl);
  await openView(page, 'Positions');
  /** Levels that were set by hand, newest first. */
  const movedTo = async (positionId: string, price: number): Promise<AuditRecord | undefined> =>
    (await storedRecords(system, { kind: 'PROTECTION_MOVED', positionId })).find(
      ({ data }) => (data as { price?: number }).price === price,
    );
  const covered = () => until('a position is protected', async () => safest(await positionsOf(system, 'runtime')));

  await t.test('its stop is tightened without a word, and loosened with a reason only', async () => {
    const position = await covered();
    const { positionId, symbol, side } = position;
    const panel = await openPosition(page, position);
    await panel.getByRole('button', { name: 'Stop and target …' }).click();
    const dialog = page.getByRole('dialog', { name: `Stop and target of ${symbol} ${side}` });
    const stop = position.stopLoss as number;
    const away = (position.markPrice as number) - stop;

    const tighter = written(stop + 0.1 * away, stop);
    await dialog.getByLabel('Stop').fill(tighter);
    await dialog.getByText(/Tighter: at risk/).waitFor();
    await dialog.getByRole('button', { name: 'Set the levels' }).click();
    await dialog.waitFor({ state: 'detached' });
    await until('the venue has the tighter stop', () => movedTo(positionId, Number(tighter)));

    await panel.getByRole('button', { name: 'Stop and target …' }).click();
    const looser = written(stop - 0.2 * away, stop);
    await dialog.getByLabel('Stop').fill(looser);
    await dialog.getByText(/Looser: at risk/).waitFor();
    const loosen = dialog.getByRole('button', { name: 'Loosen the stop' });
    assert.ok(await loosen.isDisabled(), 'not without a reason');
    assert.equal(await movedTo(positionId, Number(looser)), undefined);
    await dialog.getByLabel('Reason').fill('room for the news');
    await loosen.click();
    await dialog.waitFor({ state: 'detached' });
    await until('the venue has the looser stop', () => movedTo(positionId, Number(looser)));
    await page.getByRole('figure', { name: /stop [\d,.]+, moved \d+ times/ }).waitFor();
  });

  await t.test('a stop on the wrong side of the mark cannot be sent', async () => {
    const position = await covered();
    const { symbol, side, stopLoss, markPrice } = position;
    const panel = await openPosition(page, position);
    await panel.getByRole('button', { name: 'Stop and target …' }).click();
    const dialog = page.getByRole('dialog', { name: `Stop and target of ${symbol} ${side}` });
    const mark = markPrice as number;
    await dialog.getByLabel('Stop').fill(written(mark + 2 * (mark - (stopLoss as number)), stopLoss as number));
    await dialog.getByText(/It must be (below|above) the mark/).waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Set the levels' }).isDisabled());
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  assert.deepEqual(complaints, [], 'until the server is stopped');
  await t.test('one that was there before Inspector is legacy, left alone, and adopted by hand', async () => {
    await covered();
    await system.restart({ forgetting: true });
    const legacy = await until('what is open is legacy', async () => (await positionsOf(system, 'legacy'))[0]);
    const { positionId, symbol, side } = legacy;
    await page.goto(system.openUrl);
    await page.reload();
    await openView(page, 'Positions');
    const panel = await openPosition(page, legacy);
    await panel
      .getByText(/legacy/i)
      .first()
      .waitFor();
    assert.equal(await panel.getByRole('button', { name: 'Stop and target …' }).count(), 0);
    await panel.getByText('not bounded: no stop').waitFor();
    await page.getByText(/^\d+ without a stop, [\d,.]+\s?USD$/).waitFor();
    await panel.getByRole('button', { name: 'Adopt …' }).click();
    const dialog = page.getByRole('dialog', { name: `Adopt ${symbol} ${side}` });
    await dialog.getByLabel('Detector').fill('by-hand');
    await dialog.getByRole('button', { name: /^Adopt / }).click();
    await dialog.waitFor({ state: 'detached' });
    const opened = await until('it is on record as adopted', async () =>
      (await storedRecords(system, { positionId })).find(
        ({ kind, data }) => kind.startsWith('POSITION_') && (data as { ownership?: string }).ownership === 'runtime',
      ),
    );
    assert.equal((opened.data as { detectorSysname?: string }).detectorSysname, 'by-hand');
    await until('it is protected, or was closed because its stop had been passed', async () => {
      const still = (await positionsOf(system, 'runtime')).find((each) => each.positionId === positionId);
      return still === undefined || isCovered(still) || undefined;
    });
  });
});
