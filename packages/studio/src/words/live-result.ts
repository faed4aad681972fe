import type { PositionRuntimeState } from '@inspector/contract';
import type { LivePrice } from '#data/price-store.ts';

/** `connectorType:marketType:SYMBOL`. */
export const symbolKeyOf = (position: Pick<PositionRuntimeState, 'connectorType' | 'marketType' | 'symbol'>): string =>
  `${position.connectorType}:${position.marketType}:${position.symbol}`;

type Valued = Pick<
  PositionRuntimeState,
  'side' | 'quantity' | 'entryPrice' | 'markPrice' | 'unrealizedPnlUsd' | 'unrealizedPnlPct' | 'updatedAt'
>;

/** What a position is worth at the live price; what the server said where there is none. */
export function valuedAt(position: Valued, live: LivePrice | undefined) {
  const { side, quantity, entryPrice, markPrice, unrealizedPnlUsd, unrealizedPnlPct } = position;
  if (live === undefined || entryPrice <= 0) {
    return { price: markPrice, resultUsd: unrealizedPnlUsd, resultPct: unrealizedPnlPct };
  }
  const perUnit = (live.price - entryPrice) * (side === 'LONG' ? 1 : -1);
  return { price: live.price, resultUsd: perUnit * quantity, resultPct: (100 * perUnit) / entryPrice };
}
