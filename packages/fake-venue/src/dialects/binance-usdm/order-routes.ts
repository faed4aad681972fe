import { cancelOnWire, placeOnWire } from '#dialects/wire-faults.ts';
import { isLive } from '#exchange/order.ts';
import { cancel } from '#exchange/placing.ts';
import { cancelAll, findOrder, type OrderKey } from '#exchange/queries.ts';
import { Refused } from '#exchange/refused.ts';
import { liveOrders, marketOf } from '#exchange/state.ts';
import type { Call, Routes } from './context.ts';
import { BinanceError, missing } from './errors.ts';
import {
  orderShape,
  placedConditionalShape,
  queriedConditionalShape,
  queriedOrderShape,
  userTradeShape,
} from './order-shapes.ts';
import { conditionalOrderOf, integer, mainOrderOf, required } from './parameters.ts';

const DONE = { code: 200, msg: 'The operation of cancel all open order is done.' };

function mainKey(params: URLSearchParams): OrderKey {
  const id = integer(params, 'orderId');
  const clientId = params.get('origClientOrderId') ?? undefined;
  if (id === undefined && clientId === undefined) {
    throw new BinanceError(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
  }
  return { book: 'main', symbol: required(params, 'symbol'), id, clientId };
}

function conditionalKey(params: URLSearchParams): OrderKey {
  const id = integer(params, 'algoId');
  const clientId = params.get('clientAlgoId') ?? undefined;
  if (id === undefined && clientId === undefined) throw missing('algoid');
  return { book: 'conditional', id, clientId };
}

/** What cannot be found cannot be cancelled, and the venue has another code for that. */
function cancelling({ context }: Call, key: OrderKey) {
  try {
    const order = findOrder(context.exchange, key);
    if (!isLive(order)) throw new Refused('not-open');
    cancel(context.exchange, order);
    return order;
  } catch (error) {
    if (error instanceof Refused && error.reason === 'unknown-order') throw new Refused('not-open');
    throw error;
  }
}

const bySymbol =
  (dear: number) =>
  (params: URLSearchParams): number =>
    params.has('symbol') ? 1 : dear;

function within<T>(
  all: T[],
  params: URLSearchParams,
  { idOf, at, idName }: { idOf: (one: T) => number; at: (one: T) => number; idName: string },
): T[] {
  const from = integer(params, idName);
  const startTime = integer(params, 'startTime');
  const endTime = integer(params, 'endTime');
  const limit = Math.min(integer(params, 'limit') ?? 500, 1000);
  const found = all.filter(
    (one) =>
      (from === undefined || idOf(one) >= from) &&
      (startTime === undefined || at(one) >= startTime) &&
      (endTime === undefined || at(one) <= endTime),
  );
  return from === undefined && startTime === undefined ? found.slice(-limit) : found.slice(0, limit);
}

const known = ({ context, params }: Call): string | undefined => {
  const symbol = params.get('symbol') ?? undefined;
  if (symbol !== undefined) marketOf(context.exchange, symbol);
  return symbol;
};

const ordersOf = ({ context }: Call, book: 'main' | 'conditional', symbol: string) =>
  [...context.exchange.orders.values()].filter((order) => order.book === book && order.symbol === symbol);

export const orderRoutes: Routes = {
  'POST /fapi/v1/order': {
    ...{ security: 'signed', trades: true, weight: 0, orders: 1 },
    run: (call) => {
      const { accepted, order } = placeOnWire(call.context, mainOrderOf(call.params));
      return orderShape(call.params.get('newOrderRespType') === 'RESULT' ? order : accepted);
    },
  },
  'POST /fapi/v1/order/test': {
    ...{ security: 'signed', trades: true, weight: 0 },
    run: ({ params }) => {
      mainOrderOf(params);
      return {};
    },
  },
  'GET /fapi/v1/order': {
    ...{ security: 'signed', weight: 1 },
    run: ({ context, params }) => queriedOrderShape(findOrder(context.exchange, mainKey(params))),
  },
  'DELETE /fapi/v1/order': {
    ...{ security: 'signed', trades: true, weight: 1 },
    run: (call) =>
      cancelOnWire(call.context, required(call.params, 'symbol'), () =>
        orderShape(cancelling(call, mainKey(call.params))),
      ),
  },
  'GET /fapi/v1/openOrder': {
    ...{ security: 'signed', weight: 1 },
    run: ({ context, params }) => {
      const order = findOrder(context.exchange, mainKey(params));
      if (!isLive(order)) throw new Refused('unknown-order');
      return queriedOrderShape(order);
    },
  },
  'GET /fapi/v1/openOrders': {
    ...{ security: 'signed', weight: bySymbol(40) },
    run: (call) => liveOrders(call.context.exchange, 'main', known(call)).map(queriedOrderShape),
  },
  'GET /fapi/v1/allOrders': {
    ...{ security: 'signed', weight: 5 },
    run: (call) => {
      const all = ordersOf(call, 'main', required(call.params, 'symbol'));
      const by = {
        idOf: (one: { id: number }) => one.id,
        at: (one: { createdAt: number }) => one.createdAt,
        idName: 'orderId',
      };
      return within(all, call.params, by).map(queriedOrderShape);
    },
  },
  'DELETE /fapi/v1/allOpenOrders': {
    ...{ security: 'signed', trades: true, weight: 1 },
    run: ({ context, params }) => {
      const symbol = required(params, 'symbol');
      marketOf(context.exchange, symbol);
      return cancelOnWire(context, symbol, () => {
        cancelAll(context.exchange, 'main', symbol);
        return DONE;
      });
    },
  },
  'GET /fapi/v1/userTrades': {
    ...{ security: 'signed', weight: 5 },
    run: ({ context, params }) => {
      const symbol = required(params, 'symbol');
      marketOf(context.exchange, symbol);
      const orderId = integer(params, 'orderId');
      const all = context.exchange.fills.filter(
        (fill) => fill.symbol === symbol && (orderId === undefined || fill.orderId === orderId),
      );
      return within(all, params, { idOf: (one) => one.id, at: (one) => one.at, idName: 'fromId' }).map(userTradeShape);
    },
  },
  'POST /fapi/v1/algoOrder': {
    ...{ security: 'signed', trades: true, weight: 0, orders: 1 },
    run: ({ context, params }) => placedConditionalShape(placeOnWire(context, conditionalOrderOf(params)).accepted),
  },
  'GET /fapi/v1/algoOrder': {
    ...{ security: 'signed', weight: 1 },
    run: ({ context, params }) =>
      queriedConditionalShape(context.exchange, findOrder(context.exchange, conditionalKey(params))),
  },
  'DELETE /fapi/v1/algoOrder': {
    ...{ security: 'signed', trades: true, weight: 1 },
    run: (call) =>
      cancelOnWire(call.context, call.params.get('symbol') ?? undefined, () => {
        const order = cancelling(call, conditionalKey(call.params));
        return { algoId: order.id, clientAlgoId: order.clientId, code: '200', msg: 'success' };
      }),
  },
  'GET /fapi/v1/openAlgoOrders': {
    ...{ security: 'signed', weight: bySymbol(40) },
    run: (call) => {
      const { exchange } = call.context;
      return liveOrders(exchange, 'conditional', known(call)).map((order) => queriedConditionalShape(exchange, order));
    },
  },
  'GET /fapi/v1/allAlgoOrders': {
    ...{ security: 'signed', weight: 5 },
    run: (call) => {
      const all = ordersOf(call, 'conditional', required(call.params, 'symbol'));
      const by = {
        idOf: (one: { id: number }) => one.id,
        at: (one: { createdAt: number }) => one.createdAt,
        idName: 'algoId',
      };
      return within(all, call.params, by).map((order) => queriedConditionalShape(call.context.exchange, order));
    },
  },
  'DELETE /fapi/v1/algoOpenOrders': {
    ...{ security: 'signed', trades: true, weight: 1 },
    run: ({ context, params }) => {
      const symbol = required(params, 'symbol');
      marketOf(context.exchange, symbol);
      return cancelOnWire(context, symbol, () => {
        cancelAll(context.exchange, 'conditional', symbol);
        return DONE;
      });
    },
  },
  'POST /fapi/v1/countdownCancelAll': {
    ...{ security: 'signed', trades: true, weight: 10 },
    run: ({ context, params }) => {
      const symbol = required(params, 'symbol');
      const countdownTime = integer(params, 'countdownTime');
      if (countdownTime === undefined) throw missing('countdowntime');
      marketOf(context.exchange, symbol);
      const due = context.now() + countdownTime;
      context.countdowns.set(symbol, countdownTime === 0 ? 0 : due);
      if (countdownTime > 0) {
        context.exchange.later(() => {
          if (context.countdowns.get(symbol) === due) cancelAll(context.exchange, 'main', symbol);
        }, countdownTime);
      }
      return { symbol, countdownTime: String(countdownTime) };
    },
  },
};
