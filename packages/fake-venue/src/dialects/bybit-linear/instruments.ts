import { text } from '#dialects/text.ts';
import { decimalsOf } from '#exchange/amounts.ts';
import type { FakeSymbol } from '#exchange/symbols.ts';

const MAX_PRICE_TICKS = 19_999_998;
/** Assumed: the venue lets a limit order be several times as large as a market order; the symbol says how large. */
const filtersOf = (symbol: FakeSymbol): Record<string, unknown> => ({
  priceFilter: {
    ...{ minPrice: text(symbol.tickSize), maxPrice: text(symbol.tickSize * MAX_PRICE_TICKS) },
    tickSize: text(symbol.tickSize),
  },
  lotSizeFilter: {
    ...{ maxOrderQty: text(symbol.maxQuantity), minOrderQty: text(symbol.minQuantity), qtyStep: text(symbol.stepSize) },
    ...{ postOnlyMaxOrderQty: text(symbol.maxQuantity), maxMktOrderQty: text(symbol.maxMarketQuantity) },
    minNotionalValue: text(symbol.minNotional),
  },
});

/** A linear perpetual as the venue lists it; `bare` without what orders are rounded and judged by. */
export function instrumentShape(symbol: FakeSymbol, bare: boolean): Record<string, unknown> {
  return {
    ...{ symbol: symbol.name, contractType: 'LinearPerpetual', baseCoin: symbol.baseAsset },
    status: (symbol.status ?? 'TRADING') === 'TRADING' ? 'Trading' : 'Settling',
    ...{ quoteCoin: symbol.quoteAsset, settleCoin: symbol.quoteAsset, symbolType: '', isPreListing: false },
    ...{ launchTime: '1585526400000', deliveryTime: '0', deliveryFeeRate: '', preListingInfo: null },
    priceScale: String(decimalsOf(symbol.tickSize)),
    leverageFilter: { minLeverage: '1', maxLeverage: text(symbol.maxLeverage), leverageStep: '0.01' },
    ...(bare ? { priceFilter: {}, lotSizeFilter: {} } : filtersOf(symbol)),
    ...{ unifiedMarginTrade: true, fundingInterval: 480, copyTrading: 'both' },
    ...{ upperFundingRate: '0.005', lowerFundingRate: '-0.005', displayName: '' },
    riskParameters: { priceLimitRatioX: '0.05', priceLimitRatioY: '0.05' },
  };
}

/** Two tiers of what may be held at which leverage. */
export function riskLimitsOf({ name, maxLeverage, maintenanceMarginPercent }: FakeSymbol): Record<string, unknown>[] {
  const maintenance = maintenanceMarginPercent / 100;
  const tier = (id: number, riskLimitValue: number, factor: number) => ({
    ...{ id, symbol: name, riskLimitValue: text(riskLimitValue), isLowestRisk: id === 1 ? 1 : 0 },
    ...{ maintenanceMargin: text(maintenance * factor), initialMargin: text(factor / maxLeverage) },
    maxLeverage: text(maxLeverage / factor),
    mmDeduction: id === 1 ? '' : text(2_000_000 * maintenance),
  });
  return [tier(1, 2_000_000, 1), tier(2, 100_000_000, 2)];
}
