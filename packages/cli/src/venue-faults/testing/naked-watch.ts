import type { FakeVenue } from '@inspector/fake-venue';

/** How often the venue is looked at. */
const LOOK_EVERY_MS = 5;

/** How long positions stand uncovered, as the venue itself has them: what Inspector believes plays no part. */
export interface NakedWatch {
  /** The longest that any position stood without a working stop over its whole quantity, in ms. */
  worstMs(): number;
  /** How long the symbol's position has stood uncovered; undefined when it is covered or flat. */
  nakedNow(symbol: string): number | undefined;
  reset(): void;
  stop(): void;
}

export function watchNaked(venue: FakeVenue): NakedWatch {
  const since = new Map<string, number>();
  let worst = 0;

  const look = (): void => {
    const now = performance.now();
    const { positions, conditionalOrders } = venue.account();
    const open = new Set<string>();
    for (const { symbol, quantity } of positions) {
      const closing = quantity > 0 ? 'SELL' : 'BUY';
      let covered = 0;
      for (const order of conditionalOrders) {
        if (order.symbol === symbol && order.side === closing && order.type === 'STOP_MARKET')
          covered += order.quantity;
      }
      if (covered >= Math.abs(quantity) * (1 - 1e-9)) continue;
      open.add(symbol);
      if (!since.has(symbol)) since.set(symbol, now);
      worst = Math.max(worst, now - since.get(symbol)!);
    }
    for (const symbol of since.keys()) if (!open.has(symbol)) since.delete(symbol);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    worstMs: () => Math.round(worst),
    nakedNow(symbol) {
      look();
      const from = since.get(symbol);
      return from === undefined ? undefined : performance.now() - from;
    },
    reset() {
      worst = 0;
      since.clear();
    },
    stop: () => clearInterval(timer),
  };
}
