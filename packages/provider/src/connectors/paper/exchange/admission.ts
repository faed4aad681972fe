import type { Order, RejectReason } from '@inspector/contract';
import { reachesDown, reachesUp, subtractQuantity } from './amounts.ts';
import { closableBy, type PaperPosition } from './netting.ts';
import type { SymbolMarket } from './symbol-market.ts';

/** What the exchange needs of PROVIDER_SYMBOLS. */
export interface PaperSymbol {
  name: string;
  status: string;
  stepSize: number;
  minQuantity: number;
  minNotional?: number;
  maxLeverage?: number;
  maintenanceMarginPercent?: number;
}

export interface Rejection {
  reason: RejectReason;
  reasonText: string;
}

export interface AdmissionContext {
  spot: boolean;
  market: SymbolMarket | undefined;
  position: PaperPosition | undefined;
  /** Undefined also when the venue never listed its symbols: then every name is taken. */
  symbol: PaperSymbol | undefined;
  symbolsListed: boolean;
}

/** Whether an order may only make a position smaller. */
export const isReducing = (order: Order): boolean => order.reduceOnly === true || order.closePosition === true;

export const isConditional = (order: Order): boolean =>
  order.type === 'STOP_MARKET' || order.type === 'TAKE_PROFIT_MARKET';

/** The side of the price at which a conditional order triggers, at its stop price included. */
export function isTriggeredAt(order: Order, price: number): boolean {
  const rising = (order.type === 'STOP_MARKET') === (order.side === 'BUY');
  return rising ? reachesUp(price, order.stopPrice ?? Number.NaN) : reachesDown(price, order.stopPrice ?? Number.NaN);
}

/** Why an order cannot be placed, all but margin: that depends on what the order would fill at. */
export function refusalOf(order: Order, context: AdmissionContext): Rejection | undefined {
  return (
    malformed(order) ??
    unlisted(order, context) ??
    openingByReduceOnly(order, context) ??
    tooSmall(order, context) ??
    alreadyTriggered(order, context)
  );
}

const reject = (reason: Rejection['reason'], reasonText: string): Rejection => ({ reason, reasonText });

const isAmount = (value: number | undefined): boolean => value !== undefined && Number.isFinite(value) && value > 0;

function malformed(order: Order): Rejection | undefined {
  if (order.type !== 'MARKET' && order.type !== 'LIMIT' && !isConditional(order))
    return reject('UNKNOWN', `Order type ${order.type} is not supported`);
  if (order.closePosition !== true && !isAmount(order.quantity))
    return reject('UNKNOWN', 'Quantity must be a number above 0');
  if (order.type === 'LIMIT' && !isAmount(order.price)) return reject('UNKNOWN', 'A LIMIT order needs a price above 0');
  if (isConditional(order) && !isAmount(order.stopPrice))
    return reject('UNKNOWN', `A ${order.type} order needs a stopPrice above 0`);
  if (order.leverage !== undefined && !isAmount(order.leverage))
    return reject('UNKNOWN', 'Leverage must be a number above 0');
  return undefined;
}

function unlisted(order: Order, context: AdmissionContext): Rejection | undefined {
  const { name } = order.symbol;
  // What is already held can always be closed, listed or not.
  if (!context.symbolsListed || (isReducing(order) && closableBy(context.position, order.side) > 0)) return undefined;
  if (!context.symbol) return reject('UNKNOWN', `Symbol ${name} is not listed`);
  if (context.symbol.status !== 'TRADING') return reject('UNKNOWN', `Symbol ${name} is not trading`);
  if (order.leverage !== undefined && context.symbol.maxLeverage && order.leverage > context.symbol.maxLeverage)
    return reject('UNKNOWN', `Leverage ${order.leverage} is above ${context.symbol.maxLeverage} of ${name}`);
  return undefined;
}

function openingByReduceOnly(order: Order, context: AdmissionContext): Rejection | undefined {
  const closable = closableBy(context.position, order.side);
  if (isReducing(order) && closable === 0) return reject('REDUCE_ONLY', 'There is no position that it would reduce');
  if (context.spot && order.side === 'SELL' && closable < order.quantity && !isReducing(order))
    return reject('MARGIN', 'On spot only what is held can be sold');
  return undefined;
}

/** A reduce-only order over the whole position passes at any size: a small remainder must be closable. */
function tooSmall(order: Order, context: AdmissionContext): Rejection | undefined {
  const { symbol } = context;
  if (!symbol || order.closePosition === true) return undefined;
  if (isReducing(order) && order.quantity >= closableBy(context.position, order.side)) return undefined;
  if (subtractQuantity(order.quantity, symbol.minQuantity) < 0)
    return reject('MIN_SIZE', `Quantity ${order.quantity} is below ${symbol.minQuantity} of ${symbol.name}`);
  const price = order.price ?? order.stopPrice ?? takingPrice(order, context.market);
  if (price !== undefined && symbol.minNotional && !reachesUp(order.quantity * price, symbol.minNotional))
    return reject('MIN_SIZE', `Notional ${order.quantity * price} is below ${symbol.minNotional} of ${symbol.name}`);
  return undefined;
}

const takingPrice = (order: Order, market: SymbolMarket | undefined): number | undefined =>
  (order.side === 'BUY' ? market?.asks : market?.bids)?.[0]?.price ?? (market?.last || undefined);

function alreadyTriggered(order: Order, context: AdmissionContext): Rejection | undefined {
  if (!isConditional(order) || !context.market) return undefined;
  const reference = order.triggerBy === 'trade' ? context.market.trade : context.market.mark;
  if (reference === 0 || !isTriggeredAt(order, reference)) return undefined;
  return reject('WOULD_TRIGGER', `Price ${reference} is already through ${order.stopPrice}`);
}
