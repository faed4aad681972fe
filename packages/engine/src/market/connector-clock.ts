/**
 * Venue clocks. The offset between a connector's clock and ours is the smallest delay (receive − venue time) of the last
 * one to two minutes: latency only adds to it, so the minimum is the best estimate (the idea of NTP's clock filter).
 * A venue time is corrected by it and never lies after the receive time.
 */
import type { Engine } from '#state/engine.ts';

const BUCKET_MS = 60_000;
/** A quiet connector keeps its measured offset: a bucket with fewer readings does not replace it. */
const BUCKET_READINGS = 20;
/** A reading this much under the offset is a stray from the future until two more agree with it. */
const STRAY_MS = 1000;
const STRAYS_TO_BELIEVE = 3;

/** Connectors whose clock is measured: one each, and no deployment has more. */
const MAX_CLOCKS = 64;

export interface ConnectorClocks {
  connectorTypes: string[];
  offsetMs: Float64Array;
  bucketMin: Float64Array;
  bucketCount: Int32Array;
  bucketSince: Float64Array;
  /** Readings in a row that were more than a second under the offset. */
  strays: Int32Array;
}

export function createConnectorClocks(): ConnectorClocks {
  return {
    connectorTypes: [],
    offsetMs: new Float64Array(MAX_CLOCKS).fill(Number.NaN),
    bucketMin: new Float64Array(MAX_CLOCKS).fill(Number.POSITIVE_INFINITY),
    bucketCount: new Int32Array(MAX_CLOCKS),
    bucketSince: new Float64Array(MAX_CLOCKS),
    strays: new Int32Array(MAX_CLOCKS),
  };
}

/** Index of the connector's clock; past the bound all further connectors share the last one. */
export function clockIndex(engine: Engine, connectorType: string): number {
  const { connectorTypes } = engine.clocks;
  const index = connectorTypes.indexOf(connectorType);
  if (index >= 0) return index;
  if (connectorTypes.length === MAX_CLOCKS) return MAX_CLOCKS - 1;
  return connectorTypes.push(connectorType) - 1;
}

/**
 * Takes a reading and writes the venue time on our clock, at most now, into `column[symbol]`. It returns nothing and
 * takes the input whole, because a number that crosses a call is a heap allocation.
 */
export function writeCorrectedTime(
  engine: Engine,
  column: Float64Array,
  input: { symbol: number; time: number },
): void {
  const { clocks, now } = engine;
  const clock = engine.symbols.clock[input.symbol]!;
  const delay = now - input.time;
  if (!(delay >= clocks.offsetMs[clock]!)) lowerOffset(engine, clock, input);
  else clocks.strays[clock] = 0;
  // A stray that was not believed stays out of the bucket as well, or it would count a minute later.
  if (delay < clocks.bucketMin[clock]! && delay >= clocks.offsetMs[clock]!) clocks.bucketMin[clock] = delay;
  const count = clocks.bucketCount[clock]! + 1;
  clocks.bucketCount[clock] = count;
  if (count >= BUCKET_READINGS && now - clocks.bucketSince[clock]! >= BUCKET_MS) {
    clocks.offsetMs[clock] = clocks.bucketMin[clock]!;
    clocks.bucketMin[clock] = Number.POSITIVE_INFINITY;
    clocks.bucketCount[clock] = 0;
    clocks.bucketSince[clock] = now;
  }
  const corrected = input.time + clocks.offsetMs[clock]!;
  column[input.symbol] = corrected < now ? corrected : now;
}

function lowerOffset(engine: Engine, clock: number, input: { time: number }): void {
  const { clocks, now } = engine;
  const delay = now - input.time;
  if (Number.isNaN(clocks.offsetMs[clock])) {
    clocks.offsetMs[clock] = delay;
    clocks.bucketSince[clock] = now;
    return;
  }
  if (clocks.offsetMs[clock]! - delay > STRAY_MS) {
    const strays = clocks.strays[clock]! + 1;
    clocks.strays[clock] = strays;
    if (strays < STRAYS_TO_BELIEVE) return;
  }
  clocks.strays[clock] = 0;
  clocks.offsetMs[clock] = delay;
}
