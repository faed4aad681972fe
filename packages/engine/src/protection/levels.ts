/** Stop, target, breakeven, trail and hold time of a position, taken anew when its entry or its options change. */

import { reaches } from '#number/compare.ts';
import { directionOf, settingsOf } from '#positions/positions.ts';
import type { Engine } from '#state/engine.ts';
import type { Position } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { breakevenStop, initialStop, tighten, tighterTrail } from './stop-price.ts';

/** A legacy position has no levels: it is never given an order. */
export function refreshLevels(engine: Engine, position: Position): void {
  if (position.ownership !== 'runtime') return;
  const { table } = engine;
  const { slot } = position;
  const settings = settingsOf(engine, position);
  const direction = directionOf(position.side);
  table.triggerBy[slot] = settings.triggerBy === 'trade' ? 1 : 0;
  if (!position.stopLoosened) tighten(engine, position, initialStop(engine, position), 'STOP_LOSS');
  if (!Number.isNaN(position.manualStop)) tighten(engine, position, position.manualStop, 'STOP_LOSS');
  refreshBreakeven(engine, position, settings.breakevenPercent);
  table.trail[slot] = settings.trailingStopPercent / 100;
  const target = targetPrice(engine, position);
  const isTrailingTarget = settings.takeProfitMode === 'trailing' && Number.isNaN(position.manualTarget);
  table.target[slot] = isTrailingTarget ? Number.NaN : target;
  table.trailAt[slot] = isTrailingTarget && !position.trailingTargetBegun ? target : Number.NaN;
  if (position.trailingTargetBegun) {
    table.trail[slot] = tighterTrail(table.trail[slot]!, settings.trailingTakeProfitPercent / 100);
  }
  if (table.trail[slot]! > 0) {
    tighten(engine, position, table.peak[slot]! * (1 - direction * table.trail[slot]!), 'TRAILING_STOP');
  }
  position.riskBudgetUsd = (engine.accounts[position.account]!.equity * settings.riskPerTradePercent) / 100;
  armHold(engine, position, settings.maxPositionHoldTime);
}

function refreshBreakeven(engine: Engine, position: Position, percent: number): void {
  const { table } = engine;
  const { slot } = position;
  table.breakevenAt[slot] = Number.NaN;
  if (position.breakevenArmed) {
    tighten(engine, position, breakevenStop(engine, position), 'BREAKEVEN_STOP');
    return;
  }
  if (!(percent > 0)) return;
  const direction = directionOf(position.side);
  const at = table.entryPrice[slot]! * (1 + (direction * percent) / 100);
  if (!reaches(direction * table.peak[slot]!, direction * at)) {
    table.breakevenAt[slot] = at;
    return;
  }
  position.breakevenArmed = true;
  tighten(engine, position, breakevenStop(engine, position), 'BREAKEVEN_STOP');
}

/** Target by hand, by request, or by the options; NaN when there is none. */
export function targetPrice(engine: Engine, position: Position): number {
  if (!Number.isNaN(position.manualTarget)) return position.manualTarget;
  if (!Number.isNaN(position.requestedTarget)) return position.requestedTarget;
  const { takeProfitPercent } = settingsOf(engine, position);
  const entry = engine.table.entryPrice[position.slot]!;
  return takeProfitPercent > 0 ? entry * (1 + (directionOf(position.side) * takeProfitPercent) / 100) : Number.NaN;
}

function armHold(engine: Engine, position: Position, seconds: number): void {
  const due = seconds > 0 ? position.entryTime + seconds * 1000 : Number.NaN;
  if (due === position.holdDue || (Number.isNaN(due) && Number.isNaN(position.holdDue))) return;
  position.holdDue = due;
  if (!Number.isNaN(due)) armTimer(engine.timers, timerKinds.holdTime, position.serial, due);
}
