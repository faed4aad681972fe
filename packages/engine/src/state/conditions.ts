/** State behind the market-condition events of semantics 10, by symbol id, and the measured clock of each connector. */
import { enlarged } from './symbols.ts';

/** Seconds on the return grid: one minute and the second under test. */
export const GRID_SECONDS = 61;
/** One-minute closes of the regime's efficiency ratio. */
export const REGIME_CLOSES = 30;
/** Samples of top depth behind the five-minute median, at most one every 5 s. */
export const DEPTH_SAMPLES = 60;
export const DEPTH_SAMPLE_MS = 5000;
/** Channels whose silence and sequence are watched. */
export const channels = ['trade', 'orderbook', 'price'] as const;
export const CHANNELS = channels.length;
/** Intervals kept per channel for their median. */
export const INTERVALS = 5;

export const regimes = ['UNKNOWN', 'TREND', 'RANGE'] as const;

export interface ConditionTable {
  /** Prices at the end of each second, a ring by second modulo GRID_SECONDS. */
  grid: Float64Array;
  /** Last second on the grid, NaN before the first reading. */
  gridSecond: Float64Array;
  /** Seconds on the grid since it was last reset, at most GRID_SECONDS. */
  gridLength: Int32Array;
  gridPrice: Float64Array;
  variance: Float64Array;
  spikeAt: Float64Array;
  closes: Float64Array;
  closeCount: Int32Array;
  minute: Float64Array;
  minutePrice: Float64Array;
  firstReadingAt: Float64Array;
  regime: Uint8Array;
  volatile: Uint8Array;
  efficiency: Float64Array;
  depths: Float64Array;
  depthTimes: Float64Array;
  /** Median of the samples of the last five minutes, taken with the newest of them; NaN while they are too few. */
  depthMedian: Float64Array;
  depthCount: Int32Array;
  depthSampleAt: Float64Array;
  liquidityLow: Uint8Array;
  /** Per channel: last receive time, last sequence, ring of intervals, due time of the armed silence timer. */
  lastReceived: Float64Array;
  lastSeq: Float64Array;
  intervals: Float32Array;
  intervalCount: Int32Array;
  silenceDue: Float64Array;
  silent: Uint8Array;
}

const floats = {
  gridSecond: 1,
  gridPrice: 1,
  variance: 1,
  spikeAt: 1,
  minute: 1,
  minutePrice: 1,
  firstReadingAt: 1,
  efficiency: 1,
  depthSampleAt: 1,
  depthMedian: 1,
  depths: DEPTH_SAMPLES,
  depthTimes: DEPTH_SAMPLES,
  lastReceived: CHANNELS,
  lastSeq: CHANNELS,
  silenceDue: CHANNELS,
  grid: GRID_SECONDS,
  closes: REGIME_CLOSES,
} as const;
const smallFloats = { intervals: CHANNELS * INTERVALS } as const;
const integers = { gridLength: 1, closeCount: 1, depthCount: 1, intervalCount: CHANNELS } as const;
const bytes = { regime: 1, volatile: 1, liquidityLow: 1, silent: CHANNELS } as const;

/** Written out field by field: an object built in a loop becomes a slow dictionary. */
export function createConditionTable(): ConditionTable {
  return {
    grid: new Float64Array(0),
    gridSecond: new Float64Array(0),
    gridLength: new Int32Array(0),
    gridPrice: new Float64Array(0),
    variance: new Float64Array(0),
    spikeAt: new Float64Array(0),
    closes: new Float64Array(0),
    closeCount: new Int32Array(0),
    minute: new Float64Array(0),
    minutePrice: new Float64Array(0),
    firstReadingAt: new Float64Array(0),
    regime: new Uint8Array(0),
    volatile: new Uint8Array(0),
    efficiency: new Float64Array(0),
    depths: new Float64Array(0),
    depthTimes: new Float64Array(0),
    depthMedian: new Float64Array(0),
    depthCount: new Int32Array(0),
    depthSampleAt: new Float64Array(0),
    liquidityLow: new Uint8Array(0),
    lastReceived: new Float64Array(0),
    lastSeq: new Float64Array(0),
    intervals: new Float32Array(0),
    intervalCount: new Int32Array(0),
    silenceDue: new Float64Array(0),
    silent: new Uint8Array(0),
  };
}

/** Makes room for `capacity` symbols. */
export function growConditions(table: ConditionTable, capacity: number): void {
  const used = table.gridLength.length;
  if (capacity <= used) return;
  for (const [name, width] of entries(floats)) {
    const next = new Float64Array(capacity * width).fill(Number.NaN);
    table[name] = enlarged(table[name], next);
  }
  for (const [name, width] of entries(smallFloats))
    table[name] = enlarged(table[name], new Float32Array(capacity * width));
  for (const [name, width] of entries(integers)) table[name] = enlarged(table[name], new Int32Array(capacity * width));
  for (const [name, width] of entries(bytes)) table[name] = enlarged(table[name], new Uint8Array(capacity * width));
  table.variance.fill(0, used);
}

function entries<T extends Record<string, number>>(widths: T): [keyof T, number][] {
  return Object.entries(widths) as [keyof T, number][];
}
