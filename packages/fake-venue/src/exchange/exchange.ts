import type { ExchangeEvent } from './events.ts';
import { move } from './market-moves.ts';
import { isLive } from './order.ts';
import type { ExchangeFaults } from './order-faults.ts';
import type { ExchangeRules } from './rules.ts';
import type { ExchangeState, MarginMode } from './state.ts';
import { createSymbolMarket, flatCandle, MINUTE_MS } from './symbol-market.ts';
import type { FakeSymbol } from './symbols.ts';
import { finishConditionalOf } from './triggering.ts';

export interface ExchangeSettings {
  symbols: readonly FakeSymbol[];
  wallet: number;
  hedgeMode: boolean;
  multiAssets: boolean;
  marginMode: MarginMode;
  /** Parts of the notional, 0.0005 is 0.05 %. */
  makerFee: number;
  takerFee: number;
  faults: ExchangeFaults;
  rules: ExchangeRules;
  now: () => number;
  later: (run: () => void, ms: number) => void;
}

/** Candles that lie before the start, so that a client can ask for some history. */
const PAST_CANDLES = 500;

/** An exchange for one account, with its markets open at their first price. It knows of no wire. */
export function createExchange(settings: ExchangeSettings, listen: (event: ExchangeEvent) => void): ExchangeState {
  const state: ExchangeState = {
    now: settings.now,
    later: settings.later,
    emit: (event) => {
      listen(event);
      if (event.kind === 'order' && !isLive(event.order) && event.order.conditionalId > 0) {
        finishConditionalOf(state, event.order);
      }
    },
    faults: settings.faults,
    rules: settings.rules,
    makerFee: settings.makerFee,
    takerFee: settings.takerFee,
    markets: new Map(settings.symbols.map((symbol) => [symbol.name, createSymbolMarket(symbol)])),
    symbolSettings: new Map(
      settings.symbols.map(({ name }) => [name, { leverage: 20, marginMode: settings.marginMode }]),
    ),
    wallet: settings.wallet,
    hedgeMode: settings.hedgeMode,
    multiAssets: settings.multiAssets,
    positions: new Map(),
    orders: new Map(),
    live: new Set(),
    fills: [],
    incomes: [],
    placings: new Map(),
    lastOrderId: 8_000_000_000,
    lastConditionalId: 4_000_001_000_000_000,
    lastFillId: 500_000_000,
    lastTradeId: 6_000_000_000,
  };
  const openedAt = Math.floor(settings.now() / MINUTE_MS) * MINUTE_MS;
  for (const market of state.markets.values()) {
    for (let ago = PAST_CANDLES; ago > 0; ago--) {
      market.candles.push(flatCandle(openedAt - ago * MINUTE_MS, market.symbol.price));
    }
    move(state, market.symbol.name, market.symbol.price);
  }
  return state;
}
