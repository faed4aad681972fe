import type { ExchangeEvent } from './events.ts';
import type { FakeFill, FakeOrder, PositionSide } from './order.ts';
import type { ExchangeFaults } from './order-faults.ts';
import { Refused } from './refused.ts';
import type { ExchangeRules } from './rules.ts';
import type { SymbolMarket } from './symbol-market.ts';

export interface FakePosition {
  symbol: string;
  positionSide: PositionSide;
  /** Signed: below 0 is short. */
  quantity: number;
  entryPrice: number;
  /** Before fees, since the venue began. */
  realizedPnl: number;
  updatedAt: number;
}

export interface FakeIncome {
  id: number;
  symbol: string;
  type: 'REALIZED_PNL' | 'COMMISSION' | 'TRANSFER' | 'FUNDING_FEE';
  amount: number;
  tradeId: number;
  at: number;
}

export type MarginMode = 'cross' | 'isolated';

export interface SymbolSettings {
  leverage: number;
  marginMode: MarginMode;
}

export interface ExchangeState {
  readonly now: () => number;
  readonly emit: (event: ExchangeEvent) => void;
  /** Runs it later; the owner of the exchange ends all of them. */
  readonly later: (run: () => void, ms: number) => void;
  readonly faults: ExchangeFaults;
  readonly rules: ExchangeRules;
  readonly makerFee: number;
  readonly takerFee: number;
  readonly markets: Map<string, SymbolMarket>;
  readonly symbolSettings: Map<string, SymbolSettings>;
  wallet: number;
  hedgeMode: boolean;
  multiAssets: boolean;
  /** By `symbol:positionSide`; flat positions stay. */
  readonly positions: Map<string, FakePosition>;
  /** All of both books, by id, oldest first. */
  readonly orders: Map<number, FakeOrder>;
  /** Ids of the orders that can still change, so that a price does not walk the history. */
  readonly live: Set<number>;
  readonly fills: FakeFill[];
  readonly incomes: FakeIncome[];
  /** How many orders were accepted under each client id. */
  readonly placings: Map<string, number>;
  lastOrderId: number;
  /** Numbers of their own, far from those of the main book. */
  lastConditionalId: number;
  lastFillId: number;
  lastTradeId: number;
}

/** Beyond these the oldest is forgotten: queries answer as if it were years old. */
const MAX_ORDERS = 20_000;
const MAX_FILLS = 50_000;

export function marketOf(state: ExchangeState, symbol: string): SymbolMarket {
  const market = state.markets.get(symbol);
  if (market === undefined) throw new Refused('unknown-symbol');
  return market;
}

export function settingsOf(state: ExchangeState, symbol: string): SymbolSettings {
  let settings = state.symbolSettings.get(symbol);
  if (settings === undefined) {
    settings = { leverage: 20, marginMode: 'cross' };
    state.symbolSettings.set(symbol, settings);
  }
  return settings;
}

export function positionOf(state: ExchangeState, symbol: string, positionSide: PositionSide): FakePosition {
  const key = `${symbol}:${positionSide}`;
  let position = state.positions.get(key);
  if (position === undefined) {
    position = { symbol, positionSide, quantity: 0, entryPrice: 0, realizedPnl: 0, updatedAt: 0 };
    state.positions.set(key, position);
  }
  return position;
}

export function keepOrder(state: ExchangeState, order: FakeOrder): void {
  state.orders.set(order.id, order);
  state.live.add(order.id);
  if (state.orders.size <= MAX_ORDERS) return;
  for (const id of state.orders.keys()) {
    if (state.live.has(id)) continue;
    state.orders.delete(id);
    return;
  }
}

export function keepFill(state: ExchangeState, fill: FakeFill): void {
  state.fills.push(fill);
  if (state.fills.length > MAX_FILLS) state.fills.shift();
}

export function keepIncome(state: ExchangeState, income: Omit<FakeIncome, 'id' | 'at'>): void {
  if (income.amount === 0) return;
  state.incomes.push({ ...income, id: (state.incomes.at(-1)?.id ?? 9000) + 1, at: state.now() });
  if (state.incomes.length > MAX_FILLS) state.incomes.shift();
}

export const liveOrders = (state: ExchangeState, book: FakeOrder['book'], symbol?: string): FakeOrder[] =>
  [...state.live]
    .map((id) => state.orders.get(id)!)
    .filter((order) => order.book === book && (symbol === undefined || order.symbol === symbol));
