/** Markets and equity as the page shows them, against what REST answers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KpiSnapshot } from '@inspector/contract';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';
import { openView } from './open-view.ts';
import { until } from './until.ts';

const numberIn = (text: string | null): number =>
  Number(/-?[\d,]+(?:\.\d+)?/.exec((text ?? '').replace('−', '-'))?.[0].replaceAll(',', ''));

test('figures of market and account', { skip: chromiumMissing() }, async (t) => {
  const system = await runningSystem(t);
  const { page, complaints } = await openPage(t);
  await page.goto(system.openUrl);

  await t.test('each market has price, spread, book and depth, and its candles and records beside it', async () => {
    await openView(page, 'Market');
    const row = page.getByRole('row').filter({ hasText: 'BTCUSDT' });
    await row
      .getByText(/mark|last|mid/i)
      .first()
      .waitFor();
    await until('the price of the page is that of the server', async () => {
      const prices = await system.read<Record<string, { price: number }>>('/risk/prices');
      const atServer = prices['paper:futures:BTCUSDT']?.price ?? Number.NaN;
      const shown = numberIn(await row.locator('.market-price').textContent());
      // It moves between the two looks.
      return Math.abs(shown / atServer - 1) < 0.001 || undefined;
    });
    const cells = await row.getByRole('cell').allTextContents();
    assert.ok(
      cells.some((text) => /^0\.\d+\s*%$/.test(text.trim())),
      `a spread is in ${cells.join(' | ')}`,
    );
    assert.ok(
      cells.some((text) => /\d[\d.]*\s?[KM]?\s*USD$/.test(text.trim())),
      `a depth is in ${cells.join(' | ')}`,
    );
    await row.click();
    await page.getByRole('region', { name: 'Recorded of this market' }).waitFor();
    await page.getByRole('figure', { name: /^Candles of BTCUSDT/ }).waitFor();
    assert.match(page.url(), /symbol=/);
  });

  await t.test('a limit without a row is listed as off, with the option that sets it', async () => {
    await openView(page, 'Headroom');
    await page.getByRole('table', { name: 'Limits, the nearest first' }).getByText('Drawdown').waitFor();
    const off = page.getByRole('region', { name: 'Limits that are off' });
    assert.equal(await off.getByRole('link', { name: 'Drawdown' }).count(), 0);
    await off.getByRole('link', { name: 'ROI range' }).click();
    await page.waitForURL(/#\/options\?path=strategyLogic\.minROIThreshold/);
  });

  await t.test('equity is that of the account, as a chart and as a table, and a lock stands beside it', async () => {
    const shut = await system.send('POST', '/system/standdown', { enabled: true, scope: 'global', reason: 'a test' });
    assert.ok(shut.status < 300);
    await openView(page, 'Equity');
    await until('the equity of the page is that of the server', async () => {
      const kpi = await system.read<KpiSnapshot>('/risk/kpi');
      const shown = numberIn(await page.locator('.equity-figures .equity-value').first().textContent());
      return Math.abs(shown - (kpi.currentEquityUsd ?? Number.NaN)) < 5 || undefined;
    });
    await page.getByRole('figure', { name: /^Equity from .* deepest drawdown/ }).waitFor();
    await page.getByRole('heading', { name: /^(Over the running trading day|Since \d\d:\d\d:\d\d)$/ }).waitFor();
    const marks = page.getByRole('region', { name: 'Trips and locks' });
    await marks
      .getByRole('link', { name: /Governor/ })
      .first()
      .waitFor();
    await page.getByRole('radio', { name: 'Table' }).click();
    const table = page.getByRole('table', { name: 'Equity and drawdown over time' });
    await table.getByRole('row').nth(1).waitFor();
    await marks
      .getByRole('link', { name: /Governor/ })
      .first()
      .click();
    await page.waitForURL(/#\/audit\?seq=\d+/);
    await page.getByText('GOVERNOR_CHANGED').or(page.getByText('Governor changed')).first().waitFor();
  });
  assert.deepEqual(complaints, []);
});
