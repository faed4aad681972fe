import { ConnectorError } from '../../connector.ts';
import { binanceFutures } from './binance-futures.ts';
import { createBinanceSpot } from './binance-spot.ts';
import { bybit } from './bybit.ts';
import { createOkx } from './okx.ts';
import { otherVenue } from './other.ts';
import { type MarketKind, marketKinds, type VenueProfile } from './profile.ts';

/** Those that remember something of the account are made for it. */
const firstClass: Readonly<Record<string, () => VenueProfile>> = {
  'binance:futures': () => binanceFutures,
  'binance:spot': createBinanceSpot,
  'bybit:futures': () => bybit,
  'okx:futures': createOkx,
};

/** The profile of a market of an exchange, for one account. Errors: MARKET_TYPE_UNKNOWN. */
export function profileOf(exchange: string, marketType: string): VenueProfile {
  if (!isMarketKind(marketType)) {
    const message = `the market type ${marketType} is not known: use ${marketKinds.join(' or ')}, as in ccxt:${exchange}:futures`;
    throw new ConnectorError('MARKET_TYPE_UNKNOWN', message);
  }
  const key = `${exchange}:${marketType}`;
  return Object.hasOwn(firstClass, key) ? firstClass[key]!() : otherVenue(exchange, marketType);
}

const isMarketKind = (marketType: string): marketType is MarketKind =>
  (marketKinds as readonly string[]).includes(marketType);
