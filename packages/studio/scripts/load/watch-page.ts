import type { CDPSession, Page } from 'playwright-core';

/** A frame that takes longer is felt. */
export const FELT_MS = 50;

export interface Frames {
  seconds: number;
  /** Frames a second. */
  rate: number;
  /** From one frame to the next, the longest. */
  longestMs: number;
  /** Frames that took longer than `FELT_MS`, and what they took together. */
  felt: number;
  feltMs: number;
  /** Tasks over 50 ms, as the browser counts them, and the longest. */
  longTasks: number;
  longestTaskMs: number;
}

/** From the start of the navigation to the first content on the screen, by the browser's own clock. */
export function firstPaintMs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries()) {
            if (name === 'first-contentful-paint') resolve(startTime);
          }
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

export function watchFrames(page: Page, seconds: number): Promise<Frames> {
  return page.evaluate(watch, { seconds, feltMs: FELT_MS });
}

/** Runs in the page. */
function watch({ seconds, feltMs }: { seconds: number; feltMs: number }): Promise<Frames> {
  return new Promise((resolve) => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    const gaps: number[] = [];
    const begun = performance.now();
    let before = begun;
    const frame = (): void => {
      const now = performance.now();
      gaps.push(now - before);
      before = now;
      if (now - begun < 1000 * seconds) {
        requestAnimationFrame(frame);
        return;
      }
      observer.disconnect();
      const felt = gaps.filter((gap) => gap > feltMs);
      resolve({
        seconds: (now - begun) / 1000,
        rate: (1000 * gaps.length) / (now - begun),
        longestMs: Math.max(...gaps),
        felt: felt.length,
        feltMs: felt.reduce((sum, gap) => sum + gap, 0),
        longTasks: tasks.length,
        longestTaskMs: Math.max(0, ...tasks),
      });
    };
    requestAnimationFrame(frame);
  });
}

/** What is left in the page's memory after a collection, in MB. */
export async function heapMb(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await devtools.send('Runtime.getHeapUsage')) as { usedSize: number };
  return usedSize / 1e6;
}
