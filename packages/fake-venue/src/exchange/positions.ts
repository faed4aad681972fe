import { rounded } from './amounts.ts';
import { type ExchangeState, type FakePosition, marketOf, positionOf, settingsOf } from './state.ts';

const sides = (exchange: ExchangeState) => (exchange.hedgeMode ? (['LONG', 'SHORT'] as const) : (['BOTH'] as const));

/** All positions of all symbols, flat ones too. */
export const allPositions = (exchange: ExchangeState, symbol?: string): FakePosition[] =>
  [...exchange.markets.keys()]
    .filter((name) => symbol === undefined || name === symbol)
    .flatMap((name) => sides(exchange).map((side) => positionOf(exchange, name, side)));

/** Where the margin behind the position is used up, other positions left aside; 0 when that is nowhere. */
export function liquidationPrice(exchange: ExchangeState, position: FakePosition): number {
  const quantity = Math.abs(position.quantity);
  if (quantity === 0) return 0;
  const side = Math.sign(position.quantity);
  const { leverage, marginMode } = settingsOf(exchange, position.symbol);
  const maintenance = marketOf(exchange, position.symbol).symbol.maintenanceMarginPercent / 100;
  const behind = marginMode === 'isolated' ? (quantity * position.entryPrice) / leverage : exchange.wallet;
  return Math.max(0, (quantity * position.entryPrice - side * behind) / (quantity * (1 - side * maintenance)));
}

/** The margin set apart for an isolated position; 0 for one in cross margin. */
export function isolatedWallet(exchange: ExchangeState, position: FakePosition): number {
  const { marginMode, leverage } = settingsOf(exchange, position.symbol);
  return marginMode === 'isolated' ? rounded(Math.abs(position.quantity * position.entryPrice) / leverage) : 0;
}
