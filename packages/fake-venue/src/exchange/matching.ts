import { floorToStep, rounded } from './amounts.ts';
import { end, fill } from './fill.ts';
import { closableQuantity } from './margin.ts';
import { type FakeOrder, isLive, onlyReduces, remainingOf } from './order.ts';
import { type PartialFilling, strikes } from './order-faults.ts';
import { type ExchangeState, liveOrders, marketOf } from './state.ts';
import { oppositeOf, type SymbolMarket } from './symbol-market.ts';
import { walkBook } from './walk-book.ts';

/** Whether a limit order would trade at this price of the other side. */
export const crosses = (order: { side: string; price: number }, price: number): boolean =>
  order.side === 'BUY' ? price <= order.price : price >= order.price;

/** What an order takes from the book as it comes in; a limit order then rests with what is left. */
export function take(state: ExchangeState, order: FakeOrder): void {
  const quantity = remainingOf(order);
  const pieces = piecesOf(state, order, quantity);
  const total = pieces.reduce((sum, piece) => rounded(sum + piece), 0);
  const everyMs = pieces.length > 1 || total < quantity ? (partialFilling(state).everyMs ?? 0) : 0;
  const run = (from: number): void => {
    for (let index = from; index < pieces.length; index++) {
      if (index > from && everyMs > 0) {
        state.later(() => run(index), everyMs);
        return;
      }
      if (!isLive(order)) return;
      takePiece(state, order, pieces[index]!);
    }
    if (isLive(order) && (order.type === 'MARKET' || total < quantity)) end(state, order, 'EXPIRED', 'not filled');
  };
  run(0);
}

function takePiece(state: ExchangeState, order: FakeOrder, quantity: number): void {
  const market = marketOf(state, order.symbol);
  const within = order.type === 'LIMIT' ? (price: number) => crosses(order, price) : undefined;
  for (const level of walkBook(oppositeOf(market, order.side), quantity, within)) {
    if (!isLive(order)) return;
    execute(state, order, { ...level, maker: false });
  }
}

/** One execution, cut so that an order that may only reduce never opens. */
function execute(
  state: ExchangeState,
  order: FakeOrder,
  execution: { price: number; quantity: number; maker: boolean },
) {
  const mayTake = onlyReduces(order) ? closableQuantity(state, order) : Number.POSITIVE_INFINITY;
  const quantity = rounded(Math.min(execution.quantity, remainingOf(order), mayTake));
  if (quantity <= 0) {
    end(state, order, 'EXPIRED', 'nothing to reduce');
    return;
  }
  fill(state, order, { ...execution, quantity });
}

/** Fills the resting orders that the book or a print has reached, at their own price. */
export function fillResting(state: ExchangeState, market: SymbolMarket, reached: (order: FakeOrder) => boolean): void {
  for (const order of liveOrders(state, 'main', market.symbol.name)) {
    if (order.type !== 'LIMIT' || !isLive(order) || !reached(order)) continue;
    const quantity = remainingOf(order);
    const pieces = piecesOf(state, order, quantity);
    for (const piece of pieces) {
      if (isLive(order)) execute(state, order, { price: order.price, quantity: piece, maker: true });
    }
    const total = pieces.reduce((sum, piece) => rounded(sum + piece), 0);
    if (isLive(order) && total < quantity) end(state, order, 'EXPIRED', 'not filled');
  }
}

function partialFilling(state: ExchangeState): PartialFilling {
  const fault = state.faults.partialFills;
  return fault === false || fault === true ? {} : fault;
}

/** The quantity as it will be executed: whole, or in pieces while that fault is on. */
function piecesOf(state: ExchangeState, order: FakeOrder, quantity: number): number[] {
  if (!strikes(state.faults.partialFills, order)) return [quantity];
  const { pieces = 3, leaveDust = false } = partialFilling(state);
  const { stepSize, minQuantity } = marketOf(state, order.symbol).symbol;
  const wanted = leaveDust ? rounded(quantity - minQuantity * 0.4) : quantity;
  const size = Math.max(stepSize, floorToStep(wanted / pieces, stepSize));
  const result: number[] = [];
  let left = wanted;
  while (left > 0) {
    const piece = result.length === pieces - 1 ? left : rounded(Math.min(size, left));
    result.push(piece);
    left = rounded(left - piece);
  }
  return result;
}
