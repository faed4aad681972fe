/** Gaps in market streams (semantics 10): a sequence that jumps, and silence against the stream's own rhythm. */
import { isNewEdge, publish, record } from '#audit/record.ts';
import { CHANNELS, channels, INTERVALS } from '#state/conditions.ts';
import type { Engine } from '#state/engine.ts';
import { armTimer, timerKinds } from '#state/timers.ts';

const SILENT_INTERVALS = 10;

/** Notes that something came on a channel. On the tick path. */
export function noteChannel(engine: Engine, input: { symbol: number; seq: number }, channel: number): void {
  const table = engine.conditions;
  const { now } = engine;
  const { symbol } = input;
  const at = symbol * CHANNELS + channel;
  if (!Number.isNaN(input.seq)) noteSequence(engine, input, channel);
  const last = table.lastReceived[at]!;
  table.lastReceived[at] = now;
  if (Number.isNaN(last)) return;
  const count = table.intervalCount[at]!;
  table.intervals[at * INTERVALS + (count % INTERVALS)] = now - last;
  table.intervalCount[at] = count >= 2 * INTERVALS ? count - INTERVALS + 1 : count + 1;
  table.silent[at] = 0;
  // One timer a channel, which looks again when it fires: nothing is armed on an ordinary tick.
  if (!(table.silenceDue[at]! > now)) armSilence(engine, symbol, channel);
}

function noteSequence(engine: Engine, { symbol, seq }: { symbol: number; seq: number }, channel: number): void {
  const table = engine.conditions;
  const at = symbol * CHANNELS + channel;
  const expected = table.lastSeq[at]! + 1;
  if (!(seq < expected)) table.lastSeq[at] = seq;
  if (!(seq > expected)) return;
  report(engine, symbol, { channel: channels[channel]!, expectedSeq: expected, seenSeq: seq });
}

const sortedIntervals = new Float32Array(INTERVALS);

/** Silence that counts: longer than `priceStaleMs` and than ten times the median interval. */
function silenceMs(engine: Engine, at: number, symbol: number): number {
  const table = engine.conditions;
  const kept = Math.min(table.intervalCount[at]!, INTERVALS);
  for (let index = 0; index < kept; index++) {
    const interval = table.intervals[at * INTERVALS + index]!;
    let hole = index;
    while (hole > 0 && sortedIntervals[hole - 1]! > interval) {
      sortedIntervals[hole] = sortedIntervals[hole - 1]!;
      hole--;
    }
    sortedIntervals[hole] = interval;
  }
  const median = kept === 0 ? 0 : sortedIntervals[kept >> 1]!;
  return Math.max(engine.symbols.staleMs[symbol]!, SILENT_INTERVALS * median);
}

function armSilence(engine: Engine, symbol: number, channel: number): void {
  const table = engine.conditions;
  const at = symbol * CHANNELS + channel;
  // "Longer than": the first moment past it.
  const due = table.lastReceived[at]! + silenceMs(engine, at, symbol) + 1;
  table.silenceDue[at] = due;
  armTimer(engine.timers, timerKinds.silence, at, due);
}

export function onSilenceTimer(engine: Engine, at: number, due: number): void {
  const table = engine.conditions;
  if (table.silenceDue[at] !== due) return;
  const symbol = Math.floor(at / CHANNELS);
  const channel = at % CHANNELS;
  const silent = engine.now - table.lastReceived[at]!;
  if (silent > silenceMs(engine, at, symbol)) {
    table.silenceDue[at] = Number.NaN;
    if (table.silent[at] === 1) return;
    table.silent[at] = 1;
    report(engine, symbol, { channel: channels[channel]!, gapMs: silent });
    return;
  }
  armSilence(engine, symbol, channel);
}

function report(engine: Engine, symbol: number, gap: Record<string, unknown>): void {
  const name = engine.symbols.names[symbol]!;
  if (!isNewEdge(engine, 'DATA_GAP', engine.symbols.keys[symbol]!)) return;
  const payload = { symbol: name, ...gap };
  const what = gap.gapMs === undefined ? 'jumped in its sequence' : `has been silent for ${gap.gapMs} ms`;
  record(engine, 'DATA_GAP', {
    code: 'DATA_GAP',
    severity: 'warn',
    symbol: name,
    message: `The ${gap.channel} stream of ${name} ${what}.`,
    data: payload,
  });
  publish(engine, 'INSPECTOR_DATA_GAP_DETECTED', payload);
}
