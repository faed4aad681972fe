/**
 * How the page holds under load: 1,000 audit records and 1,000 events a second, 500 positions. Frames and tasks of each view
 * for so many seconds, then the memory after a collection while the views are gone through again and again for so many
 * minutes. node scripts/run.mjs packages/studio/scripts/load/main.ts [--visits 5] [--seconds 20] [--minutes 0]
 * [--positions 500] [--records 1000] [--json] [VIEW …]
 */
import { parseArgs } from 'node:util';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { buildPage } from '../../src/testing/build-page.ts';
import { launchChromium } from '../../src/testing/open-page.ts';
import { busyServer } from './busy-server.ts';
import { type Frames, firstPaintMs, heapMb, watchFrames } from './watch-page.ts';

/** What a view does at first is not what it does all day. */
const SETTLES_MS = 3_000;
/** How long a view stays while memory is watched. */
const STAYS_MS = 10_000;

interface Report {
  firstPaintsMs: number[];
  views: ({ view: string } & Frames)[];
  /** After each round through the views, on the first of them. */
  memory: { minute: number; heapMb: number }[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    visits: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '20' },
    minutes: { type: 'string', default: '0' },
    positions: { type: 'string', default: '500' },
    records: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
  },
});
const views = positionals.length > 0 ? positionals : ['now', 'headroom', 'positions', 'decisions', 'audit'];

buildPage();
const server = await busyServer({ positions: Number(values.positions), recordsPerSecond: Number(values.records) });
const browser = await launchChromium();
try {
  const report = await measured(browser, `${server.url}/#token=any`);
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : textOf(report));
} finally {
  await browser.close();
  server.close();
}

async function measured(browser: Browser, address: string): Promise<Report> {
  const firstPaintsMs: number[] = [];
  for (let visit = 0; visit < Number(values.visits); visit += 1) {
    const page = await visitor(browser);
    await page.goto(address);
    firstPaintsMs.push(await firstPaintMs(page));
    await page.context().close();
  }
  const page = await visitor(browser);
  const devtools = await page.context().newCDPSession(page);
  await page.goto(address);
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  const shown: Report['views'] = [];
  for (const view of views) {
    await show(page, view, SETTLES_MS);
    shown.push({ view, ...(await watchFrames(page, Number(values.seconds))) });
  }
  return { firstPaintsMs, views: shown, memory: await memoryOver(page, devtools, Number(values.minutes)) };
}

/** Somebody who has never been there. */
async function visitor(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  return context.newPage();
}

async function show(page: Page, view: string, forMs: number): Promise<void> {
  await page.evaluate((name) => {
    location.hash = `#/${name}`;
  }, view);
  await page.waitForTimeout(forMs);
}

async function memoryOver(page: Page, devtools: CDPSession, minutes: number): Promise<Report['memory']> {
  const begun = performance.now();
  const passed = (): number => (performance.now() - begun) / 60_000;
  const memory: Report['memory'] = [];
  while (passed() < minutes) {
    for (const view of [...views.slice(1), views[0] ?? '']) await show(page, view, STAYS_MS);
    memory.push({ minute: passed(), heapMb: await heapMb(devtools) });
  }
  return memory;
}

function textOf({ firstPaintsMs, views: shown, memory }: Report): string {
  const lines = [
    `first contentful paint ${firstPaintsMs.map((ms) => ms.toFixed(0)).join(', ')} ms`,
    ...shown.map(
      ({ view, seconds, rate, longestMs, felt, longTasks, longestTaskMs }) =>
        `${view.padEnd(10)} ${rate.toFixed(0)} frames/s, longest ${longestMs.toFixed(0)} ms, ${felt} over 50 ms in ${seconds.toFixed(0)} s; ` +
        `tasks over 50 ms: ${longTasks}, longest ${longestTaskMs.toFixed(0)} ms`,
    ),
    ...memory.map((each) => `minute ${each.minute.toFixed(1)}: ${each.heapMb.toFixed(1)} MB`),
  ];
  return `${lines.join('\n')}\n`;
}
