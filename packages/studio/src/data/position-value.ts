import type { PositionRuntimeState } from '@inspector/contract';

/** What a position is worth at a price. Money in USD; null where it cannot be known. */
export interface PositionValue {
  markPrice: number | null;
  unrealizedPnlUsd: number | null;
  unrealizedPnlPct: number | null;
  notionalUsd: number | null;
  /** From the price to the stop; below 0 the price is beyond it. */
  stopDistancePct: number | null;
}

/** 1 for LONG, −1 for SHORT. */
export const directionOf = (side: PositionRuntimeState['side']): 1 | -1 => (side === 'LONG' ? 1 : -1);

/** The position at a newer price than the server's last answer had; without one as the server values it. */
export function positionValue(position: PositionRuntimeState, price: number | undefined): PositionValue {
  const { side, quantity, entryPrice, stopLoss } = position;
  if (price === undefined || !(price > 0)) {
    const { markPrice, unrealizedPnlUsd, unrealizedPnlPct, notionalUsd, stopDistancePct } = position;
    return { markPrice, unrealizedPnlUsd, unrealizedPnlPct, notionalUsd, stopDistancePct };
  }
  const direction = directionOf(side);
  return {
    markPrice: price,
    unrealizedPnlUsd: direction * (price - entryPrice) * quantity,
    unrealizedPnlPct: entryPrice > 0 ? direction * (price / entryPrice - 1) * 100 : null,
    notionalUsd: quantity * price,
    stopDistancePct: stopLoss === null ? null : (direction * (price - stopLoss) * 100) / price,
  };
}
