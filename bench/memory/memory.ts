/** P10: what a symbol and a position weigh, whether memory stays flat, and whether the tick path makes garbage. */
import { PerformanceObserver } from 'node:perf_hooks';
import { type HeldEngine, holdPositions } from '../held-engine.ts';
import { perSecondText } from '../rounds.ts';
import type { Line, Row, Size } from '../row.ts';
import { driveEngine } from '../ticks/drive-engine.ts';
import { createTickStream, type TickStream } from '../ticks/tick-stream.ts';

const SYMBOLS = 1000;
const ACCOUNTS = 2;
const GARBAGE_TICKS = 10_000_000;
/** 24 hours at 1,000 ticks a second. */
const DAY_TICKS = 86_400_000;
/** Kilobytes by which a day may differ from its beginning: noise of the runtime itself. */
const FLAT_BYTES = 1_000_000;
const plans = {
  full: { weighed: 8192, garbageTicks: GARBAGE_TICKS, dayTicks: DAY_TICKS, stream: 1_000_000 },
  short: { weighed: 512, garbageTicks: 50_000, dayTicks: 100_000, stream: 50_000 },
};

export const memory: Row = {
  id: 'P10',
  title: 'memory: per symbol, per open position, a day of ticks; garbage of the hot path',
  method: [
    'Bytes: heap and array buffers after a forced collection, of an engine with that many symbols (listed, specified, with a book and a mark) and with as many runtime positions (with stop and target at the venue), divided. Capacity that doubling keeps spare is counted.',
    'A day: 86.4 M ticks over 1,000 symbols and 2,000 positions as fast as they go; memory after a forced collection at the beginning and at the end. Market time passes at 50,000 ticks a second.',
    'Garbage: collections that the runtime reports during 10 M ticks, inputs reused. Records that a tick writes (regimes, maturity) are part of it.',
  ],
  run,
};

async function run(size: Size): Promise<Line[]> {
  const plan = plans[size];
  const weights = weigh(plan.weighed);
  const held = holdPositions(SYMBOLS, ACCOUNTS);
  const stream = createTickStream(plan.stream, SYMBOLS);
  driveEngine(held, stream);
  driveEngine(held, stream);
  const collections = await countCollections(held, stream, plan.garbageTicks);
  const day = liveADay(held, stream, plan.dayTicks);
  return [
    line('per symbol', `${weights.symbol.toFixed(0)} bytes`, '< 1 KB', weights.symbol < 1024, []),
    line('per open position', `${weights.position.toFixed(0)} bytes`, '< 2 KB', weights.position < 2048, []),
    line(
      `${plan.dayTicks / 1e6} M ticks`,
      `${day.grownBytes >= 0 ? '+' : ''}${(day.grownBytes / 1024).toFixed(0)} KB`,
      'flat',
      day.grownBytes < FLAT_BYTES,
      [
        `${(day.beginBytes / 1e6).toFixed(1)} MB at the beginning, ${perSecondText(day.perSecond)}, ${day.records} records`,
      ],
    ),
    line(
      `collections in ${plan.garbageTicks / 1e6} M ticks`,
      String(collections.count),
      'none',
      collections.count === 0,
      [`${collections.records} records; longest collection ${collections.longestMs.toFixed(2)} ms`],
    ),
  ];
}

function line(what: string, figure: string, figureWanted: string, figureMet: boolean, detail: string[]): Line {
  return { row: 'P10', what, figure, figureWanted, figureMet, ratio: null, ratioWanted: '', ratioMet: true, detail };
}

/** Bytes in use after a collection. Run with --expose-gc. */
function usedBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function weigh(count: number): { symbol: number; position: number } {
  const kept: HeldEngine[] = [];
  const bytesOf = (symbols: number, accounts: number) => {
    const before = usedBytes();
    kept.push(holdPositions(symbols, accounts));
    const after = usedBytes();
    kept.length = 0;
    return after - before;
  };
  bytesOf(16, 1); // what is made once, on first use
  const none = bytesOf(0, 1);
  const listed = bytesOf(count, 0);
  const held = bytesOf(count, 1);
  return { symbol: (listed - none) / count, position: (held - listed) / count };
}

async function countCollections(held: HeldEngine, stream: TickStream, ticks: number) {
  let count = 0;
  let longestMs = 0;
  let records = 0;
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  const note = (entries: readonly { duration: number }[]) => {
    for (const { duration } of entries) {
      count++;
      longestMs = Math.max(longestMs, duration);
    }
  };
  globalThis.gc?.();
  await turn();
  observer.observe({ entryTypes: ['gc'] });
  for (let driven = 0; driven < ticks; driven += stream.length) records += driveEngine(held, stream);
  await turn();
  note(observer.takeRecords());
  observer.disconnect();
  return { count, longestMs, records };
}

/** Lets the runtime hand over what it has observed. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

function liveADay(held: HeldEngine, stream: TickStream, ticks: number) {
  const beginBytes = usedBytes();
  const begun = performance.now();
  let records = 0;
  let driven = 0;
  for (; driven < ticks; driven += stream.length) records += driveEngine(held, stream);
  const perSecond = (driven * 1000) / (performance.now() - begun);
  return { beginBytes, grownBytes: usedBytes() - beginBytes, perSecond, records };
}
