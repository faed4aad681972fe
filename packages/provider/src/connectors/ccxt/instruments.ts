import type { SymbolSpec } from '@inspector/contract';
import type { Market } from 'ccxt';
import { moneyAssets } from './profiles/money.ts';
import type { VenueProfile } from './profiles/profile.ts';

/** One market of the venue as the connector uses it. Quantities are in base units, `contractSize` of them a contract. */
export interface Instrument {
  /** The venue's own name, `BTCUSDT`. */
  name: string;
  /** ccxt's, `BTC/USDT:USDT`. */
  unified: string;
  contractSize: number;
  baseAsset: string;
  quoteAsset: string;
  /** Undefined when the venue does not say its steps: it cannot be entered, only left. */
  spec: SymbolSpec | undefined;
}

export interface Instruments {
  byName(name: string): Instrument | undefined;
  byUnified(unified: string | undefined): Instrument | undefined;
  specs(): SymbolSpec[];
  /** Names of symbols that can only be left, for want of a step. */
  incomplete(): string[];
}

export function readInstruments(
  markets: Iterable<Market>,
  profile: Pick<VenueProfile, 'marketType' | 'isMarket'>,
): Instruments {
  const byName = new Map<string, Instrument>();
  const byUnified = new Map<string, Instrument>();
  for (const market of markets) {
    if (market === undefined || !isOurs(market, profile)) continue;
    const instrument = instrumentOf(market);
    byName.set(instrument.name, instrument);
    byUnified.set(instrument.unified, instrument);
  }
  return {
    byName: (name) => byName.get(name),
    byUnified: (unified) => (unified === undefined ? undefined : byUnified.get(unified)),
    specs: () => [...byName.values()].flatMap(({ spec }) => spec ?? []),
    incomplete: () => [...byName.values()].filter(({ spec }) => spec === undefined).map(({ name }) => name),
  };
}

/** Linear perpetuals that are settled in money, or spot markets that are quoted in it. */
function isOurs(
  market: NonNullable<Market>,
  { marketType, isMarket }: Pick<VenueProfile, 'marketType' | 'isMarket'>,
): boolean {
  if (isMarket?.(market) === false) return false;
  if (marketType === 'spot') return market.spot === true && moneyAssets.has(String(market.quote));
  return market.swap === true && market.linear === true && moneyAssets.has(String(market.settle));
}

function instrumentOf(market: NonNullable<Market>): Instrument {
  const contractSize = market.contractSize ?? 1;
  const { id, symbol: unified, base = '', quote = '' } = market;
  return {
    name: String(id),
    unified: String(unified),
    contractSize,
    baseAsset: base,
    quoteAsset: quote,
    spec: specOf(market, contractSize),
  };
}

function specOf(market: NonNullable<Market>, contractSize: number): SymbolSpec | undefined {
  const tickSize = Number(market.precision.price);
  const stepSize = Number(market.precision.amount) * contractSize;
  if (!(tickSize > 0) || !(stepSize > 0)) return undefined;
  const minNotional = market.limits.cost?.min;
  const maxLeverage = market.limits.leverage?.max;
  const info = market.info as { maintMarginPercent?: string };
  const maintenance = Number(info.maintMarginPercent);
  return {
    name: String(market.id),
    baseAsset: market.base ?? '',
    quoteAsset: market.quote ?? '',
    status: market.active === false ? 'BREAK' : 'TRADING',
    tickSize,
    stepSize: rounded(stepSize),
    minQuantity: rounded((market.limits.amount?.min ?? Number(market.precision.amount)) * contractSize),
    ...(minNotional === undefined || minNotional === null ? {} : { minNotional }),
    ...(maxLeverage === undefined || maxLeverage === null ? {} : { maxLeverage }),
    ...(maintenance > 0 ? { maintenanceMarginPercent: maintenance } : {}),
  };
}

/** Products of decimal steps carry binary noise: 0.01 × 0.1 is 0.001. */
export const rounded = (value: number): number => Number(value.toPrecision(12));
