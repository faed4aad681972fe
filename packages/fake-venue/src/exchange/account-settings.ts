import { rounded } from './amounts.ts';
import { Refused } from './refused.ts';
import {
  type ExchangeState,
  keepIncome,
  liveOrders,
  type MarginMode,
  marketOf,
  positionOf,
  settingsOf,
} from './state.ts';

const holds = (state: ExchangeState, symbol?: string): boolean =>
  [...state.positions.values()].some(
    (position) => position.quantity !== 0 && (symbol === undefined || position.symbol === symbol),
  );

const hasOrders = (state: ExchangeState, symbol?: string): boolean =>
  liveOrders(state, 'main', symbol).length + liveOrders(state, 'conditional', symbol).length > 0;

export function setLeverage(state: ExchangeState, symbol: string, leverage: number): void {
  const { maxLeverage } = marketOf(state, symbol).symbol;
  if (!Number.isInteger(leverage) || leverage < 1 || leverage > maxLeverage) throw new Refused('leverage', leverage);
  settingsOf(state, symbol).leverage = leverage;
  state.emit({ kind: 'leverage', at: state.now(), symbol, leverage });
}

export function setMarginMode(state: ExchangeState, symbol: string, mode: MarginMode): void {
  marketOf(state, symbol);
  const settings = settingsOf(state, symbol);
  if (settings.marginMode === mode) throw new Refused('margin-mode-same');
  if (hasOrders(state, symbol)) throw new Refused('margin-mode-orders');
  if (holds(state, symbol)) throw new Refused('margin-mode-position');
  settings.marginMode = mode;
  const positions = [{ symbol, positionSide: state.hedgeMode ? ('LONG' as const) : ('BOTH' as const) }];
  state.emit({ kind: 'account', at: state.now(), reason: 'MARGIN_MODE', balanceChange: 0, positions });
}

export function setHedgeMode(state: ExchangeState, on: boolean): void {
  if (state.hedgeMode === on) throw new Refused('hedge-mode-same');
  if (hasOrders(state)) throw new Refused('hedge-mode-orders');
  if (holds(state)) throw new Refused('hedge-mode-position');
  state.hedgeMode = on;
}

export function setMultiAssets(state: ExchangeState, on: boolean): void {
  if (state.multiAssets === on) throw new Refused('multi-assets-same');
  state.multiAssets = on;
  state.emit({ kind: 'multi-assets', at: state.now(), on });
}

/** Above 0 is a deposit, below a withdrawal. */
export function transfer(state: ExchangeState, amount: number): void {
  state.wallet = rounded(state.wallet + amount);
  keepIncome(state, { symbol: '', type: 'TRANSFER', amount, tradeId: 0 });
  const reason = amount < 0 ? 'WITHDRAW' : 'DEPOSIT';
  state.emit({ kind: 'account', at: state.now(), reason, balanceChange: amount, positions: [] });
}

/** Pays funding on what is held: a long pays when the rate is above 0. */
export function payFunding(state: ExchangeState, symbol: string, ratePercent: number): void {
  const { mark, last } = marketOf(state, symbol);
  for (const positionSide of ['BOTH', 'LONG', 'SHORT'] as const) {
    const position = positionOf(state, symbol, positionSide);
    if (position.quantity === 0) continue;
    const amount = rounded((-position.quantity * (mark || last) * ratePercent) / 100);
    state.wallet = rounded(state.wallet + amount);
    keepIncome(state, { symbol, type: 'FUNDING_FEE', amount, tradeId: 0 });
    state.emit({
      kind: 'account',
      at: state.now(),
      reason: 'FUNDING_FEE',
      balanceChange: amount,
      positions: [{ symbol, positionSide }],
    });
  }
}
