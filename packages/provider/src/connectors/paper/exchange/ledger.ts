import { type NettingFill, netFill, type PaperPosition, unrealizedOf } from './netting.ts';
import type { SymbolMarket } from './symbol-market.ts';
import { valuationOf } from './symbol-market.ts';

/** Maintenance margin of symbols whose venue specification names none. */
const MAINTENANCE_MARGIN_PERCENT = 0.5;

/** Wallet and positions of the one account. */
export interface Ledger {
  wallet: number;
  positions: Map<string, PaperPosition>;
  /** Set by hand or by an order; applies to the symbol's next fills. */
  leverages: Map<string, number>;
}

export interface Standing {
  walletBalance: number;
  /** Wallet + unrealised − Σ notional / leverage; not below 0. */
  availableBalance: number;
  /** Σ maintenance margin / equity, as a fraction; 1 when there is no equity left. */
  marginRatio: number;
}

export interface Valuation {
  marketOf: (symbol: string) => SymbolMarket | undefined;
  maintenanceMarginPercentOf: (symbol: string) => number | undefined;
  priceStaleMs: number;
}

export function standingOf(ledger: Ledger, valuation: Valuation): Standing {
  let unrealized = 0;
  let margin = 0;
  let maintenance = 0;
  for (const position of ledger.positions.values()) {
    if (position.quantity === 0) continue;
    const price = valuationOf(valuation.marketOf(position.symbol), valuation.priceStaleMs) ?? position.entryPrice;
    const notional = price * position.quantity;
    unrealized += unrealizedOf(position, price);
    margin += notional / position.leverage;
    maintenance +=
      (notional * (valuation.maintenanceMarginPercentOf(position.symbol) ?? MAINTENANCE_MARGIN_PERCENT)) / 100;
  }
  const equity = ledger.wallet + unrealized;
  return {
    walletBalance: ledger.wallet,
    availableBalance: Math.max(0, equity - margin),
    marginRatio: maintenance === 0 ? 0 : equity > 0 ? Math.min(1, maintenance / equity) : 1,
  };
}

/** Books a fill: realised result and fee go to the wallet, the position is netted. Answers the position afterwards. */
export function bookFill(ledger: Ledger, symbol: string, fill: NettingFill & { fee: number }): PaperPosition {
  const before = ledger.positions.get(symbol) ?? flatPosition(symbol, fill);
  const { position, realized } = netFill(before, fill);
  ledger.positions.set(symbol, position);
  ledger.wallet += realized - fill.fee;
  return position;
}

const flatPosition = (symbol: string, fill: NettingFill): PaperPosition => ({
  symbol,
  side: fill.side === 'BUY' ? 'LONG' : 'SHORT',
  quantity: 0,
  entryPrice: 0,
  leverage: fill.leverage,
});
