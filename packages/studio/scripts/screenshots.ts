/**
 * Pictures of every view in both themes, of a real system with the simulated market: docs/images/studio-<view>-<theme>.png.
 * node scripts/run.mjs packages/studio/scripts/screenshots.ts [--seconds 90] [--out docs/images] [--phone] [VIEW …]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from '../src/testing/open-page.ts';
import { runningSystem } from '../src/testing/running-system.ts';

const allViews = ['now', 'headroom', 'positions', 'decisions', 'audit', 'equity', 'market', 'options', 'kill'];
const themes = ['dark', 'light'] as const;
const sizes = { screen: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
/** A view is loaded, filled and still by then. */
const SETTLED_MS = 2_500;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '90' },
    out: { type: 'string', default: join(root, 'docs/images') },
    phone: { type: 'boolean', default: false },
  },
});
const views = positionals.length > 0 ? positionals : allViews;
const endings: (() => Promise<void>)[] = [];
mkdirSync(values.out, { recursive: true });

try {
  const system = await runningSystem({ after: (end) => void endings.push(end) });
  const browser = await launchChromium();
  endings.push(() => browser.close());
  process.stderr.write(`letting the market run for ${values.seconds} s …\n`);
  await new Promise((resolve) => setTimeout(resolve, 1000 * Number(values.seconds)));
  for (const theme of themes) {
    const viewport = values.phone ? sizes.phone : sizes.screen;
    const page = await browser.newPage({ viewport, colorScheme: theme });
    await page.goto(system.openUrl);
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    for (const view of views) await picture(page, view, theme);
    await page.close();
  }
} finally {
  for (const end of endings.reverse()) await end();
}

async function picture(page: Page, view: string, theme: string): Promise<void> {
  await page.evaluate((name) => {
    location.hash = `#/${name}`;
  }, view);
  await page.waitForTimeout(SETTLED_MS);
  const path = join(values.out, `studio-${view}-${theme}${values.phone ? '-phone' : ''}.png`);
  await page.screenshot({ path });
  process.stderr.write(`${path}\n`);
}
