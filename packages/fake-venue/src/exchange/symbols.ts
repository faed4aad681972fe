/** A linear perpetual, with the filters that orders must pass. Prices and notionals are in the quote asset. */
export interface FakeSymbol {
  name: string;
  baseAsset: string;
  quoteAsset: string;
  tickSize: number;
  stepSize: number;
  minQuantity: number;
  maxQuantity: number;
  maxMarketQuantity: number;
  /** Does not hold for reduce-only orders. */
  minNotional: number;
  maxLeverage: number;
  maintenanceMarginPercent: number;
  /** Where the market stands at the start. */
  price: number;
  /** Anything but TRADING refuses orders. */
  status?: 'TRADING' | 'SETTLING';
}

export const DEFAULT_SYMBOLS: readonly FakeSymbol[] = [
  {
    name: 'BTCUSDT',
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    tickSize: 0.1,
    stepSize: 0.001,
    minQuantity: 0.001,
    maxQuantity: 1000,
    maxMarketQuantity: 120,
    minNotional: 100,
    maxLeverage: 125,
    maintenanceMarginPercent: 0.4,
    price: 60_000,
  },
  {
    name: 'ETHUSDT',
    baseAsset: 'ETH',
    quoteAsset: 'USDT',
    tickSize: 0.01,
    stepSize: 0.001,
    minQuantity: 0.001,
    maxQuantity: 10_000,
    maxMarketQuantity: 2000,
    minNotional: 20,
    maxLeverage: 100,
    maintenanceMarginPercent: 0.5,
    price: 3000,
  },
  {
    name: 'SOLUSDT',
    baseAsset: 'SOL',
    quoteAsset: 'USDT',
    tickSize: 0.01,
    stepSize: 0.01,
    minQuantity: 0.01,
    maxQuantity: 1_000_000,
    maxMarketQuantity: 5000,
    minNotional: 5,
    maxLeverage: 75,
    maintenanceMarginPercent: 0.5,
    price: 150,
  },
];
