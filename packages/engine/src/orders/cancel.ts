/** Cancelling orders, one or all of a scope. A cancel is never blocked. */
import { record } from '#audit/record.ts';
import { covers } from '#limits/scope.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import { allLiveOrders } from './live-orders.ts';
import { clientOrderIdOf } from './place.ts';

/** Asks the venue to cancel an order; again only when `again` says that an earlier cancel failed. */
export function cancelOrder(engine: Engine, state: OrderState, again = false): void {
  if (state.phase === 'done' || (state.cancelRequested && !again)) return;
  state.cancelRequested = true;
  state.cancelPending = true;
  state.cancelSentAt = engine.now;
  state.cancels++;
  const account = engine.accounts[state.account]!;
  const symbol = engine.symbols.names[state.symbol]!;
  const clientOrderId = clientOrderIdOf(account.key, 'CANCEL', state.clientOrderId, state.cancels);
  const data = {
    ...state.order,
    clientOrderId,
    purpose: 'CANCEL',
    version: state.cancels,
    cancels: state.clientOrderId,
  };
  const content = {
    accountKey: account.key,
    symbol,
    positionId: engine.positions.get(state.position)?.positionId,
    requestId: state.requestId,
    orderId: clientOrderId,
    detectorSysname: state.detectorSysname,
    traceId: state.traceId,
    data,
  };
  const what = `${state.purpose ?? state.order.type} ${state.clientOrderId} of ${symbol}`;
  record(engine, 'ORDER_INTENT', { ...content, code: 'CANCEL', message: `${what} is to be cancelled.` });
  record(engine, 'ORDER_SENT', { ...content, code: state.order.status, message: `The cancel of ${what} was sent.` });
  engine.out.effects.push({
    kind: 'cancel',
    accountKey: account.key,
    symbol,
    clientOrderId,
    cancels: state.clientOrderId,
    ...(state.order.id === '' ? {} : { id: state.order.id }),
    ...(state.order.externalId === '' ? {} : { externalId: state.order.externalId }),
  });
}

/** Cancels Inspector's resting entries that the scope covers (semantics 4: a stand-down, by limit or by hand). */
export function cancelEntriesInScope(engine: Engine, scope: string): void {
  for (const state of allLiveOrders(engine)) {
    if (state.own && state.purpose === 'ENTRY' && covers(scope, subjectOf(engine, state))) cancelOrder(engine, state);
  }
}

export function subjectOf(engine: Engine, state: OrderState) {
  return {
    accountKey: engine.accounts[state.account]!.key,
    symbolKey: engine.symbols.keys[state.symbol]!,
    side: state.order.side === 'BUY' ? ('LONG' as const) : ('SHORT' as const),
    detectorSysname: state.detectorSysname,
  };
}

/** A resting entry's time has passed. */
export function onOrderExpiryTimer(engine: Engine, serial: number): void {
  for (const ids of engine.liveOrders.values()) {
    for (const id of ids) {
      const state = engine.orders.get(id)!;
      if (state.serial !== serial) continue;
      cancelOrder(engine, state);
      return;
    }
  }
}
