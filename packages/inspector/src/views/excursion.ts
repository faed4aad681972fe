/** How far a price went for and against a position since its entry, in percent of the entry price, never below 0. */
export interface Excursion {
  favourablePct: number;
  adversePct: number;
}

export type Side = 'LONG' | 'SHORT';

/** Percent by which `price` is better for a holder than `entryPrice`; negative when worse. */
export const gainPct = (side: Side, entryPrice: number, price: number): number =>
  (side === 'LONG' ? price - entryPrice : entryPrice - price) * (100 / entryPrice);

/** The excursion widened by one more price. */
export function widened(excursion: Excursion, side: Side, entryPrice: number, price: number | null): Excursion {
  if (price === null || !(entryPrice > 0)) return excursion;
  const gain = gainPct(side, entryPrice, price);
  return {
    favourablePct: Math.max(excursion.favourablePct, gain),
    adversePct: Math.max(excursion.adversePct, -gain),
  };
}
