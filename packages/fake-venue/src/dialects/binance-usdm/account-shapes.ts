import { text } from '#dialects/text.ts';
import {
  accountMargin,
  maintenanceMarginOf,
  markOf,
  notionalOf,
  positionMarginOf,
  unrealizedOf,
} from '#exchange/margin.ts';
import { allPositions, isolatedWallet, liquidationPrice } from '#exchange/positions.ts';
import { type ExchangeState, type FakePosition, liveOrders, settingsOf } from '#exchange/state.ts';

/** Those that are held, or whose symbol has orders. */
export const activePositions = (exchange: ExchangeState, symbol?: string): FakePosition[] =>
  allPositions(exchange, symbol).filter(
    (position) => position.quantity !== 0 || liveOrders(exchange, 'main', position.symbol).length > 0,
  );

export function positionRiskV3(exchange: ExchangeState, position: FakePosition): Record<string, unknown> {
  const wallet = isolatedWallet(exchange, position);
  const unrealized = unrealizedOf(exchange, position);
  const margin = positionMarginOf(exchange, position);
  return {
    symbol: position.symbol,
    positionSide: position.positionSide,
    positionAmt: text(position.quantity),
    entryPrice: text(position.entryPrice),
    breakEvenPrice: text(position.entryPrice * (1 + Math.sign(position.quantity) * exchange.takerFee)),
    markPrice: text(markOf(exchange, position.symbol)),
    unRealizedProfit: text(unrealized),
    liquidationPrice: text(liquidationPrice(exchange, position)),
    isolatedMargin: text(wallet === 0 ? 0 : wallet + unrealized),
    notional: text(notionalOf(exchange, position)),
    marginAsset: 'USDT',
    isolatedWallet: text(wallet),
    initialMargin: text(margin),
    maintMargin: text(maintenanceMarginOf(exchange, position)),
    positionInitialMargin: text(margin),
    openOrderInitialMargin: '0',
    adl: 1,
    bidNotional: '0',
    askNotional: '0',
    updateTime: position.updatedAt,
  };
}

export function positionRiskV2(exchange: ExchangeState, position: FakePosition): Record<string, unknown> {
  const { leverage, marginMode } = settingsOf(exchange, position.symbol);
  const {
    initialMargin,
    maintMargin,
    positionInitialMargin,
    openOrderInitialMargin,
    adl,
    marginAsset,
    bidNotional,
    askNotional,
    ...same
  } = positionRiskV3(exchange, position);
  return {
    ...same,
    leverage: String(leverage),
    maxNotionalValue: '1000000000',
    marginType: marginMode,
    isolated: marginMode === 'isolated',
    isAutoAddMargin: 'false',
  };
}

/** A position as the account call of version 2 lists it; version 3 leaves out what v2 alone has. */
function accountPosition(exchange: ExchangeState, position: FakePosition, version: 2 | 3): Record<string, unknown> {
  const { leverage, marginMode } = settingsOf(exchange, position.symbol);
  const margin = positionMarginOf(exchange, position);
  const wallet = isolatedWallet(exchange, position);
  return {
    symbol: position.symbol,
    positionSide: position.positionSide,
    positionAmt: text(position.quantity),
    unrealizedProfit: text(unrealizedOf(exchange, position)),
    isolatedMargin: text(wallet === 0 ? 0 : wallet + unrealizedOf(exchange, position)),
    notional: text(notionalOf(exchange, position)),
    isolatedWallet: text(wallet),
    initialMargin: text(margin),
    maintMargin: text(maintenanceMarginOf(exchange, position)),
    updateTime: position.updatedAt,
    ...(version === 3
      ? {}
      : {
          positionInitialMargin: text(margin),
          openOrderInitialMargin: '0',
          leverage: String(leverage),
          isolated: marginMode === 'isolated',
          entryPrice: text(position.entryPrice),
          breakEvenPrice: text(position.entryPrice),
          maxNotional: '1000000000',
          bidNotional: '0',
          askNotional: '0',
        }),
  };
}

export function balanceShape(exchange: ExchangeState, at: number): Record<string, unknown> {
  const { unrealizedPnl, available } = accountMargin(exchange);
  return {
    accountAlias: 'SgsR',
    asset: 'USDT',
    balance: text(exchange.wallet),
    crossWalletBalance: text(exchange.wallet),
    crossUnPnl: text(unrealizedPnl),
    availableBalance: text(available),
    maxWithdrawAmount: text(Math.min(available, exchange.wallet)),
    marginAvailable: true,
    updateTime: at,
  };
}

export function accountShape(exchange: ExchangeState, version: 2 | 3, at: number): Record<string, unknown> {
  const margin = accountMargin(exchange);
  const totals = {
    initialMargin: text(margin.positionMargin + margin.orderMargin),
    maintMargin: text(margin.maintenanceMargin),
    walletBalance: text(exchange.wallet),
    marginBalance: text(exchange.wallet + margin.unrealizedPnl),
    positionInitialMargin: text(margin.positionMargin),
    openOrderInitialMargin: text(margin.orderMargin),
    crossWalletBalance: text(exchange.wallet),
  };
  const total = Object.entries(totals).map(([name, value]) => [
    `total${name[0]!.toUpperCase()}${name.slice(1)}`,
    value,
  ]);
  const shared = {
    crossUnPnl: text(margin.unrealizedPnl),
    availableBalance: text(margin.available),
    maxWithdrawAmount: text(Math.min(margin.available, exchange.wallet)),
  };
  const positions = version === 3 ? activePositions(exchange) : allPositions(exchange);
  const v2 = {
    ...{ feeTier: 0, feeBurn: false, canTrade: true, canDeposit: true, canWithdraw: true, updateTime: 0 },
    ...{ multiAssetsMargin: exchange.multiAssets, tradeGroupId: -1 },
  };
  return {
    ...(version === 2 ? v2 : {}),
    ...Object.fromEntries(total),
    totalUnrealizedProfit: text(margin.unrealizedPnl),
    totalCrossUnPnl: shared.crossUnPnl,
    availableBalance: shared.availableBalance,
    maxWithdrawAmount: shared.maxWithdrawAmount,
    assets: [
      {
        asset: 'USDT',
        ...totals,
        unrealizedProfit: text(margin.unrealizedPnl),
        ...shared,
        ...(version === 2 ? { marginAvailable: true } : {}),
        updateTime: at,
      },
    ],
    positions: positions.map((position) => accountPosition(exchange, position, version)),
  };
}
