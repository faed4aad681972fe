/**
 * How the page holds under load: 1,000 audit records a second and 500 positions. Prints per view the longest task, the tasks
 * over 50 ms, frames a second and the memory after a collection. node scripts/run.mjs packages/studio/scripts/load.ts
 * [--seconds 20] [--positions 500] [--records 1000] [VIEW …]
 */
import { parseArgs } from 'node:util';
import { busyServer } from '../src/testing/busy-server.ts';
import { launchChromium } from '../src/testing/open-page.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '20' },
    positions: { type: 'string', default: '500' },
    records: { type: 'string', default: '1000' },
  },
});
const views = positionals.length > 0 ? positionals : ['now', 'headroom', 'positions', 'decisions', 'audit', 'now'];
const server = await busyServer({ positions: Number(values.positions), recordsPerSecond: Number(values.records) });
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const devtools = await page.context().newCDPSession(page);
  await page.goto(`${server.url}/#token=any`);
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  for (const view of views) {
    await page.evaluate((name) => {
      location.hash = `#/${name}`;
    }, view);
    await page.waitForTimeout(3_000);
    const figures = await page.evaluate(watchFrames, 1000 * Number(values.seconds));
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    process.stdout.write(
      `${view.padEnd(10)} longest task ${figures.longestMs.toFixed(0)} ms, over 50 ms: ${figures.long} of ${values.seconds} s, ` +
        `${figures.frames.toFixed(0)} frames/s, heap ${(usedSize / 1e6).toFixed(1)} MB\n`,
    );
  }
} finally {
  await browser.close();
  server.close();
}

/** Runs in the page. */
function watchFrames(ms: number): Promise<{ long: number; longestMs: number; frames: number }> {
  return new Promise((resolve) => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ type: 'longtask' });
    const begun = performance.now();
    let frames = 0;
    const frame = (): void => {
      frames += 1;
      if (performance.now() - begun < ms) requestAnimationFrame(frame);
      else resolve({ long: tasks.length, longestMs: Math.max(0, ...tasks), frames: (1000 * frames) / ms });
    };
    requestAnimationFrame(frame);
  });
}
