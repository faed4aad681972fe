import { randomBytes } from 'node:crypto';
import { checkClientId, checkConditional, checkForm, checkFunds, positionSideOf } from './admission.ts';
import { end } from './fill.ts';
import { crosses, take } from './matching.ts';
import { type FakeOrder, isLive, kindOf, type OrderRequest, remainingOf } from './order.ts';
import { strikes } from './order-faults.ts';
import { Refused } from './refused.ts';
import { type ExchangeState, keepOrder } from './state.ts';
import { oppositeOf, type SymbolMarket } from './symbol-market.ts';
import { walkBook } from './walk-book.ts';

type PlacedBy = FakeOrder['placedBy'];

/** Ids that the venue makes up for orders without one. */
const newClientId = (): string => randomBytes(16).toString('base64url').replace(/[-_]/g, 'x').slice(0, 22);

/**
 * Takes an order: a conditional one waits, any other is matched at once. Gives the order as it was accepted, before
 * anything filled, and the order itself. Throws Refused.
 */
export function place(
  state: ExchangeState,
  request: OrderRequest,
  placedBy: PlacedBy,
): { accepted: FakeOrder; order: FakeOrder } {
  const conditional = kindOf(request) === 'stop' || kindOf(request) === 'target';
  const market = checkForm(state, request);
  const clientId = request.clientId ?? newClientId();
  checkClientId(state, conditional ? 'conditional' : 'main', clientId);
  const quantity = conditional ? request.quantity : checkFunds(state, request, market);
  if (conditional) checkConditional(state, request, market);
  const unmet = conditional ? undefined : unmetTimeInForce(request, market);
  if (unmet !== undefined && state.rules.unmetTimeInForce === 'refused') throw new Refused(unmet);

  const order = newOrder(state, { ...request, clientId, quantity }, placedBy);
  if (strikes(state.faults.neverWorking, request, ['stop', 'target'])) return { accepted: { ...order }, order };
  if (placedBy === 'api') state.placings.set(clientId, (state.placings.get(clientId) ?? 0) + 1);
  keepOrder(state, order);
  const accepted = { ...order };
  if (conditional) {
    state.emit({ kind: 'conditional', at: order.createdAt, order: { ...order } });
    return { accepted, order };
  }
  if (unmet === undefined) enterMatching(state, order, market);
  else end(state, order, 'EXPIRED', unmet);
  return { accepted, order };
}

/** Tells of a new order of the main book and lets it take what it can. */
export function enterMatching(state: ExchangeState, order: FakeOrder, market: SymbolMarket): void {
  state.emit({ kind: 'order', at: order.createdAt, order: { ...order }, execution: 'NEW' });
  const best = oppositeOf(market, order.side)[0];
  if (order.type === 'MARKET' || (best !== undefined && crosses(order, best.price))) take(state, order);
  if (order.timeInForce === 'IOC' && isLive(order)) end(state, order, 'EXPIRED', 'not filled at once');
}

/** Why the book does not let it be what it says it is. Throws Refused when there is no book to take from. */
function unmetTimeInForce(request: OrderRequest, market: SymbolMarket): 'would-take' | 'would-not-fill' | undefined {
  const levels = oppositeOf(market, request.side);
  const best = levels[0];
  if (request.type === 'MARKET') {
    if (best === undefined) throw new Refused('no-book');
    return undefined;
  }
  const limit = { side: request.side, price: request.price ?? 0 };
  if (request.timeInForce === 'POST_ONLY' && best !== undefined && crosses(limit, best.price)) return 'would-take';
  if (request.timeInForce !== 'FOK') return undefined;
  const there = walkBook(levels, request.quantity, (price) => crosses(limit, price));
  const sum = there.reduce((total, level) => total + level.quantity, 0);
  return sum < request.quantity - 1e-9 ? 'would-not-fill' : undefined;
}

export function newOrder(
  state: ExchangeState,
  request: OrderRequest & { clientId: string },
  placedBy: PlacedBy,
): FakeOrder {
  const conditional = kindOf(request) === 'stop' || kindOf(request) === 'target';
  const at = state.now();
  return {
    id: conditional ? ++state.lastConditionalId : ++state.lastOrderId,
    clientId: request.clientId,
    book: conditional ? 'conditional' : 'main',
    symbol: request.symbol,
    side: request.side,
    positionSide: positionSideOf(request),
    type: request.type,
    timeInForce: request.timeInForce ?? 'GTC',
    quantity: request.quantity,
    price:
      request.type === 'LIMIT' || request.type === 'STOP' || request.type === 'TAKE_PROFIT' ? (request.price ?? 0) : 0,
    triggerPrice: conditional ? (request.triggerPrice ?? 0) : 0,
    triggerBy: request.triggerBy ?? 'last',
    reduceOnly: request.reduceOnly ?? false,
    closePosition: request.closePosition ?? false,
    status: 'NEW',
    ...{ filledQuantity: 0, filledNotional: 0, realizedPnl: 0 },
    ...{ createdAt: at, updatedAt: at, triggeredAt: 0 },
    ...{ triggeredOrderId: 0, conditionalId: 0, placedBy, reason: '' },
  };
}

/** Cancels a live order. Throws Refused when it is not open (any more). */
export function cancel(state: ExchangeState, order: FakeOrder): void {
  if (!isLive(order) || remainingOf(order) < 0) throw new Refused('not-open');
  end(state, order, 'CANCELED');
}
