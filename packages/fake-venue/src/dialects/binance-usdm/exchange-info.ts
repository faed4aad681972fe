import { text } from '#dialects/text.ts';
import { decimalsOf } from '#exchange/amounts.ts';
import type { FakeSymbol } from '#exchange/symbols.ts';
import type { Context } from './context.ts';
import { ORDERS_PER_10S, ORDERS_PER_MINUTE } from './limits.ts';

function filtersOf(symbol: FakeSymbol): unknown[] {
  const { tickSize, stepSize, minQuantity } = symbol;
  const lot = { minQty: text(minQuantity), stepSize: text(stepSize) };
  return [
    { filterType: 'PRICE_FILTER', minPrice: text(tickSize), maxPrice: '10000000', tickSize: text(tickSize) },
    { filterType: 'LOT_SIZE', ...lot, maxQty: text(symbol.maxQuantity) },
    { filterType: 'MARKET_LOT_SIZE', ...lot, maxQty: text(symbol.maxMarketQuantity) },
    { filterType: 'MAX_NUM_ORDERS', limit: 200 },
    { filterType: 'MIN_NOTIONAL', notional: text(symbol.minNotional) },
    { filterType: 'PERCENT_PRICE', multiplierUp: '1.0500', multiplierDown: '0.9500', multiplierDecimal: '4' },
  ];
}

function symbolShape(symbol: FakeSymbol, bare: boolean): Record<string, unknown> {
  const precision = {
    pricePrecision: decimalsOf(symbol.tickSize),
    quantityPrecision: decimalsOf(symbol.stepSize),
    baseAssetPrecision: 8,
    quotePrecision: 8,
  };
  return {
    symbol: symbol.name,
    pair: symbol.name,
    contractType: 'PERPETUAL',
    deliveryDate: 4_133_404_800_000,
    onboardDate: 1_569_398_400_000,
    status: symbol.status ?? 'TRADING',
    maintMarginPercent: text(symbol.maintenanceMarginPercent),
    requiredMarginPercent: '5.0000',
    baseAsset: symbol.baseAsset,
    quoteAsset: symbol.quoteAsset,
    marginAsset: symbol.quoteAsset,
    ...(bare ? {} : precision),
    underlyingType: 'COIN',
    underlyingSubType: ['PoW'],
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    maxMoveOrderLimit: 10_000,
    filters: bare ? [] : filtersOf(symbol),
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
  };
}

export function exchangeInfo({ exchange, faults, now }: Context): Record<string, unknown> {
  return {
    timezone: 'UTC',
    serverTime: now(),
    futuresType: 'U_MARGINED',
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: faults.weightLimit },
      { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: ORDERS_PER_MINUTE },
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: ORDERS_PER_10S },
    ],
    exchangeFilters: [],
    assets: [{ asset: 'USDT', marginAvailable: true, autoAssetExchange: '-10000' }],
    symbols: [...exchange.markets.values()].map(({ symbol }) =>
      symbolShape(symbol, faults.symbolWithoutPrecision === symbol.name),
    ),
  };
}
