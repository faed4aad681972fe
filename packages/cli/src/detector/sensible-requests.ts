import type { Random } from '@inspector/provider/connectors';
import type { RequestDraft } from './request-draft.ts';
import { returnPct, type SymbolWatch, sigmaPct, toStep } from './symbol-watch.ts';

/** Look back of the signal. */
const SIGNAL_S = 30;
/** A move of so many deviations is a shock: it is faded, a smaller one is followed. */
const SHOCK_DEVIATIONS = 3.5;
const STOP_PCT = { least: 0.22, most: 0.42 };
/** Target distance / stop distance; above the 2 that the default options ask for, ticks included. */
const REWARD = 2.4;
const SIZE_PERCENT = { least: 1.5, most: 3.5 };
/** After so long in a position it tires of it. */
const PATIENCE_S = 480;
const MARKET_TTL_MS = 5_000;
export const LIMIT_TTL_MS = 20_000;

/** The last half minute's move in deviations: above 0 up, below 0 down. */
export const scoreOf = (watch: SymbolWatch): number =>
  returnPct(watch, SIGNAL_S) / (sigmaPct(watch) * Math.sqrt(Math.min(SIGNAL_S, Math.max(1, watch.marks.length))));

/** Follows a move, fades a shock; stop at some volatility, target at more than twice the stop, small size. */
export function openDraft(watch: SymbolWatch, now: number, random: Random): RequestDraft {
  const score = scoreOf(watch);
  const follows = Math.abs(score) < SHOCK_DEVIATIONS;
  const side = score > 0 === follows ? 'LONG' : 'SHORT';
  const isLimit = random.uniform() < 0.4;
  const best = isLimit === (side === 'LONG') ? watch.bid : watch.ask;
  const stopPct = Math.min(STOP_PCT.most, Math.max(STOP_PCT.least, 2.2 * sigmaPct(watch) * Math.sqrt(60)));
  const span = SIZE_PERCENT.most - SIZE_PERCENT.least;
  const sizePercent = Math.round((SIZE_PERCENT.least + span * random.uniform()) * 100) / 100;
  return {
    type: 'OPEN',
    symbol: watch.spec.name,
    side,
    fields: {
      sizePercent,
      ...levels(watch, side, best, stopPct),
      ...(isLimit ? { price: best } : {}),
      expiresAt: now + (isLimit ? LIMIT_TTL_MS : MARKET_TTL_MS),
    },
  };
}

/** Stop and target around a price, at ticks. */
export function levels(
  watch: SymbolWatch,
  side: 'LONG' | 'SHORT',
  price: number,
  stopPct: number,
): { stopLoss: number; takeProfit: number } {
  const direction = side === 'LONG' ? 1 : -1;
  return {
    stopLoss: toStep(price * (1 - (direction * stopPct) / 100), watch.spec.tickSize),
    takeProfit: toStep(price * (1 + (direction * REWARD * stopPct) / 100), watch.spec.tickSize),
  };
}

/** Leaves a position, or part of it, or turns it, when the market has turned or nothing comes of it; undefined while it may stay. */
export function exitDraft(watch: SymbolWatch, now: number, random: Random): RequestDraft | undefined {
  const { held, spec } = watch;
  const mark = watch.marks.at(-1);
  if (!held || mark === undefined || now < watch.busyUntil) return undefined;
  const direction = held.side === 'LONG' ? 1 : -1;
  const heldSeconds = (now - held.since) / 1000;
  const gainPct = direction * (mark / held.entryPrice - 1) * 100;
  const draft = { symbol: spec.name, side: held.side };
  if (heldSeconds > 90 && direction * scoreOf(watch) < -2.5 && random.uniform() < 0.1)
    return random.uniform() < 0.08 ? { ...draft, type: 'FLIP', fields: {} } : { ...draft, type: 'CLOSE', fields: {} };
  if (heldSeconds > PATIENCE_S && random.uniform() < 0.02) return { ...draft, type: 'CLOSE', fields: {} };
  const half = toStep(held.quantity / 2, spec.stepSize);
  const isWorthHalf = half >= spec.minQuantity && half * mark > 2 * (spec.minNotional ?? 0);
  if (heldSeconds > 30 && gainPct > 0.35 && isWorthHalf && random.uniform() < 0.03)
    return { ...draft, type: 'REDUCE', fields: { quantity: half } };
  return undefined;
}
