import { isDue } from './admission.ts';
import { accountMargin, closableQuantity, openingPart } from './margin.ts';
import { type FakeOrder, isLive, kindOf, onlyReduces, type PriceSource } from './order.ts';
import { strikes } from './order-faults.ts';
import { enterMatching, newOrder } from './placing.ts';
import { type ExchangeState, keepOrder, liveOrders, settingsOf } from './state.ts';
import { priceOf, type SymbolMarket } from './symbol-market.ts';

/** Fires the conditional orders that this price has reached, the oldest first. */
export function fireConditionals(state: ExchangeState, market: SymbolMarket, by: PriceSource): void {
  const price = by === 'mark' ? market.mark : market.last;
  if (price <= 0) return;
  for (const order of liveOrders(state, 'conditional', market.symbol.name)) {
    if (order.triggerBy !== by || !isLive(order) || !isDue(order, price)) continue;
    if (strikes(state.faults.stopDoesNotFire, order)) continue;
    fire(state, order, market);
  }
}

function change(state: ExchangeState, order: FakeOrder, status: FakeOrder['status']): void {
  order.status = status;
  order.updatedAt = state.now();
  if (!isLive(order)) state.live.delete(order.id);
  state.emit({ kind: 'conditional', at: order.updatedAt, order: { ...order } });
}

/** The conditional order becomes an order of the main book, under the same client id, or is rejected. */
function fire(state: ExchangeState, order: FakeOrder, market: SymbolMarket): void {
  order.triggeredAt = state.now();
  change(state, order, 'TRIGGERING');
  const closable = closableQuantity(state, order);
  const reduces = onlyReduces(order);
  const quantity = order.closePosition ? closable : reduces ? Math.min(order.quantity, closable) : order.quantity;
  const refusal = reasonAgainst(state, { order, market, quantity, reduces });
  if (refusal !== undefined) {
    order.reason = refusal;
    change(state, order, 'REJECTED');
    return;
  }
  const type = order.price > 0 ? 'LIMIT' : 'MARKET';
  const { symbol, side, positionSide, clientId, timeInForce, price } = order;
  const made = newOrder(
    state,
    { symbol, side, positionSide, clientId, timeInForce, price, type, quantity, reduceOnly: reduces },
    'trigger',
  );
  made.conditionalId = order.id;
  made.closePosition = order.closePosition;
  made.reduceOnly = reduces;
  order.triggeredOrderId = made.id;
  keepOrder(state, made);
  change(state, order, 'TRIGGERED');
  enterMatching(state, made, market);
  if (!isLive(made)) finish(state, order, made);
}

/** Called for every order that ends: the conditional order that it came from is then finished. */
export function finishConditionalOf(state: ExchangeState, made: FakeOrder): void {
  const order = state.orders.get(made.conditionalId);
  if (order !== undefined && order.status === 'TRIGGERED') finish(state, order, made);
}

function finish(state: ExchangeState, order: FakeOrder, made: FakeOrder): void {
  if (order.status !== 'TRIGGERED') return;
  order.filledQuantity = made.filledQuantity;
  order.filledNotional = made.filledNotional;
  change(state, order, 'FINISHED');
}

interface Firing {
  order: FakeOrder;
  market: SymbolMarket;
  quantity: number;
  reduces: boolean;
}

function reasonAgainst(state: ExchangeState, { order, market, quantity, reduces }: Firing): string | undefined {
  if (reduces) return quantity > 0 ? undefined : 'Reduce Only reject';
  const price = order.price || priceOf(market, order.side);
  const margin = (openingPart(state, order, quantity) * price) / settingsOf(state, order.symbol).leverage;
  if (margin > accountMargin(state).available) return 'Margin is insufficient';
  return kindOf(order) === 'stop' || kindOf(order) === 'target' ? undefined : 'Order type';
}
