/** Adopting a legacy position, and setting stop or target by hand. */
import type { CommandInput } from '#input.ts';
import { directionOf, recordPosition, settingsOf } from '#positions/positions.ts';
import { refreshLevels } from '#protection/levels.ts';
import { syncProtection } from '#protection/protect.ts';
import type { Engine } from '#state/engine.ts';
import type { Position } from '#state/positions.ts';
import { positionState } from '#views/position-state.ts';
import { type CommandResult, done, reasonOf, refused } from './commands.ts';
import { findPosition } from './find-position.ts';

/** Legacy becomes runtime: from now on it is protected, limited and closed like any other. */
export function adopt(engine: Engine, input: CommandInput): CommandResult {
  const position = findPosition(engine, input.fields.positionId);
  if (position === undefined) return refused('POSITION_UNKNOWN');
  if (position.ownership !== 'legacy') return refused('POSITION_NOT_LEGACY');
  const { detectorSysname } = input.fields as { detectorSysname?: string };
  position.ownership = 'runtime';
  if (detectorSysname !== undefined) position.detectorSysname = detectorSysname;
  engine.table.managed[position.slot] = 1;
  refreshLevels(engine, position);
  recordPosition(engine, 'POSITION_UPDATED', position);
  syncProtection(engine, position);
  return done(positionState(engine, position));
}

export function setProtection(engine: Engine, input: CommandInput): CommandResult {
  const position = findPosition(engine, input.fields.positionId);
  if (position === undefined) return refused('POSITION_UNKNOWN');
  if (position.ownership === 'legacy') return refused('LEGACY_POSITION');
  const {
    stopLoss,
    takeProfit,
    force = false,
  } = input.fields as { stopLoss?: number; takeProfit?: number; force?: boolean };
  if (stopLoss === undefined && takeProfit === undefined)
    return refused('VALIDATION_FAILED', 'Neither stopLoss nor takeProfit is given.');
  const problem = sideProblem(engine, position, stopLoss, takeProfit);
  if (problem !== null) return refused('PROTECTION_INVALID', problem);
  if (stopLoss !== undefined) {
    const refusal = setStop(engine, position, stopLoss, force && reasonOf(input) !== '');
    if (refusal !== null) return refusal;
  }
  if (takeProfit !== undefined) position.manualTarget = takeProfit;
  refreshLevels(engine, position);
  recordPosition(engine, 'POSITION_UPDATED', position);
  syncProtection(engine, position);
  return done(positionState(engine, position));
}

function sideProblem(engine: Engine, position: Position, stop?: number, target?: number): string | null {
  const direction = directionOf(position.side);
  const price = engine.table.price[position.slot]!;
  if (stop !== undefined && direction * (stop - price) >= 0)
    return `The stop ${stop} is on the wrong side of ${price}.`;
  if (target !== undefined && direction * (target - price) <= 0)
    return `The target ${target} is on the wrong side of ${price}.`;
  return null;
}

/** Tightening is free; loosening needs force and a reason, and puts aside what would tighten it again at once. */
function setStop(engine: Engine, position: Position, stop: number, forced: boolean): CommandResult | null {
  const { table } = engine;
  const { slot } = position;
  const direction = directionOf(position.side);
  const isLooser = direction * (stop - table.stop[slot]!) < 0;
  if (isLooser && !forced) return refused('PROTECTION_LOOSER');
  position.manualStop = stop;
  if (!isLooser) return null;
  position.stopLoosened = true;
  position.breakevenArmed = false;
  table.stop[slot] = stop;
  position.stopKind = 'STOP_LOSS';
  const trail = settingsOf(engine, position).trailingStopPercent / 100;
  // The trail begins anew from the price that makes today's stop: only a further rise tightens it.
  if (trail > 0) table.peak[slot] = stop / (1 - direction * trail);
  return null;
}
