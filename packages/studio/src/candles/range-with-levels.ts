export interface PriceRange {
  minValue: number;
  maxValue: number;
}

/** Levels may make the scale this many times as high as the candles alone; farther ones would flatten them. */
const REACH = 6;

/** The scale of the candles, made to hold the levels that are near enough to read the candles by. */
export function rangeWithLevels({ minValue, maxValue }: PriceRange, levels: readonly number[]): PriceRange {
  const height = Math.max(maxValue - minValue, maxValue * 0.0005);
  const wanted = { minValue, maxValue };
  const byDistance = levels
    .filter((level) => level < minValue || level > maxValue)
    .sort((a, b) => outside(a, minValue, maxValue) - outside(b, minValue, maxValue));
  for (const level of byDistance) {
    const low = Math.min(wanted.minValue, level);
    const high = Math.max(wanted.maxValue, level);
    if (high - low > REACH * height) break;
    wanted.minValue = low;
    wanted.maxValue = high;
  }
  return wanted;
}

const outside = (level: number, low: number, high: number): number => Math.max(low - level, level - high);
