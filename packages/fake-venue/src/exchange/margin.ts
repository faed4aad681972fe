import { rounded } from './amounts.ts';
import { type FakeOrder, type OrderSide, onlyReduces, type PositionSide, remainingOf } from './order.ts';
import { type ExchangeState, type FakePosition, liveOrders, marketOf, positionOf, settingsOf } from './state.ts';

export const markOf = (state: ExchangeState, symbol: string): number => {
  const market = marketOf(state, symbol);
  return market.mark || market.last || market.symbol.price;
};

export const unrealizedOf = (state: ExchangeState, position: FakePosition): number =>
  rounded(position.quantity * (markOf(state, position.symbol) - position.entryPrice));

export const notionalOf = (state: ExchangeState, position: FakePosition): number =>
  rounded(position.quantity * markOf(state, position.symbol));

export const positionMarginOf = (state: ExchangeState, position: FakePosition): number =>
  rounded(Math.abs(notionalOf(state, position)) / settingsOf(state, position.symbol).leverage);

export const maintenanceMarginOf = (state: ExchangeState, position: FakePosition): number =>
  rounded(
    (Math.abs(notionalOf(state, position)) * marketOf(state, position.symbol).symbol.maintenanceMarginPercent) / 100,
  );

/** What an order that rests may yet need; orders that can only reduce need none. */
function orderMarginOf(state: ExchangeState, order: FakeOrder): number {
  if (onlyReduces(order) || order.price === 0) return 0;
  const opening = openingPart(state, order, remainingOf(order));
  return (opening * order.price) / settingsOf(state, order.symbol).leverage;
}

export interface AccountMargin {
  unrealizedPnl: number;
  positionMargin: number;
  orderMargin: number;
  maintenanceMargin: number;
  available: number;
}

export function accountMargin(state: ExchangeState): AccountMargin {
  let unrealizedPnl = 0;
  let positionMargin = 0;
  let maintenanceMargin = 0;
  for (const position of state.positions.values()) {
    if (position.quantity === 0) continue;
    unrealizedPnl += unrealizedOf(state, position);
    positionMargin += positionMarginOf(state, position);
    maintenanceMargin += maintenanceMarginOf(state, position);
  }
  const orderMargin = liveOrders(state, 'main').reduce((sum, order) => sum + orderMarginOf(state, order), 0);
  const available = Math.max(0, state.wallet + unrealizedPnl - positionMargin - orderMargin);
  return {
    unrealizedPnl: rounded(unrealizedPnl),
    positionMargin: rounded(positionMargin),
    orderMargin: rounded(orderMargin),
    maintenanceMargin: rounded(maintenanceMargin),
    available: rounded(available),
  };
}

interface Opening {
  symbol: string;
  side: OrderSide;
  positionSide: PositionSide;
}

/** How much of the quantity opens or adds; the rest closes what is held. */
export function openingPart(state: ExchangeState, order: Opening, quantity: number): number {
  const closable = closableQuantity(state, order);
  return Math.max(0, rounded(quantity - closable));
}

/** How much an order of this side could close now. */
export function closableQuantity(state: ExchangeState, order: Opening): number {
  const held = positionOf(state, order.symbol, order.positionSide).quantity;
  if (order.side === 'BUY') return held < 0 ? -held : 0;
  return held > 0 ? held : 0;
}
