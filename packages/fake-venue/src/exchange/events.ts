import type { FakeFill, FakeOrder, PositionSide } from './order.ts';
import type { MarketTrade, SymbolMarket } from './symbol-market.ts';

export type OrderExecution = 'NEW' | 'TRADE' | 'CANCELED' | 'EXPIRED';

export type AccountReason = 'ORDER' | 'DEPOSIT' | 'WITHDRAW' | 'FUNDING_FEE' | 'MARGIN_MODE';

export interface PositionKey {
  symbol: string;
  positionSide: PositionSide;
}

/** What happened, in the order in which it happened. Orders are copies. `at` is the venue's clock. */
export type ExchangeEvent =
  | { kind: 'order'; at: number; order: FakeOrder; execution: OrderExecution; fill?: FakeFill }
  | { kind: 'conditional'; at: number; order: FakeOrder }
  | { kind: 'account'; at: number; reason: AccountReason; balanceChange: number; positions: PositionKey[] }
  | { kind: 'leverage'; at: number; symbol: string; leverage: number }
  | { kind: 'multi-assets'; at: number; on: boolean }
  | { kind: 'trade'; at: number; trade: MarketTrade }
  | { kind: 'book'; at: number; market: SymbolMarket }
  | { kind: 'mark'; at: number; market: SymbolMarket };
