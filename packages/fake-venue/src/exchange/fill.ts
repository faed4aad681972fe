import { rounded } from './amounts.ts';
import { type FakeFill, type FakeOrder, isLive, onlyReduces, remainingOf } from './order.ts';
import { type ExchangeState, type FakePosition, keepFill, keepIncome, liveOrders, positionOf } from './state.ts';

/** Moves the position by one execution and gives what it realized, before fees. */
function movePosition(position: FakePosition, change: number, price: number): number {
  const held = position.quantity;
  if (held === 0 || Math.sign(held) === Math.sign(change)) {
    const total = held + change;
    position.entryPrice = rounded((held * position.entryPrice + change * price) / total);
    position.quantity = rounded(total);
    return 0;
  }
  const closed = Math.min(Math.abs(held), Math.abs(change));
  const realized = rounded(closed * (price - position.entryPrice) * Math.sign(held));
  position.quantity = rounded(held + change);
  if (position.quantity === 0) position.entryPrice = 0;
  else if (Math.sign(position.quantity) !== Math.sign(held)) position.entryPrice = price;
  position.realizedPnl = rounded(position.realizedPnl + realized);
  return realized;
}

export interface Execution {
  price: number;
  quantity: number;
  maker: boolean;
}

/** One execution of an order: position, wallet, history, and the events of both, the account's first. */
export function fill(state: ExchangeState, order: FakeOrder, { price, quantity, maker }: Execution): void {
  const at = state.now();
  const position = positionOf(state, order.symbol, order.positionSide);
  const realizedPnl = movePosition(position, order.side === 'BUY' ? quantity : -quantity, price);
  const commission = rounded(price * quantity * (maker ? state.makerFee : state.takerFee));
  position.updatedAt = at;
  state.wallet = rounded(state.wallet + realizedPnl - commission);

  order.filledQuantity = rounded(order.filledQuantity + quantity);
  order.filledNotional = rounded(order.filledNotional + quantity * price);
  order.realizedPnl = rounded(order.realizedPnl + realizedPnl);
  order.updatedAt = at;
  order.status = remainingOf(order) <= 0 ? 'FILLED' : 'PARTIALLY_FILLED';
  if (order.status === 'FILLED') state.live.delete(order.id);

  const { id: orderId, clientId, symbol, side, positionSide } = order;
  const made: FakeFill = {
    id: ++state.lastFillId,
    ...{ orderId, clientId, symbol, side, positionSide },
    ...{ price, quantity, realizedPnl, commission, maker, at },
  };
  keepFill(state, made);
  keepIncome(state, { symbol, type: 'REALIZED_PNL', amount: realizedPnl, tradeId: made.id });
  keepIncome(state, { symbol, type: 'COMMISSION', amount: -commission, tradeId: made.id });

  state.emit({ kind: 'account', at, reason: 'ORDER', balanceChange: 0, positions: [{ symbol, positionSide }] });
  state.emit({ kind: 'order', at, order: { ...order }, execution: 'TRADE', fill: made });
  if (position.quantity === 0) endWhatWasForThePosition(state, position);
}

/**
 * A flat position ends resting orders that could only reduce it, and conditional orders that would close all of it.
 * Reduce-only conditional orders stay, as at the venue: they are refused when they trigger.
 */
function endWhatWasForThePosition(state: ExchangeState, { symbol, positionSide }: FakePosition): void {
  for (const order of [...liveOrders(state, 'main', symbol), ...liveOrders(state, 'conditional', symbol)]) {
    const belongs = order.book === 'main' ? onlyReduces(order) : order.closePosition;
    if (belongs && order.positionSide === positionSide && order.placedBy !== 'trigger' && order.type !== 'MARKET') {
      end(state, order, 'EXPIRED', 'position closed');
    }
  }
}

/** Takes a live order out of its book. */
export function end(state: ExchangeState, order: FakeOrder, status: 'CANCELED' | 'EXPIRED', reason = ''): void {
  if (!isLive(order)) return;
  order.status = status;
  order.reason = reason;
  order.updatedAt = state.now();
  state.live.delete(order.id);
  const at = order.updatedAt;
  if (order.book === 'conditional') state.emit({ kind: 'conditional', at, order: { ...order } });
  else state.emit({ kind: 'order', at, order: { ...order }, execution: status });
}
