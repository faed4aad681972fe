/** Order events of the bus and answers to calls, matched to the orders that the engine knows. */

import { noteSeq } from '#account/account-events.ts';
import { accountOf } from '#account/accounts.ts';
import { record } from '#audit/record.ts';
import type { OrderAnswerInput, OrderInput } from '#input.ts';
import { ensureSymbol } from '#market/symbol-inputs.ts';
import { reportUnderLock } from '#reconcile/absolute.ts';
import { askVenue } from '#reconcile/ask.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import { cancelOrder } from './cancel.ts';
import { foreignOrder } from './foreign.ts';
import { reportEntryUnderLock } from './under-lock.ts';
import { markUnknown } from './unknown.ts';
import { applyUpdate, noteIds } from './updates.ts';

export function onOrderInput(engine: Engine, input: OrderInput): void {
  const { order } = input;
  const account = accountOf(engine, order.connectorType, order.marketType, order.accountId);
  noteSeq(engine, account, input.seq);
  const known = findOrder(engine, account.index, order);
  if (known === null) {
    reportUnknownRef(engine, input);
    return;
  }
  if (known !== undefined) {
    const held = account.positions.get(known.symbol);
    applyUpdate(engine, known, order);
    if (!known.own) reportIfOpened(engine, account, known.symbol, held);
    return;
  }
  const name = order.symbol?.name;
  if (name === undefined) return;
  const symbol = ensureSymbol(engine, order.connectorType, order.marketType, name);
  const before = account.positions.get(symbol);
  const state = foreignOrder(engine, account.index, symbol, order);
  applyUpdate(engine, state, order);
  if (!reportIfOpened(engine, account, symbol, before) && state.phase === 'working')
    reportEntryUnderLock(engine, state);
}

/** True when a position is there that was not before. */
function reportIfOpened(engine: Engine, account: Account, symbol: number, before: number | undefined): boolean {
  const opened = account.positions.get(symbol);
  if (opened === undefined || opened === before) return false;
  reportUnderLock(engine, engine.positions.get(opened)!);
  return true;
}

/** undefined: nobody knows it yet. null: it is named by a `ref` that fits no order. */
function findOrder(engine: Engine, account: number, order: OrderInput['order']): OrderState | undefined | null {
  if (order.ref !== undefined) return findByRef(engine, order.ref);
  const byClientId = order.clientOrderId === undefined ? undefined : engine.orders.get(order.clientOrderId);
  if (byClientId !== undefined) return byClientId;
  for (const id of [order.externalId, order.id]) {
    const clientId = id === undefined ? undefined : engine.ordersByExternalId.get(`${account}|${id}`);
    const known = clientId === undefined ? undefined : engine.orders.get(clientId);
    if (known !== undefined) return known;
  }
  return undefined;
}

/** `<positionId|requestId>:<stop|target|close|entry>` names the newest order of that purpose. */
function findByRef(engine: Engine, ref: string): OrderState | null {
  const colon = ref.lastIndexOf(':');
  const subject = ref.slice(0, colon);
  const purpose = ref.slice(colon + 1).toUpperCase();
  let newest: OrderState | null = null;
  for (const state of engine.orders.values()) {
    if (state.purpose !== purpose || (newest !== null && newest.serial > state.serial)) continue;
    const positionId = engine.positions.get(state.position)?.positionId;
    if (positionId === subject || state.requestIds.includes(subject)) newest = state;
  }
  return newest;
}

function reportUnknownRef(engine: Engine, input: OrderInput): void {
  record(engine, 'DEAD_LETTER', {
    code: 'REF_UNKNOWN',
    severity: 'warn',
    message: `No order is known as ${input.order.ref}.`,
    data: { eventId: input.eventId, ref: input.order.ref },
  });
}

/** The Provider's answer to a call. An accepted placing is not yet a working order; it is one when it says so. */
export function onOrderAnswer(engine: Engine, input: OrderAnswerInput): void {
  const state = engine.orders.get(input.clientOrderId);
  if (state === undefined) return;
  if (input.call === 'cancel') {
    onCancelAnswer(engine, state, input);
    return;
  }
  switch (input.outcome) {
    case 'accepted':
      if (input.order !== undefined) onAccepted(engine, state, input.order);
      return;
    case 'rejected':
      applyUpdate(engine, state, {
        ...input.order,
        status: 'REJECTED',
        reason: input.reason ?? 'UNKNOWN',
        ...(input.reasonText === undefined ? {} : { reasonText: input.reasonText }),
      });
      return;
    case 'unknown':
      markUnknown(engine, state, input.reasonText ?? input.reason ?? 'no answer');
  }
}

/** Ids are kept; a fill or an end is believed; NEW alone waits for the order event or the open-orders answer. */
function onAccepted(engine: Engine, state: OrderState, order: NonNullable<OrderAnswerInput['order']>): void {
  if (order.status === undefined || order.status === 'NEW') {
    noteIds(engine, state, order);
    return;
  }
  applyUpdate(engine, state, order);
}

function onCancelAnswer(engine: Engine, state: OrderState, input: OrderAnswerInput): void {
  state.cancelPending = false;
  if (state.phase === 'done') return;
  if (input.outcome === 'accepted') {
    if (input.order !== undefined) applyUpdate(engine, state, input.order);
    return;
  }
  if (input.reason === 'NOT_FOUND') {
    // It ended before the cancel came: how, only the venue can say.
    if (state.own) markUnknown(engine, state, 'the venue has no such order to cancel');
    else applyUpdate(engine, state, { status: 'CANCELED' });
    return;
  }
  if (state.cancels < MAX_CANCELS) cancelOrder(engine, state, true);
  else askVenue(engine, state.account, 'reconcile', { symbol: state.symbol });
}

/** Cancels sent in a row for one order; then only when the venue shows that it is still there. */
const MAX_CANCELS = 5;
