/** Orders that Inspector did not place: the owner's own, another bot's, or those of an earlier life. */
import type { Order } from '@inspector/contract';
import { traceIdOf } from '#number/hash.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import { addLiveOrder } from './live-orders.ts';

/** One first heard of by an event, which then says the rest. */
export function foreignOrder(engine: Engine, account: number, symbol: number, shown: Partial<Order>): OrderState {
  const { key, connectorType, marketType } = engine.accounts[account]!;
  const externalId = shown.externalId ?? '';
  const clientOrderId =
    shown.clientOrderId ?? `${externalId !== '' ? externalId : (shown.id ?? `unnamed-${engine.serials + 1}`)}`;
  const order: Order = {
    id: shown.id ?? '',
    clientOrderId,
    externalId,
    connectorType,
    marketType,
    symbol: { name: engine.symbols.names[symbol]! },
    side: shown.side ?? 'BUY',
    type: shown.type ?? 'MARKET',
    quantity: shown.quantity ?? shown.quantityExecuted ?? 0,
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'NEW',
    time: shown.time ?? engine.now,
    updateTime: shown.updateTime ?? engine.now,
    source: shown.source ?? { type: 'provider', key: '' },
    ...(shown.accountId === undefined ? {} : { accountId: shown.accountId }),
    ...(shown.price === undefined ? {} : { price: shown.price }),
    ...(shown.stopPrice === undefined ? {} : { stopPrice: shown.stopPrice }),
    ...(shown.reduceOnly === undefined ? {} : { reduceOnly: shown.reduceOnly }),
    ...(shown.closePosition === undefined ? {} : { closePosition: shown.closePosition }),
    ...(shown.leverage === undefined ? {} : { leverage: shown.leverage }),
  };
  const state: OrderState = {
    clientOrderId,
    serial: ++engine.serials,
    account,
    symbol,
    own: false,
    purpose: null,
    version: 1,
    order,
    phase: 'sent',
    position: 0,
    requestId: null,
    requestIds: [],
    detectorSysname: null,
    traceId: traceIdOf(`order|${key}|${clientOrderId}`),
    sentAt: engine.now,
    closeCode: null,
    stopKind: null,
    cancelRequested: false,
    cancels: 0,
    feeUsd: 0,
    absences: 0,
    lastAbsenceAt: Number.NaN,
    queryDue: Number.NaN,
    queryFailures: 0,
    reservedQuantity: 0,
    price: Number.NaN,
    leverage: Number.NaN,
    expiresAt: Number.NaN,
    requestedStop: Number.NaN,
    requestedTarget: Number.NaN,
    resent: 0,
    missing: 0,
  };
  if (externalId !== '') engine.ordersByExternalId.set(`${account}|${externalId}`, clientOrderId);
  addLiveOrder(engine, state);
  return state;
}

/** One first seen among the open orders: it works, and what it executed until then the positions contain already. */
export function foreignOpenOrder(engine: Engine, account: number, symbol: number, shown: Order): OrderState {
  const state = foreignOrder(engine, account, symbol, shown);
  state.phase = 'working';
  state.order.status = shown.status;
  state.order.quantityExecuted = shown.quantityExecuted;
  state.order.priceExecuted = shown.priceExecuted;
  state.feeUsd = shown.fee ?? 0;
  return state;
}
