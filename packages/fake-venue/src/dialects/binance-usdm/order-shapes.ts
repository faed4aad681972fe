import { text } from '#dialects/text.ts';
import { averagePriceOf, type FakeFill, type FakeOrder } from '#exchange/order.ts';
import type { ExchangeState } from '#exchange/state.ts';
import { timeInForceText } from './parameters.ts';

/** The status of an order of the main book is the venue's own word. */
export const workingTypeOf = (order: FakeOrder): string =>
  order.triggerBy === 'mark' ? 'MARK_PRICE' : 'CONTRACT_PRICE';

/** An order of the main book, as calls answer it. */
export function orderShape(order: FakeOrder): Record<string, unknown> {
  return {
    orderId: order.id,
    symbol: order.symbol,
    status: order.status,
    clientOrderId: order.clientId,
    price: text(order.price),
    avgPrice: text(averagePriceOf(order)),
    origQty: text(order.quantity),
    executedQty: text(order.filledQuantity),
    cumQty: text(order.filledQuantity),
    cumQuote: text(order.filledNotional),
    timeInForce: timeInForceText(order),
    type: order.type,
    reduceOnly: order.reduceOnly,
    closePosition: order.closePosition,
    side: order.side,
    positionSide: order.positionSide,
    stopPrice: '0',
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    origType: order.type,
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    goodTillDate: 0,
    updateTime: order.updatedAt,
  };
}

/** With the time of placing, which queries add. */
export const queriedOrderShape = (order: FakeOrder): Record<string, unknown> => ({
  ...orderShape(order),
  time: order.createdAt,
});

/** A conditional order as placing answers it. */
export function placedConditionalShape(order: FakeOrder): Record<string, unknown> {
  return {
    algoId: order.id,
    clientAlgoId: order.clientId,
    algoType: 'CONDITIONAL',
    orderType: order.type,
    symbol: order.symbol,
    side: order.side,
    positionSide: order.positionSide,
    timeInForce: timeInForceText(order),
    quantity: text(order.quantity),
    algoStatus: order.status,
    triggerPrice: text(order.triggerPrice),
    price: text(order.price),
    icebergQuantity: null,
    selfTradePreventionMode: 'EXPIRE_MAKER',
    workingType: workingTypeOf(order),
    priceMatch: 'NONE',
    closePosition: order.closePosition,
    priceProtect: false,
    reduceOnly: order.reduceOnly,
    activatePrice: '',
    callbackRate: '',
    createTime: order.createdAt,
    updateTime: order.updatedAt,
    triggerTime: order.triggeredAt,
    goodTillDate: 0,
  };
}

/** A conditional order as queries answer it, with the order that it became. */
export function queriedConditionalShape(exchange: ExchangeState, order: FakeOrder): Record<string, unknown> {
  const became = exchange.orders.get(order.triggeredOrderId);
  return {
    ...placedConditionalShape(order),
    actualOrderId: became === undefined ? '' : String(became.id),
    actualPrice: text(became === undefined ? 0 : averagePriceOf(became)),
    ...(became === undefined ? {} : { actualQty: text(became.filledQuantity), actualType: became.type }),
    tpTriggerPrice: '0.000',
    tpPrice: '0.000',
    slTriggerPrice: '0.000',
    slPrice: '0.000',
    tpOrderType: '',
  };
}

export function userTradeShape(fill: FakeFill): Record<string, unknown> {
  return {
    buyer: fill.side === 'BUY',
    commission: text(fill.commission),
    commissionAsset: 'USDT',
    id: fill.id,
    maker: fill.maker,
    orderId: fill.orderId,
    price: text(fill.price),
    qty: text(fill.quantity),
    quoteQty: text(fill.price * fill.quantity),
    realizedPnl: text(fill.realizedPnl),
    side: fill.side,
    positionSide: fill.positionSide,
    symbol: fill.symbol,
    time: fill.at,
  };
}
