/**
 * Sending orders. ORDER_INTENT and ORDER_SENT are written in one step and the order leaves only when both are durable;
 * its client id is the same on every machine, so that sending it again can never make a second order (semantics 7).
 */
import type { Order, OrderPurpose } from '@inspector/contract';
import { record, shown } from '#audit/record.ts';
import { hashText } from '#number/hash.ts';
import { settingsFor } from '#settings/settings.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import type { Position, StopKind } from '#state/positions.ts';
import { addLiveOrder, isProtective, isProtectiveStop, isReducing } from './live-orders.ts';

/** Every client order id of Inspector begins with it: 26 characters of [a-z0-9] in all. */
export const CLIENT_ORDER_PREFIX = 'insp';

export interface NewOrder {
  account: number;
  symbol: number;
  purpose: OrderPurpose;
  side: 'BUY' | 'SELL';
  type: Order['type'];
  quantity: number;
  price?: number;
  stopPrice?: number;
  triggerBy?: 'mark' | 'trade';
  leverage?: number;
  reduceOnly: boolean;
  /** Position that it belongs to; null for an entry. */
  position: Position | null;
  requestId: string | null;
  detectorSysname: string | null;
  traceId: string;
  closeCode?: string;
  stopKind?: StopKind;
  expiresAt?: number;
  requestedStop?: number;
  requestedTarget?: number;
}

export function placeOrder(engine: Engine, wanted: NewOrder): OrderState {
  const { position, purpose } = wanted;
  const version = position === null ? 1 : nextVersion(position, purpose);
  const account = engine.accounts[wanted.account]!;
  const subject = position === null ? `request:${wanted.requestId}` : position.positionId;
  const clientOrderId = clientOrderIdOf(account.key, purpose, subject, version);
  const state: OrderState = {
    clientOrderId,
    serial: ++engine.serials,
    account: wanted.account,
    symbol: wanted.symbol,
    own: true,
    purpose,
    version,
    order: orderOf(engine, wanted, clientOrderId),
    phase: 'sent',
    position: position?.serial ?? 0,
    requestId: wanted.requestId,
    requestIds: requestIdsOf(wanted),
    detectorSysname: wanted.detectorSysname,
    traceId: wanted.traceId,
    sentAt: engine.now,
    closeCode: wanted.closeCode ?? null,
    stopKind: wanted.stopKind ?? null,
    cancelRequested: false,
    cancels: 0,
    feeUsd: 0,
    absences: 0,
    lastAbsenceAt: Number.NaN,
    queryDue: Number.NaN,
    queryFailures: 0,
    reservedQuantity: 0,
    price: Number.NaN,
    leverage: wanted.leverage ?? Number.NaN,
    expiresAt: wanted.expiresAt ?? Number.NaN,
    requestedStop: wanted.requestedStop ?? Number.NaN,
    requestedTarget: wanted.requestedTarget ?? Number.NaN,
    resent: 0,
    missing: 0,
  };
  addLiveOrder(engine, state);
  send(engine, state);
  return state;
}

function nextVersion(position: Position, purpose: OrderPurpose): number {
  const version = (position.versions[purpose] ?? 0) + 1;
  position.versions[purpose] = version;
  return version;
}

export function clientOrderIdOf(accountKey: string, purpose: string, subject: string, version: number): string {
  return CLIENT_ORDER_PREFIX + hashText(`${accountKey}|${purpose}|${subject}|${version}`);
}

function requestIdsOf({ position, requestId }: NewOrder): string[] {
  const ids = position === null ? [] : [...position.requestIds];
  if (requestId !== null && !ids.includes(requestId)) ids.push(requestId);
  return ids;
}

function orderOf(engine: Engine, wanted: NewOrder, clientOrderId: string): Order {
  const account = engine.accounts[wanted.account]!;
  const order: Order = {
    id: '',
    clientOrderId,
    externalId: '',
    connectorType: account.connectorType,
    marketType: account.marketType,
    symbol: { name: engine.symbols.names[wanted.symbol]! },
    side: wanted.side,
    type: wanted.type,
    quantity: wanted.quantity,
    reduceOnly: wanted.reduceOnly,
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'NEW',
    time: engine.now,
    updateTime: engine.now,
    source: { type: 'inspector', key: engine.appKey },
    epoch: engine.epoch,
  };
  if (account.accountId !== null) order.accountId = account.accountId;
  if (wanted.price !== undefined) order.price = wanted.price;
  if (wanted.stopPrice !== undefined) order.stopPrice = wanted.stopPrice;
  if (wanted.triggerBy !== undefined) order.triggerBy = wanted.triggerBy;
  if (wanted.leverage !== undefined) order.leverage = wanted.leverage;
  return order;
}

/** Writes intent and sending, and hands the order out. Also for sending the same order again, once absence is proven. */
export function send(engine: Engine, state: OrderState): void {
  const { order, purpose } = state;
  // One that an earlier instance intended is sent by this one: under the old epoch it would be fenced out.
  order.epoch = engine.epoch;
  const price = order.stopPrice ?? order.price;
  const text = `${purpose} ${order.type} ${order.side} ${shown(order.quantity)} ${order.symbol.name}${price === undefined ? '' : ` at ${shown(price)}`}`;
  recordOrder(engine, 'ORDER_INTENT', state, { code: purpose!, message: `${text} is to be sent.` });
  recordOrder(engine, 'ORDER_SENT', state, { code: order.status, message: `${text} was sent.` });
  const accountKey = engine.accounts[state.account]!.key;
  const isOnMargin = purpose === 'ENTRY' && order.marketType !== 'spot';
  const { marginMode } = settingsFor(engine.settings, accountKey, order.symbol.name, state.detectorSysname);
  engine.out.effects.push({ kind: 'place', accountKey, order: { ...order }, ...(isOnMargin ? { marginMode } : {}) });
}

/** What an order of somebody else is for, as far as its own fields tell. */
function purposeBySight(state: OrderState): OrderPurpose {
  if (!isReducing(state)) return 'ENTRY';
  if (isProtectiveStop(state)) return 'STOP';
  return isProtective(state) ? 'TARGET' : 'CLOSE';
}

type OrderRecordKind = 'ORDER_INTENT' | 'ORDER_SENT' | 'ORDER_RESULT' | 'ORDER_UNKNOWN';

export interface OrderRecordText {
  code: string;
  message: string;
  severity?: 'info' | 'warn' | 'critical';
}

export function recordOrder(engine: Engine, kind: OrderRecordKind, state: OrderState, text: OrderRecordText): number {
  const position = engine.positions.get(state.position);
  return record(engine, kind, {
    ...text,
    accountKey: engine.accounts[state.account]!.key,
    symbol: engine.symbols.names[state.symbol]!,
    positionId: position?.positionId,
    requestId: state.requestId,
    orderId: state.clientOrderId,
    detectorSysname: state.detectorSysname,
    traceId: state.traceId,
    data: { ...state.order, purpose: state.purpose ?? purposeBySight(state), version: state.version },
  });
}
