/**
 * Venue clocks. The offset between a connector's clock and ours is the smallest delay (receive − venue time) of the last
 * one to two minutes: latency only adds to it, so the minimum is the best estimate (the idea of NTP's clock filter).
 * A venue time is corrected by it and never lies after the receive time.
 */
import type { ConnectorClock } from '#state/conditions.ts';
import type { Engine } from '#state/engine.ts';

const BUCKET_MS = 60_000;
/** A quiet connector keeps its measured offset: a bucket with fewer readings does not replace it. */
const BUCKET_READINGS = 20;
/** A reading this much under the offset is a stray from the future until two more agree with it. */
const STRAY_MS = 1000;
const STRAYS_TO_BELIEVE = 3;

export function clockIndex(engine: Engine, connectorType: string): number {
  const index = engine.clocks.findIndex((clock) => clock.connectorType === connectorType);
  if (index >= 0) return index;
  engine.clocks.push({
    connectorType,
    offsetMs: Number.NaN,
    bucketMin: Number.POSITIVE_INFINITY,
    bucketCount: 0,
    bucketSince: 0,
    strays: 0,
  });
  return engine.clocks.length - 1;
}

/** Takes a reading and returns the venue time on our clock, at most `now`. */
export function correctTime(clock: ConnectorClock, time: number, now: number): number {
  const delay = now - time;
  if (!(delay >= clock.offsetMs)) lowerOffset(clock, delay, now);
  if (delay < clock.bucketMin) clock.bucketMin = delay;
  if (++clock.bucketCount >= BUCKET_READINGS && now - clock.bucketSince >= BUCKET_MS) {
    clock.offsetMs = clock.bucketMin;
    clock.bucketMin = Number.POSITIVE_INFINITY;
    clock.bucketCount = 0;
    clock.bucketSince = now;
  }
  const corrected = time + clock.offsetMs;
  return corrected < now ? corrected : now;
}

function lowerOffset(clock: ConnectorClock, delay: number, now: number): void {
  if (Number.isNaN(clock.offsetMs)) {
    clock.offsetMs = delay;
    clock.bucketSince = now;
    return;
  }
  if (clock.offsetMs - delay > STRAY_MS && ++clock.strays < STRAYS_TO_BELIEVE) {
    // Kept out of the bucket as well, or one stray would count a minute later.
    clock.bucketMin = Math.min(clock.bucketMin, clock.offsetMs);
    return;
  }
  clock.strays = 0;
  clock.offsetMs = delay;
}
