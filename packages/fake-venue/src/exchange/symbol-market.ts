import type { OrderSide } from './order.ts';
import type { FakeSymbol } from './symbols.ts';

export interface BookLevel {
  price: number;
  quantity: number;
}

export interface MarketTrade {
  id: number;
  symbol: string;
  price: number;
  quantity: number;
  /** The side of the taker. */
  side: OrderSide;
  at: number;
}

/** One minute of trades. */
export interface MinuteCandle {
  openedAt: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  quoteVolume: number;
  trades: number;
}

/** The public side of one symbol. Levels are best first; prices are 0 before the first. */
export interface SymbolMarket {
  symbol: FakeSymbol;
  bids: readonly BookLevel[];
  asks: readonly BookLevel[];
  last: number;
  mark: number;
  bookVersion: number;
  trades: MarketTrade[];
  candles: MinuteCandle[];
}

/** Older ones are forgotten: nobody asks a test venue for more. */
const MAX_TRADES = 1000;
const MAX_CANDLES = 1500;
export const MINUTE_MS = 60_000;

export function createSymbolMarket(symbol: FakeSymbol): SymbolMarket {
  return { symbol, bids: [], asks: [], last: 0, mark: 0, bookVersion: 1000, trades: [], candles: [] };
}

export function recordTrade(market: SymbolMarket, trade: MarketTrade): void {
  market.last = trade.price;
  market.trades.push(trade);
  if (market.trades.length > MAX_TRADES) market.trades.splice(0, market.trades.length - MAX_TRADES);
  const openedAt = Math.floor(trade.at / MINUTE_MS) * MINUTE_MS;
  let candle = market.candles.at(-1);
  if (candle === undefined || candle.openedAt < openedAt) {
    candle = flatCandle(openedAt, trade.price);
    market.candles.push(candle);
    if (market.candles.length > MAX_CANDLES) market.candles.shift();
  }
  candle.high = Math.max(candle.high, trade.price);
  candle.low = Math.min(candle.low, trade.price);
  candle.close = trade.price;
  candle.volume += trade.quantity;
  candle.quoteVolume += trade.quantity * trade.price;
  candle.trades++;
}

export function flatCandle(openedAt: number, price: number): MinuteCandle {
  return { openedAt, open: price, high: price, low: price, close: price, volume: 0, quoteVolume: 0, trades: 0 };
}

/** The side that an order of this side takes from. */
export const oppositeOf = (market: SymbolMarket, side: OrderSide): readonly BookLevel[] =>
  side === 'BUY' ? market.asks : market.bids;

/** A price to judge an order by: the mark, else the last trade, else the best opposite price. 0 when there is none. */
export const priceOf = (market: SymbolMarket, side: OrderSide): number =>
  market.mark || market.last || (oppositeOf(market, side)[0]?.price ?? 0);
