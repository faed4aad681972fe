import { decimalsOf, isMultipleOf, roundToStep } from './amounts.ts';
import { accountMargin, closableQuantity, openingPart } from './margin.ts';
import { kindOf, type OrderRequest, onlyReduces, type PositionSide } from './order.ts';
import { Refused } from './refused.ts';
import { type ExchangeState, liveOrders, marketOf, settingsOf } from './state.ts';
import { oppositeOf, priceOf, type SymbolMarket } from './symbol-market.ts';

export const positionSideOf = (request: OrderRequest): PositionSide => request.positionSide ?? 'BOTH';

/** Checks the form of an order against the symbol's filters and the account's modes. Throws Refused. */
export function checkForm(state: ExchangeState, request: OrderRequest): SymbolMarket {
  const market = marketOf(state, request.symbol);
  const { symbol } = market;
  if ((symbol.status ?? 'TRADING') !== 'TRADING') throw new Refused('symbol-not-trading');
  if (state.hedgeMode === (positionSideOf(request) === 'BOTH')) throw new Refused('position-side');
  if (state.hedgeMode && request.reduceOnly === true && !state.rules.mayReduceOnlyInHedgeMode) {
    throw new Refused('reduce-only-not-allowed');
  }
  if (request.closePosition === true) {
    if (request.quantity !== 0 || request.reduceOnly === true) throw new Refused('reduce-only-not-allowed');
  } else checkQuantity(market, request);
  if (request.type === 'LIMIT' || request.type === 'STOP' || request.type === 'TAKE_PROFIT') {
    checkPrice(market, request.price, 'price-missing');
  }
  checkBand(market, request);
  if (kindOf(request) === 'stop' || kindOf(request) === 'target') {
    checkPrice(market, request.triggerPrice, 'trigger-price-missing');
  }
  return market;
}

function checkQuantity({ symbol }: SymbolMarket, { quantity, type }: OrderRequest): void {
  if (!(quantity > 0)) throw new Refused('quantity-zero');
  if (hasMoreDecimals(quantity, symbol.stepSize)) throw new Refused('quantity-precision');
  if (!isMultipleOf(quantity, symbol.stepSize)) throw new Refused('quantity-step');
  if (quantity < symbol.minQuantity) throw new Refused('quantity-minimum', symbol.minQuantity);
  const maximum = type === 'LIMIT' ? symbol.maxQuantity : symbol.maxMarketQuantity;
  if (quantity > maximum) throw new Refused('quantity-maximum', maximum);
}

function checkPrice(
  { symbol }: SymbolMarket,
  price: number | undefined,
  missing: 'price-missing' | 'trigger-price-missing',
) {
  if (price === undefined || !(price > 0)) throw new Refused(missing);
  if (hasMoreDecimals(price, symbol.tickSize)) throw new Refused('price-precision');
  if (!isMultipleOf(price, symbol.tickSize)) throw new Refused('price-tick');
}

function hasMoreDecimals(amount: number, step: number): boolean {
  const scaled = amount * 10 ** decimalsOf(step);
  return Math.abs(scaled - Math.round(scaled)) > 1e-6;
}

/** A limit may be this part of the mark away on the side where it would take. */
export const LIMIT_PRICE_BAND = 0.05;

function checkBand({ symbol, mark }: SymbolMarket, { side, type, price = 0 }: OrderRequest): void {
  if (type !== 'LIMIT' || mark <= 0) return;
  const highest = roundToStep(mark * (1 + LIMIT_PRICE_BAND), symbol.tickSize);
  const lowest = roundToStep(mark * (1 - LIMIT_PRICE_BAND), symbol.tickSize);
  if (side === 'BUY' && price > highest) throw new Refused('price-too-high', highest);
  if (side === 'SELL' && price < lowest) throw new Refused('price-too-low', lowest);
}

/** What an order for the main book must have beyond its form. Gives the quantity, cut when it may only reduce. */
export function checkFunds(state: ExchangeState, request: OrderRequest, market: SymbolMarket): number {
  const opening = { symbol: request.symbol, side: request.side, positionSide: positionSideOf(request) };
  const closable = closableQuantity(state, opening);
  if (onlyReduces(request)) {
    if (closable <= 0) throw new Refused('reduce-only');
    return Math.min(request.quantity, closable);
  }
  const price = request.price ?? oppositeOf(market, request.side)[0]?.price ?? priceOf(market, request.side);
  if (request.quantity * price < market.symbol.minNotional - 1e-9) {
    throw new Refused('notional-minimum', market.symbol.minNotional);
  }
  const margin = (openingPart(state, opening, request.quantity) * price) / settingsOf(state, request.symbol).leverage;
  if (margin > accountMargin(state).available + 1e-9) throw new Refused('margin');
  return request.quantity;
}

/** A client id belongs to one order: as long as that is open in its book, or for ever. */
export function checkClientId(state: ExchangeState, book: 'main' | 'conditional', clientId: string): void {
  const others = state.rules.clientIds === 'for-ever' ? [...state.orders.values()] : liveOrders(state, book);
  if (others.some((order) => order.clientId === clientId)) throw new Refused('duplicate-client-id');
}

/** What a conditional order must have beyond its form: it must not be due, and not one of its kind too many. */
export function checkConditional(state: ExchangeState, request: OrderRequest, market: SymbolMarket): void {
  const waiting = liveOrders(state, 'conditional');
  const { max, per } = state.rules.conditionalOrders;
  const counted = waiting.filter((order) => per === 'account' || order.symbol === request.symbol).length;
  if (counted >= max) throw new Refused('conditional-count', max);
  const price = request.triggerBy === 'mark' ? market.mark : market.last;
  if (price > 0 && isDue({ ...request, triggerPrice: request.triggerPrice ?? 0 }, price))
    throw new Refused('would-trigger');
  const same = (other: OrderRequest): boolean =>
    other.closePosition === true &&
    other.symbol === request.symbol &&
    other.side === request.side &&
    other.positionSide === positionSideOf(request) &&
    kindOf(other) === kindOf(request);
  if (request.closePosition === true && waiting.some(same)) throw new Refused('close-position-exists');
}

/** A stop is due when the price has moved against it, a target when with it; the trigger price itself is due. */
export function isDue(order: Pick<OrderRequest, 'side' | 'type'> & { triggerPrice: number }, price: number): boolean {
  const rising = (order.side === 'BUY') === (kindOf(order) === 'stop');
  return rising ? price >= order.triggerPrice : price <= order.triggerPrice;
}
