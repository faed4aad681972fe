import { addQuantity, subtractQuantity } from './amounts.ts';

/** One position a symbol. A flat one keeps its side and has quantity 0. */
export interface PaperPosition {
  symbol: string;
  side: 'LONG' | 'SHORT';
  quantity: number;
  entryPrice: number;
  leverage: number;
}

export interface NettingFill {
  side: 'BUY' | 'SELL';
  quantity: number;
  price: number;
  leverage: number;
}

export interface Netted {
  position: PaperPosition;
  /** Profit (+) or loss (−) in quote units of the part that was closed, before fees. */
  realized: number;
}

/** The position after a fill: same side adds at the quantity-weighted mean, the other side reduces, closes, then opens. */
export function netFill(position: PaperPosition, fill: NettingFill): Netted {
  const side = fill.side === 'BUY' ? 'LONG' : 'SHORT';
  if (position.quantity === 0) return { position: opened(position.symbol, side, fill.quantity, fill), realized: 0 };
  if (position.side === side) return { position: increased(position, fill), realized: 0 };

  const closed = Math.min(position.quantity, fill.quantity);
  const direction = position.side === 'LONG' ? 1 : -1;
  const realized = direction * (fill.price - position.entryPrice) * closed;
  const beyond = subtractQuantity(fill.quantity, closed);
  if (beyond > 0) return { position: opened(position.symbol, side, beyond, fill), realized };
  return { position: { ...position, quantity: subtractQuantity(position.quantity, closed) }, realized };
}

const opened = (symbol: string, side: 'LONG' | 'SHORT', quantity: number, fill: NettingFill): PaperPosition => ({
  symbol,
  side,
  quantity,
  entryPrice: fill.price,
  leverage: fill.leverage,
});

function increased(position: PaperPosition, fill: NettingFill): PaperPosition {
  const quantity = addQuantity(position.quantity, fill.quantity);
  const cost = position.entryPrice * position.quantity + fill.price * fill.quantity;
  const entryPrice = position.entryPrice === fill.price ? fill.price : cost / quantity;
  return { ...position, quantity, entryPrice, leverage: fill.leverage };
}

/** Profit (+) or loss (−) of the whole position at a price, in quote units. */
export const unrealizedOf = (position: PaperPosition, price: number): number =>
  (position.side === 'LONG' ? price - position.entryPrice : position.entryPrice - price) * position.quantity;

/** Base units of a position that an order of this side would close; 0 when the order would open or add. */
export const closableBy = (position: PaperPosition | undefined, side: 'BUY' | 'SELL'): number =>
  position && position.side === (side === 'SELL' ? 'LONG' : 'SHORT') ? position.quantity : 0;
