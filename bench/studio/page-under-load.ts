/** S1, S2: Studio in a real browser, on a very busy account. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from '../rounds.ts';
import type { Line, Row, Size } from '../row.ts';

const PROGRAM = fileURLToPath(new URL('../../packages/studio/scripts/load/main.ts', import.meta.url));
const NO_CHROMIUM = /there is no Chromium/;

const method = [
  'The built page over a server that answers as a very busy account would (`packages/studio/scripts/load`): 500 positions and as many limits, which all move; 1,000 audit records a second, read by sequence; an event on `/ws` for each of them, and the prices of 500 symbols ten times a second. Chromium, 1440 × 900, no graphics card, the server on the same two cores.',
];

interface Report {
  firstPaintsMs: number[];
  views: {
    view: string;
    seconds: number;
    rate: number;
    longestMs: number;
    felt: number;
    feltMs: number;
    longTasks: number;
    longestTaskMs: number;
  }[];
  memory: { minute: number; heapMb: number }[];
}

export const pageFrames: Row = {
  id: 'S1',
  title: 'Studio: first paint, and frames under load',
  method: [
    ...method,
    'First paint: `first-contentful-paint` of five first visits in a row, while the load runs. Frames: from one animation frame to the next, in each view for 20 s after it has settled; and tasks over 50 ms as the browser counts them. A frame over 50 ms may come now and then; together they must be less than a hundredth of the time, and none may last a quarter of a second.',
  ],
  run(size) {
    const report = reportOf(size === 'full' ? ['--seconds', '20'] : ['--visits', '1', '--seconds', '1', 'now']);
    return report === undefined ? [] : [firstPaint(report), ...report.views.map(frames)];
  },
};

export const pageMemory: Row = {
  id: 'S2',
  title: 'Studio: memory over 30 minutes of that load',
  method: [
    ...method,
    'The views are gone through again and again, 10 s each; after each round, on the first view, what is left after a collection. The first ten minutes fill what is bounded (trail, prices, answers kept for a minute) and compile; then the mean of the last ten minutes is compared with that of the ten before them, because single samples differ by 5 %. What grows in a heap snapshot is compiled code and what the measuring itself keeps.',
  ],
  run(size) {
    const once = ['--visits', '1', '--seconds', '1'];
    const report = reportOf([...once, ...(size === 'full' ? ['--minutes', '30'] : ['--minutes', '0.1', 'now'])]);
    return report === undefined ? [] : [memory(report, size)];
  },
};

/** Undefined where there is no Chromium. */
function reportOf(args: string[]): Report | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, '--json', ...args], { encoding: 'utf8' });
  if (NO_CHROMIUM.test(stderr)) return undefined;
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

const absolute = { row: 'S1', ratio: null, ratioWanted: '', ratioMet: true };

function firstPaint({ firstPaintsMs }: Report): Line {
  const ms = median(firstPaintsMs);
  return {
    ...absolute,
    what: `first contentful paint, median of ${firstPaintsMs.length}`,
    figure: `${ms.toFixed(0)} ms`,
    figureWanted: '< 1 s',
    figureMet: ms < 1000,
    detail: [firstPaintsMs.map((each) => `${each.toFixed(0)} ms`).join(', ')],
  };
}

function frames(shown: Report['views'][number]): Line {
  const { view, seconds, rate, longestMs, felt, feltMs, longTasks, longestTaskMs } = shown;
  const share = feltMs / (10 * seconds);
  return {
    ...absolute,
    what: `frames over 50 ms, ${view}`,
    figure: `${felt} in ${seconds.toFixed(0)} s, longest ${longestMs.toFixed(0)} ms`,
    figureWanted: 'under 1 % of the time, none over 250 ms',
    figureMet: share < 1 && longestMs <= 250,
    detail: [
      `${rate.toFixed(0)} frames/s; ${share.toFixed(2)} % of the time in frames over 50 ms; tasks over 50 ms: ${longTasks}, longest ${longestTaskMs.toFixed(0)} ms`,
    ],
  };
}

function memory({ memory: heaps }: Report, size: Size): Line {
  const end = heaps.at(-1)!.minute;
  const meanOf = (from: number, to: number): number => {
    // Multiplied alike on both sides: a third is rounded, and the last sample may then lie behind the end.
    const part = heaps.filter(({ minute }) => 3 * minute >= from * end && 3 * minute <= to * end);
    return part.reduce((sum, { heapMb }) => sum + heapMb, 0) / part.length;
  };
  const last = meanOf(2, 3);
  const before = size === 'full' ? meanOf(1, 2) : last;
  const growth = last / before - 1;
  return {
    ...absolute,
    row: 'S2',
    what: `page memory over ${end.toFixed(0)} minutes, last third against the one before`,
    figure: `${before.toFixed(1)} to ${last.toFixed(1)} MB (${growth < 0 ? '−' : '+'}${Math.abs(100 * growth).toFixed(1)} %)`,
    figureWanted: 'flat: within 5 %',
    figureMet: growth <= 0.05,
    detail: [heaps.map(({ minute, heapMb }) => `${minute.toFixed(1)} min ${heapMb.toFixed(1)} MB`).join(', ')],
  };
}
