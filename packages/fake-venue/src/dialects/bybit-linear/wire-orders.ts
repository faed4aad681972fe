import { type FakeOrder, isLive } from '#exchange/order.ts';
import { Refused } from '#exchange/refused.ts';
import { type ExchangeState, marketOf } from '#exchange/state.ts';
import { BybitError } from './errors.ts';
import { optional, scopeOf } from './parameters.ts';
import { idOfWire } from './wire-ids.ts';

/**
 * One order as the venue tells of it. A conditional order keeps its id when it is triggered (so the order stream has
 * it), while the exchange makes an order of the main book of it: `placed` is what the client sent, `working` what is
 * or was at the matching engine, missing before the trigger.
 */
export interface WireOrder {
  placed: FakeOrder;
  working: FakeOrder | undefined;
}

export function wireOrderOf({ orders }: ExchangeState, order: FakeOrder): WireOrder {
  if (order.book === 'main') return { placed: orders.get(order.conditionalId) ?? order, working: order };
  return { placed: order, working: orders.get(order.triggeredOrderId) };
}

export const isConditional = ({ placed }: WireOrder): boolean => placed.book === 'conditional';

export const isOpen = ({ placed, working }: WireOrder): boolean => isLive(working ?? placed);

/** The order that can be cancelled: at the matching engine if it has got there. */
export const liveOf = ({ placed, working }: WireOrder): FakeOrder => working ?? placed;

/** All orders that were placed, newest first. */
export const allWireOrders = (exchange: ExchangeState): WireOrder[] =>
  [...exchange.orders.values()]
    .filter((order) => order.conditionalId === 0)
    .reverse()
    .map((order) => wireOrderOf(exchange, order));

/** What a query or a cancel of many is about. */
export function wireOrdersIn(exchange: ExchangeState, params: URLSearchParams): WireOrder[] {
  const isInScope = scopeOf(params);
  const filter = optional(params, 'orderFilter');
  return allWireOrders(exchange).filter((order) => {
    if (filter !== undefined && filter !== (isConditional(order) ? 'StopOrder' : 'Order')) return false;
    return isInScope(marketOf(exchange, order.placed.symbol).symbol);
  });
}

/** Whether it is the one that is asked for. An id has priority over a client id, both may be left out. */
export function matchesKey({ placed }: WireOrder, params: URLSearchParams): boolean {
  const wireId = optional(params, 'orderId');
  const clientId = optional(params, 'orderLinkId');
  if (wireId !== undefined) return placed.id === idOfWire(wireId);
  return clientId === undefined || placed.clientId === clientId;
}

/** The order that a call names. Throws 10001 when it names none, 110001 when there is none. */
export function namedOrder(exchange: ExchangeState, params: URLSearchParams): WireOrder {
  // An empty id is assumed to be refused: the documentation gives orderId priority and does not speak of an empty one.
  if (params.get('orderId') === '' || (!params.has('orderId') && optional(params, 'orderLinkId') === undefined)) {
    throw new BybitError(10001, 'params error: orderId or orderLinkId invalid');
  }
  const found = allWireOrders(exchange).find((order) => matchesKey(order, params));
  if (found === undefined || found.placed.symbol !== optional(params, 'symbol')) throw new Refused('unknown-order');
  return found;
}
