import type { PositionRuntimeState } from '@inspector/contract';
import { directionOf } from '#data/position-value.ts';

/** What a person typed for a stop or a target, held against what is in force. */
export type LevelChange =
  /** Nothing typed, or the price in force: it is left out of the call. */
  | { kind: 'unchanged' }
  | { kind: 'unreadable' }
  /** It would trigger at once, or lies where the other level belongs. */
  | { kind: 'wrong-side'; price: number }
  /** Less is at risk than before, or there was no stop; a target may move either way. */
  | { kind: 'free'; price: number }
  /** More is at risk than before: the server asks for `force` and a reason. */
  | { kind: 'looser'; price: number };

type Position = Pick<PositionRuntimeState, 'side' | 'markPrice' | 'stopLoss' | 'takeProfit'>;

/** A stop must be below the price of a LONG, above that of a SHORT. */
export function stopChange(position: Position, typed: string): LevelChange {
  const read = readLevel(typed, position.stopLoss);
  if (typeof read !== 'number') return read;
  const direction = directionOf(position.side);
  if (position.markPrice !== null && direction * (read - position.markPrice) >= 0) {
    return { kind: 'wrong-side', price: read };
  }
  const isLooser = position.stopLoss !== null && direction * (read - position.stopLoss) < 0;
  return { kind: isLooser ? 'looser' : 'free', price: read };
}

/** A target must be above the price of a LONG, below that of a SHORT. */
export function targetChange(position: Position, typed: string): LevelChange {
  const read = readLevel(typed, position.takeProfit);
  if (typeof read !== 'number') return read;
  const direction = directionOf(position.side);
  if (position.markPrice !== null && direction * (read - position.markPrice) <= 0) {
    return { kind: 'wrong-side', price: read };
  }
  return { kind: 'free', price: read };
}

function readLevel(typed: string, inForce: number | null): number | LevelChange {
  if (typed.trim() === '') return { kind: 'unchanged' };
  const price = parseAmount(typed);
  if (price === null) return { kind: 'unreadable' };
  return price === inForce ? { kind: 'unchanged' } : price;
}

/** `61,234.5` or `61234.5` as a number above 0; null for anything else. A comma groups thousands and nothing else. */
export function parseAmount(typed: string): number | null {
  const text = typed.trim();
  if (!/^(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?$/.test(text) || text === '') return null;
  const value = Number(text.replaceAll(',', ''));
  return Number.isFinite(value) && value > 0 ? value : null;
}

/** What would be lost if a stop at this price filled there: 0 when it locks a gain in. */
export const riskAtStop = ({ side, quantity, entryPrice }: PositionRuntimeState, stop: number): number =>
  Math.max(0, directionOf(side) * (entryPrice - stop) * quantity);
