import { ConnectorError } from '../../connector.ts';
import { binanceFutures } from './binance-futures.ts';
import { otherVenue } from './other.ts';
import { type MarketKind, marketKinds, type VenueProfile } from './profile.ts';

const firstClass: readonly VenueProfile[] = [binanceFutures];

/** The profile of a market of an exchange. Errors: MARKET_TYPE_UNKNOWN. */
export function profileOf(exchange: string, marketType: string): VenueProfile {
  if (!isMarketKind(marketType)) {
    const message = `the market type ${marketType} is not known: use ${marketKinds.join(' or ')}, as in ccxt:${exchange}:futures`;
    throw new ConnectorError('MARKET_TYPE_UNKNOWN', message);
  }
  return (
    firstClass.find((profile) => profile.exchange === exchange && profile.marketType === marketType) ??
    otherVenue(exchange, marketType)
  );
}

const isMarketKind = (marketType: string): marketType is MarketKind =>
  (marketKinds as readonly string[]).includes(marketType);
