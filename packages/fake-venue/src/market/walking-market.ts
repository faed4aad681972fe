import { move } from '#exchange/market-moves.ts';
import type { ExchangeState } from '#exchange/state.ts';
import { createRandom } from './random.ts';

export interface Walking {
  seed: number;
  everyMs: number;
  /** Standard deviation of one step, default 0.02 %. */
  stepPercent?: number;
}

/** Moves every symbol by a random walk, pulled a little back to where it began. Gives what stops it. */
export function startWalk(exchange: ExchangeState, { seed, everyMs, stepPercent = 0.02 }: Walking): () => void {
  const random = createRandom(seed);
  const starts = new Map([...exchange.markets.values()].map((market) => [market.symbol.name, market.last]));
  const step = (): void => {
    for (const [symbol, start] of starts) {
      const { last } = exchange.markets.get(symbol)!;
      const shock = random() + random() + random() + random() - 2;
      const pull = Math.log(start / last) * 0.01;
      move(exchange, symbol, last * Math.exp((shock * Math.sqrt(3) * stepPercent) / 100 + pull));
    }
  };
  const timer = setInterval(step, everyMs);
  return () => clearInterval(timer);
}
