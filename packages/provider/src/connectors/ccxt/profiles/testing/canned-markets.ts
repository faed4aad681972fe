/** What venues answer when they are asked for their markets, cut to what is read of it. */

const spotMarket = (base: string, quote: string, orderTypes: readonly string[]) => ({
  symbol: `${base}${quote}`,
  status: 'TRADING',
  baseAsset: base,
  baseAssetPrecision: 8,
  quoteAsset: quote,
  quotePrecision: 8,
  quoteAssetPrecision: 8,
  orderTypes,
  isSpotTradingAllowed: true,
  isMarginTradingAllowed: false,
  filters: [
    { filterType: 'PRICE_FILTER', minPrice: '0.01', maxPrice: '1000000', tickSize: '0.01' },
    { filterType: 'LOT_SIZE', minQty: '0.00001', maxQty: '9000', stepSize: '0.00001' },
    { filterType: 'MARKET_LOT_SIZE', minQty: '0.00000000', maxQty: '71.5', stepSize: '0.00000000' },
    { filterType: 'NOTIONAL', minNotional: '5.00', applyMinToMarket: true, maxNotional: '9000000.00' },
  ],
  permissions: [],
  permissionSets: [['SPOT']],
});

const allTypes = ['LIMIT', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT'];

/** ETH takes no stops that become market orders; ETHBTC is not quoted in money. */
const binanceSpotMarkets = {
  symbols: [
    spotMarket('BTC', 'USDT', allTypes),
    spotMarket('BTC', 'FDUSD', allTypes),
    spotMarket('ETH', 'USDT', ['LIMIT', 'MARKET', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT_LIMIT']),
    spotMarket('ETH', 'BTC', allTypes),
    spotMarket('BNB', 'USDT', allTypes),
  ],
};

const bybitMarket = (symbol: string, settleCoin: string) => ({
  symbol,
  contractType: 'LinearPerpetual',
  status: 'Trading',
  baseCoin: 'BTC',
  quoteCoin: settleCoin,
  launchTime: '1585526400000',
  deliveryTime: '0',
  deliveryFeeRate: '',
  priceScale: '2',
  leverageFilter: { minLeverage: '1', maxLeverage: '100.00', leverageStep: '0.01' },
  priceFilter: { minPrice: '0.10', maxPrice: '1999999.80', tickSize: '0.10' },
  lotSizeFilter: {
    maxOrderQty: '1190.000',
    minOrderQty: '0.001',
    qtyStep: '0.001',
    maxMktOrderQty: '500.000',
    minNotionalValue: '5',
  },
  unifiedMarginTrade: true,
  fundingInterval: 480,
  settleCoin,
});

const bybitMarkets = {
  retCode: 0,
  result: {
    category: 'linear',
    list: [bybitMarket('BTCUSDT', 'USDT'), bybitMarket('BTCPERP', 'USDC')],
    nextPageCursor: '',
  },
};

/** A contract is 0.01 BTC. */
const okxMarkets = {
  code: '0',
  data: [
    {
      instId: 'BTC-USDT-SWAP',
      instType: 'SWAP',
      instFamily: 'BTC-USDT',
      uly: 'BTC-USDT',
      baseCcy: '',
      quoteCcy: '',
      settleCcy: 'USDT',
      ctType: 'linear',
      ctVal: '0.01',
      ctMult: '1',
      ctValCcy: 'BTC',
      lever: '100',
      lotSz: '0.01',
      minSz: '0.01',
      tickSz: '0.1',
      maxMktSz: '35000',
      maxStopSz: '35000',
      state: 'live',
      listTime: '1611916828000',
      expTime: '',
      alias: '',
      optType: '',
      stk: '',
    },
  ],
};

const binanceFuturesMarkets = {
  symbols: [
    {
      symbol: 'BTCUSDT',
      pair: 'BTCUSDT',
      contractType: 'PERPETUAL',
      status: 'TRADING',
      deliveryDate: 4133404800000,
      onboardDate: 1569398400000,
      maintMarginPercent: '2.5000',
      baseAsset: 'BTC',
      quoteAsset: 'USDT',
      marginAsset: 'USDT',
      pricePrecision: 2,
      quantityPrecision: 3,
      baseAssetPrecision: 8,
      quotePrecision: 8,
      underlyingType: 'COIN',
      orderTypes: ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET'],
      filters: [
        { filterType: 'PRICE_FILTER', minPrice: '556.80', maxPrice: '4529764', tickSize: '0.10' },
        { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '1000' },
        { filterType: 'MARKET_LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '120' },
        { filterType: 'MIN_NOTIONAL', notional: '100' },
      ],
    },
  ],
};

/** By the path of the request. */
export const cannedMarkets: Readonly<Record<string, unknown>> = {
  '/api/v3/exchangeInfo': binanceSpotMarkets,
  '/fapi/v1/exchangeInfo': binanceFuturesMarkets,
  '/v5/market/instruments-info': bybitMarkets,
  '/api/v5/public/instruments': okxMarkets,
};
