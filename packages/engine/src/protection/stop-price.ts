/**
 * The stop in force: the tightest of initial, breakeven and trailing candidates (semantics 5.1 to 5.4). It never loosens
 * by itself. `table.stop` is the exact price; what the venue gets is rounded to the tick toward the market.
 */
import { reaches } from '#number/compare.ts';
import { ceilToStep, floorToStep } from '#number/rounding.ts';
import { directionOf, settingsOf } from '#positions/positions.ts';
import type { Engine } from '#state/engine.ts';
import type { Position, StopKind } from '#state/positions.ts';
import { syncProtection } from './protect.ts';

/** Takes a candidate when it is tighter than the stop in force; true when it was. */
export function tighten(engine: Engine, position: Position, candidate: number, kind: StopKind): boolean {
  const { table } = engine;
  const current = table.stop[position.slot]!;
  if (Number.isNaN(candidate)) return false;
  if (!Number.isNaN(current) && directionOf(position.side) * (candidate - current) <= 0) return false;
  table.stop[position.slot] = candidate;
  position.stopKind = kind;
  return true;
}

/** Initial stop by the options and the request, NaN when there is none: of the two the tighter. */
export function initialStop(engine: Engine, position: Position): number {
  const { stopLossPercent } = settingsOf(engine, position);
  const direction = directionOf(position.side);
  const entry = engine.table.entryPrice[position.slot]!;
  const byOptions = stopLossPercent > 0 ? entry * (1 - (direction * stopLossPercent) / 100) : Number.NaN;
  const requested = position.requestedStop;
  if (Number.isNaN(requested)) return byOptions;
  if (Number.isNaN(byOptions)) return requested;
  return direction > 0 ? Math.max(requested, byOptions) : Math.min(requested, byOptions);
}

/** Breakeven candidate E × (1 − buffer/100) for LONG, mirrored for SHORT; a negative buffer lies beyond entry. */
export function breakevenStop(engine: Engine, position: Position): number {
  const { breakevenBufferPercent } = settingsOf(engine, position);
  const entry = engine.table.entryPrice[position.slot]!;
  return entry * (1 - (directionOf(position.side) * breakevenBufferPercent) / 100);
}

/** The peak rose: a trailing target may begin, a trail may move the stop. On the tick path. */
export function onPeakRaised(engine: Engine, slot: number): void {
  const { table } = engine;
  const direction = table.direction[slot]!;
  const trailAt = table.trailAt[slot]!;
  const begins = !Number.isNaN(trailAt) && reaches(direction * table.peak[slot]!, direction * trailAt);
  if (begins) beginTrailingTarget(engine, slot);
  const trail = table.trail[slot]!;
  if (trail > 0) {
    const candidate = table.peak[slot]! * (1 - direction * trail);
    const current = table.stop[slot]!;
    if (!(direction * (candidate - current) <= 0)) {
      table.stop[slot] = candidate;
      engine.positionBySlot[slot]!.stopKind = 'TRAILING_STOP';
    }
  }
  const nextMove = table.nextMove[slot]!;
  if (begins || (!Number.isNaN(nextMove) && direction * (table.stop[slot]! - nextMove) > 0)) {
    syncProtection(engine, engine.positionBySlot[slot]!);
  }
}

/** The valuation price, confirmed or not, may have made the favourable move that arms breakeven. On the tick path. */
export function armBreakevenWhenReached(engine: Engine, slot: number): void {
  const { table } = engine;
  const breakevenAt = table.breakevenAt[slot]!;
  if (Number.isNaN(breakevenAt)) return;
  const direction = table.direction[slot]!;
  if (!reaches(direction * table.price[slot]!, direction * breakevenAt)) return;
  const position = engine.positionBySlot[slot]!;
  table.breakevenAt[slot] = Number.NaN;
  position.breakevenArmed = true;
  tighten(engine, position, breakevenStop(engine, position), 'BREAKEVEN_STOP');
  // A confirmed price raises the peak next, and with it perhaps a trail that is tighter still: one order for both.
  const raisesPeak = engine.symbols.agrees[position.symbol] === 1;
  if (raisesPeak) table.nextMove[slot] = -direction * Number.POSITIVE_INFINITY;
  else syncProtection(engine, position);
}

function beginTrailingTarget(engine: Engine, slot: number): void {
  const position = engine.positionBySlot[slot]!;
  const { trailingTakeProfitPercent } = settingsOf(engine, position);
  engine.table.trailAt[slot] = Number.NaN;
  position.trailingTargetBegun = true;
  engine.table.trail[slot] = tighterTrail(engine.table.trail[slot]!, trailingTakeProfitPercent / 100);
}

/** The smaller of two trails, where 0 is none. */
export function tighterTrail(left: number, right: number): number {
  if (!(left > 0)) return right;
  return right > 0 ? Math.min(left, right) : left;
}

/** Rounded to the tick toward the market: up for the stop of a LONG. NaN stays NaN. */
export function venueStopPrice(engine: Engine, position: Position): number {
  const exact = engine.table.stop[position.slot]!;
  const tick = engine.symbols.specs[position.symbol]?.tickSize ?? 0;
  return position.side === 'LONG' ? ceilToStep(exact, tick) : floorToStep(exact, tick);
}

/** Rounded to the tick toward the market: down for the target of a LONG. NaN stays NaN. */
export function venueTargetPrice(engine: Engine, position: Position): number {
  const exact = engine.table.target[position.slot]!;
  const tick = engine.symbols.specs[position.symbol]?.tickSize ?? 0;
  return position.side === 'LONG' ? floorToStep(exact, tick) : ceilToStep(exact, tick);
}
