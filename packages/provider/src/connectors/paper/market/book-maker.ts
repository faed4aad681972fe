import type { Random } from './random.ts';
import type { SymbolProfile } from './symbols.ts';

interface Level {
  price: number;
  volume: number;
}

export interface Quote {
  bids: Level[];
  asks: Level[];
}

/** Levels a side: enough for the size of a small account, few enough to keep books cheap. */
export const BOOK_LEVELS = 8;

/** Rounds to a whole number of steps. A step is a power of ten, so that the result is the double nearest its decimal. */
export function toStep(value: number, step: number): number {
  const stepsPerUnit = Math.round(1 / step);
  return Math.round(value * stepsPerUnit) / stepsPerUnit;
}

/** Draws a book around a fair price: spread and spacing widen, and depth shrinks, with volatility and thinness. */
export function drawBook(
  profile: SymbolProfile,
  market: { price: number; volatility: number; thinness: number },
  random: Random,
): Quote {
  const { tickSize, stepSize } = profile.spec;
  const width = Math.min(2.5, 0.6 + 0.4 * market.volatility) * market.thinness * (0.85 + 0.3 * random.uniform());
  const spread = Math.max(tickSize, (market.price * profile.calmSpreadPct * width) / 100);
  const lean = (random.uniform() - 0.5) * 0.3 * spread;
  const bestBid = toStep(market.price + lean - spread / 2, tickSize);
  const bestAsk = Math.max(toStep(market.price + lean + spread / 2, tickSize), toStep(bestBid + tickSize, tickSize));
  const gap = Math.max(tickSize, spread * 0.7);
  const depth =
    profile.levelDepthUsd / (market.thinness ** 0.7 * Math.max(0.5, market.volatility) ** 0.5) / market.price;
  const side = (best: number, direction: number): Level[] => {
    const levels: Level[] = [];
    let price = best;
    for (let index = 0; index < BOOK_LEVELS; index += 1) {
      const volume = depth * (0.5 + 0.25 * index) * Math.exp(0.5 * random.normal());
      levels.push({ price, volume: Math.max(stepSize, toStep(volume, stepSize)) });
      const next = price + direction * gap * (0.7 + 0.8 * random.uniform());
      price =
        direction > 0
          ? Math.max(toStep(next, tickSize), toStep(price + tickSize, tickSize))
          : Math.min(toStep(next, tickSize), toStep(price - tickSize, tickSize));
    }
    return levels;
  };
  return { bids: side(bestBid, -1), asks: side(bestAsk, 1) };
}
