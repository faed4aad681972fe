import { cancelOnWire, placeOnWire } from '#dialects/wire-faults.ts';
import { kindOf, type OrderRequest } from '#exchange/order.ts';
import { cancel } from '#exchange/placing.ts';
import { Refused } from '#exchange/refused.ts';
import { type ExchangeState, marketOf } from '#exchange/state.ts';
import type { Call, Route, Routes } from './context.ts';
import { BybitError } from './errors.ts';
import { executionShape, orderShape } from './order-shapes.ts';
import { type Page, pageOf } from './pages.ts';
import { categoryOf, integer, optional, orderOf, required, requireLinear, scopeOf } from './parameters.ts';
import { timeRange } from './time-range.ts';
import { idOfWire, wireIdOf } from './wire-ids.ts';
import { isOpen, liveOf, matchesKey, namedOrder, type WireOrder, wireOrderOf, wireOrdersIn } from './wire-orders.ts';

/** The venue's own pages. */
const ORDER_PAGE = { normal: 20, max: 50 };
const EXECUTION_PAGE = { normal: 50, max: 100 };
/** So many orders that have ended are still found by `order/realtime`. */
const RECENT_ORDERS = 500;
/** Cancelled without a fill, an order is forgotten by `order/history` after a day. */
const UNFILLED_KEPT_MS = 24 * 60 * 60 * 1000;

const named = ({ placed }: WireOrder) => ({ orderId: wireIdOf(placed.id), orderLinkId: placed.clientId });

/** Prices in these words are ten thousandths. */
const scaled = (price: number): number => Math.round(price * 10_000);

/** The words of a trigger that is reached already name both prices, so they are made where the request is. */
function wouldTrigger(exchange: ExchangeState, { symbol, side, type, triggerPrice = 0, triggerBy }: OrderRequest) {
  const market = marketOf(exchange, symbol);
  const current = scaled(triggerBy === 'mark' ? market.mark : market.last);
  const source = triggerBy === 'mark' ? 'MarkPrice' : 'LastPrice';
  const isRising = (kindOf({ type }) === 'stop') === (side === 'BUY');
  return isRising
    ? new BybitError(
        110092,
        `expect Rising, but trigger_price[${scaled(triggerPrice)}] <= current[${current}]??${source}`,
      )
    : new BybitError(
        110093,
        `expect Falling, but trigger_price[${scaled(triggerPrice)}] >= current[${current}]??${source}`,
      );
}

function create({ context, params }: Call): unknown {
  const request = orderOf(params);
  try {
    const { order } = placeOnWire(context, request);
    // The answer says nothing about what became of it.
    return { orderId: wireIdOf(order.id), orderLinkId: params.get('orderLinkId') ?? '' };
  } catch (error) {
    if (error instanceof Refused && error.reason === 'would-trigger') throw wouldTrigger(context.exchange, request);
    throw error;
  }
}

function cancelOne({ context, params }: Call): unknown {
  requireLinear(params);
  return cancelOnWire(context, required(params, 'symbol'), () => {
    const order = namedOrder(context.exchange, params);
    cancel(context.exchange, liveOf(order));
    return named(order);
  });
}

function cancelMany({ context, params }: Call): unknown {
  requireLinear(params);
  return cancelOnWire(context, optional(params, 'symbol'), () => {
    const orders = wireOrdersIn(context.exchange, params).filter(isOpen);
    for (const order of orders) cancel(context.exchange, liveOf(order));
    return { list: orders.map(named), success: '1' };
  });
}

const listed = <T>(params: URLSearchParams, { items, nextPageCursor }: Page<T>, shape: (item: T) => unknown) => ({
  list: items.map(shape),
  nextPageCursor,
  category: categoryOf(params),
});

const isNamed = (params: URLSearchParams): boolean =>
  optional(params, 'orderId') !== undefined || optional(params, 'orderLinkId') !== undefined;

/** Open orders, newest first; by id also one of those that ended lately. */
function realtime({ context: { exchange }, params }: Call): unknown {
  const all = categoryOf(params) === 'linear' ? wireOrdersIn(exchange, params) : [];
  const ended = all.filter((order) => !isOpen(order)).slice(0, RECENT_ORDERS);
  const openOnly = integer(params, 'openOnly') ?? 0;
  const shown = all.filter((order) => {
    if (isNamed(params)) return matchesKey(order, params) && (isOpen(order) || ended.includes(order));
    return openOnly === 0 ? isOpen(order) : ended.includes(order);
  });
  return listed(params, pageOf(shown, params, ORDER_PAGE), (order) => orderShape(exchange, order));
}

/** Orders that have ended, newest first. */
function history({ context: { exchange, now }, params }: Call): unknown {
  const all = categoryOf(params) === 'linear' ? wireOrdersIn(exchange, params) : [];
  const status = optional(params, 'orderStatus');
  const isInRange = timeRange(params, now());
  const shown = all.filter((order) => {
    const { filledQuantity, updatedAt } = liveOf(order);
    if (isOpen(order) || !matchesKey(order, params) || !isInRange(order.placed.createdAt)) return false;
    if (filledQuantity === 0 && now() - updatedAt > UNFILLED_KEPT_MS) return false;
    return status === undefined || orderShape(exchange, order).orderStatus === status;
  });
  return listed(params, pageOf(shown, params, ORDER_PAGE), (order) => orderShape(exchange, order));
}

/** Executions, newest first. Unlike orders they may be asked for without a symbol. */
function executions({ context: { exchange, now }, params }: Call): unknown {
  const isInRange = timeRange(params, now());
  const isAnywhere = ['symbol', 'baseCoin', 'settleCoin'].every((name) => optional(params, name) === undefined);
  const isInScope = isAnywhere ? () => true : scopeOf(params);
  const wireId = optional(params, 'orderId');
  const clientId = optional(params, 'orderLinkId');
  const execType = optional(params, 'execType') ?? 'Trade';
  const fits = (fill: (typeof exchange.fills)[number]): boolean => {
    if (!isInScope(marketOf(exchange, fill.symbol).symbol) || !isInRange(fill.at)) return false;
    if (wireId === undefined) return clientId === undefined || fill.clientId === clientId;
    const order = exchange.orders.get(fill.orderId);
    return order !== undefined && wireOrderOf(exchange, order).placed.id === idOfWire(wireId);
  };
  const isServed = categoryOf(params) === 'linear' && execType === 'Trade';
  const shown = isServed ? exchange.fills.filter(fits).reverse() : [];
  return listed(params, pageOf(shown, params, EXECUTION_PAGE), (fill) => executionShape(exchange, fill));
}

const trading = (run: Route['run']): Route => ({ security: 'signed', trades: true, perSecond: 10, run });
const reading = (run: Route['run']): Route => ({ security: 'signed', perSecond: 50, run });

export const orderRoutes: Routes = {
  'POST /v5/order/create': trading(create),
  'POST /v5/order/cancel': trading(cancelOne),
  'POST /v5/order/cancel-all': trading(cancelMany),
  'GET /v5/order/realtime': reading(realtime),
  'GET /v5/order/history': reading(history),
  'GET /v5/execution/list': reading(executions),
};
