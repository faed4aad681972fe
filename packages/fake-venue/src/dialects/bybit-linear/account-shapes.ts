import { text } from '#dialects/text.ts';
import { accountMargin, maintenanceMarginOf, markOf, positionMarginOf, unrealizedOf } from '#exchange/margin.ts';
import { isolatedWallet, liquidationPrice } from '#exchange/positions.ts';
import { type ExchangeState, type FakePosition, settingsOf } from '#exchange/state.ts';
import { positionIdxOf } from './order-shapes.ts';

/** The mode of margin belongs to the whole account here. */
export const isIsolated = ({ symbolSettings }: ExchangeState): boolean =>
  [...symbolSettings.values()].some(({ marginMode }) => marginMode === 'isolated');

const heldSide = ({ quantity }: FakePosition): string => {
  if (quantity === 0) return '';
  return quantity > 0 ? 'Buy' : 'Sell';
};

/** What lists and the position stream have in common. A flat one has the side "" and the size "0". */
function positionFields(exchange: ExchangeState, position: FakePosition): Record<string, unknown> {
  const liquidation = liquidationPrice(exchange, position);
  const margin = text(positionMarginOf(exchange, position));
  const maintenance = text(maintenanceMarginOf(exchange, position));
  return {
    ...{ positionIdx: positionIdxOf(position.positionSide), symbol: position.symbol, side: heldSide(position) },
    ...{
      size: text(Math.abs(position.quantity)),
      positionValue: text(Math.abs(position.quantity * position.entryPrice)),
    },
    ...{ leverage: String(settingsOf(exchange, position.symbol).leverage), tradeMode: 0, positionStatus: 'Normal' },
    ...{ markPrice: text(markOf(exchange, position.symbol)), unrealisedPnl: text(unrealizedOf(exchange, position)) },
    ...{
      liqPrice: liquidation === 0 ? '' : text(liquidation),
      bustPrice: '',
      positionIM: margin,
      positionMM: maintenance,
    },
    ...{
      positionIMByMp: margin,
      positionMMByMp: maintenance,
      positionBalance: text(isolatedWallet(exchange, position)),
    },
    ...{ curRealisedPnl: text(position.realizedPnl), cumRealisedPnl: text(position.realizedPnl), sessionAvgPrice: '' },
    ...{ riskId: 1, riskLimitValue: '2000000', autoAddMargin: 0, adlRankIndicator: position.quantity === 0 ? 0 : 2 },
    ...{
      takeProfit: '',
      stopLoss: '',
      trailingStop: '0',
      tpslMode: 'Full',
      isReduceOnly: false,
      seq: position.updatedAt,
    },
    ...{ leverageSysUpdatedTime: '', mmrSysUpdatedTime: '' },
    ...{ createdTime: String(position.updatedAt), updatedTime: String(position.updatedAt) },
  };
}

export const listedPosition = (exchange: ExchangeState, position: FakePosition): Record<string, unknown> => ({
  ...positionFields(exchange, position),
  avgPrice: text(position.entryPrice),
});

export const streamedPosition = (exchange: ExchangeState, position: FakePosition): Record<string, unknown> => ({
  ...positionFields(exchange, position),
  category: 'linear',
  entryPrice: text(position.entryPrice),
});

/** Figures of the whole account are empty in isolated margin, as documented. */
export function walletShape(exchange: ExchangeState): Record<string, unknown> {
  const margin = accountMargin(exchange);
  const equity = exchange.wallet + margin.unrealizedPnl;
  const realized = [...exchange.positions.values()].reduce((sum, position) => sum + position.realizedPnl, 0);
  const ofAccount = (figure: string): string => (isIsolated(exchange) ? '' : figure);
  const rate = (amount: number): string => text(equity > 0 ? amount / equity : 0);
  const initial = margin.positionMargin + margin.orderMargin;
  return {
    accountType: 'UNIFIED',
    totalEquity: text(equity),
    totalWalletBalance: text(exchange.wallet),
    totalPerpUPL: text(margin.unrealizedPnl),
    accountLTV: '',
    ...{ accountIMRate: ofAccount(rate(initial)), accountMMRate: ofAccount(rate(margin.maintenanceMargin)) },
    ...{ totalMarginBalance: ofAccount(text(equity)), totalAvailableBalance: ofAccount(text(margin.available)) },
    ...{
      totalInitialMargin: ofAccount(text(initial)),
      totalMaintenanceMargin: ofAccount(text(margin.maintenanceMargin)),
    },
    coin: [
      {
        ...{ coin: 'USDT', equity: text(equity), usdValue: text(equity), walletBalance: text(exchange.wallet) },
        ...{ free: '', locked: '0', spotHedgingQty: '0', borrowAmount: '0', accruedInterest: '0', spotBorrow: '0' },
        ...{
          availableToWithdraw: '',
          availableToBorrow: '',
          bonus: '0',
          marginCollateral: true,
          collateralSwitch: true,
        },
        ...{ totalOrderIM: text(margin.orderMargin), totalPositionIM: text(margin.positionMargin) },
        ...{ totalPositionMM: text(margin.maintenanceMargin), unrealisedPnl: text(margin.unrealizedPnl) },
        cumRealisedPnl: text(realized),
      },
    ],
  };
}
