import { rounded, roundToStep } from './amounts.ts';
import { crosses, fillResting } from './matching.ts';
import type { OrderSide } from './order.ts';
import { type ExchangeState, marketOf } from './state.ts';
import { type BookLevel, oppositeOf, recordTrade } from './symbol-market.ts';
import { fireConditionals } from './triggering.ts';

/** Replaces the book, best first; resting orders that it reaches fill. */
export function setBook(
  state: ExchangeState,
  symbol: string,
  bids: readonly BookLevel[],
  asks: readonly BookLevel[],
): void {
  const market = marketOf(state, symbol);
  market.bids = bids;
  market.asks = asks;
  market.bookVersion++;
  state.emit({ kind: 'book', at: state.now(), market });
  fillResting(state, market, (order) => {
    const best = oppositeOf(market, order.side)[0];
    return best !== undefined && crosses(order, best.price);
  });
}

export interface Print {
  price: number;
  quantity: number;
  side: OrderSide;
}

/** A trade of others: resting orders at its price or better fill, and what triggers by the last price fires. */
export function print(state: ExchangeState, symbol: string, { price, quantity, side }: Print): void {
  const market = marketOf(state, symbol);
  const trade = { id: ++state.lastTradeId, symbol, price, quantity, side, at: state.now() };
  recordTrade(market, trade);
  state.emit({ kind: 'trade', at: trade.at, trade });
  fillResting(state, market, (order) => order.side !== side && crosses(order, price));
  fireConditionals(state, market, 'last');
}

export function setMark(state: ExchangeState, symbol: string, price: number): void {
  const market = marketOf(state, symbol);
  market.mark = price;
  state.emit({ kind: 'mark', at: state.now(), market });
  fireConditionals(state, market, 'mark');
}

const LEVELS = 20;
/** Each level holds about this much in the quote asset: enough that a test order rarely walks far. */
const LEVEL_NOTIONAL = 200_000;

/** A book around the price, a tick apart on each side. */
export function bookAround(
  state: ExchangeState,
  symbol: string,
  price: number,
): { bids: BookLevel[]; asks: BookLevel[] } {
  const { tickSize, stepSize } = marketOf(state, symbol).symbol;
  const quantity = Math.max(stepSize, roundToStep(LEVEL_NOTIONAL / price, stepSize));
  const level = (offset: number): BookLevel => ({ price: roundToStep(price + offset * tickSize, tickSize), quantity });
  const offsets = Array.from({ length: LEVELS }, (_, index) => index + 1);
  return {
    bids: offsets.map((offset) => level(-offset)).filter((bid) => bid.price > 0),
    asks: offsets.map((offset) => level(offset)),
  };
}

/** The whole market goes to the price: book, a trade, mark. */
export function move(state: ExchangeState, symbol: string, to: number): void {
  const market = marketOf(state, symbol);
  const { tickSize, stepSize } = market.symbol;
  const price = roundToStep(to, tickSize);
  const side: OrderSide = price >= market.last ? 'BUY' : 'SELL';
  const { bids, asks } = bookAround(state, symbol, price);
  setBook(state, symbol, bids, asks);
  print(state, symbol, { price, quantity: rounded(stepSize * 10), side });
  setMark(state, symbol, price);
}
