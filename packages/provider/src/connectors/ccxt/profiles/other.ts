import type { Order as VenueOrder } from 'ccxt';
import type { Venue } from '../venue.ts';
import type { OrderQuestion } from '../venue-calls.ts';
import { moneyAssets } from './money.ts';
import { type MarketKind, restrictedTo, type VenueProfile } from './profile.ts';

/**
 * A venue that nobody has looked at closely: what ccxt unifies, an account that is polled, a slow budget. Where ccxt does not
 * list stops (`stopLossPrice`) the probe refuses the account.
 */
export const otherVenue = (exchange: string, marketType: MarketKind): VenueProfile => ({
  exchange,
  marketType,
  ccxtId: exchange,
  options: { defaultType: marketType === 'spot' ? 'spot' : 'swap' },
  codes: {},
  hasConditionalBook: false,
  namesConditional: true,
  cancelsAll: false,
  defaultSymbols: [],
  budget: {
    perMinute: 600,
    cost: {
      place: 1,
      cancel: 1,
      order: 1,
      'open-orders': 2,
      account: 2,
      trades: 2,
      transfers: 2,
      setting: 1,
      market: 2,
    },
  },
  privateSocket: /^$/,
  watchAccount: [],
  orderParameters: restrictedTo,
  nameParameters: (clientOrderId) => ({ clientOrderId }),
  fetchOrder,
  fetchOpenOrders: (venue, symbol) => fetchOpenOrders(venue, symbol, marketType),
  tradesOf: (externalId) => ({ orderId: externalId }),
  balances({ total, free }) {
    const wallets = new Map<string, number>();
    let availableBalance = 0;
    for (const [asset, amount] of Object.entries(total as unknown as Record<string, number>)) {
      if (!moneyAssets.has(asset)) continue;
      wallets.set(asset, amount);
      availableBalance += Number((free as unknown as Record<string, number>)[asset] ?? 0);
    }
    return { wallets, availableBalance, marginRatio: 0 };
  },
});

/** Not every venue understands a client id: what it answers then is some other order, which proves nothing. */
async function fetchOrder(venue: Venue, { symbol, clientOrderId, externalId }: OrderQuestion): Promise<VenueOrder> {
  const parameters = clientOrderId === '' ? {} : { clientOrderId };
  const shown = (await venue.fetchOrder(externalId, symbol, parameters)) as VenueOrder;
  const isNamed = (name: string, asked: string | undefined): boolean => name !== '' && name === asked;
  const isOurs = isNamed(externalId, shown.id) || isNamed(clientOrderId, shown.clientOrderId);
  if (!isOurs) throw new Error(`another order than ${clientOrderId || externalId} was answered`);
  return shown;
}

/** Some show conditional orders in another list, some in both. */
async function fetchOpenOrders(
  venue: Venue,
  symbol: string | undefined,
  marketType: MarketKind,
): Promise<VenueOrder[]> {
  const features = venue.features as VenueFeatures | undefined;
  const { fetchOpenOrders: listing } = (marketType === 'spot' ? features?.spot : features?.swap?.linear) ?? {};
  const lists = await Promise.all(
    (listing?.trigger === true ? [{}, { trigger: true }] : [{}]).map((book) =>
      venue.fetchOpenOrders(symbol, undefined, undefined, book),
    ),
  );
  return [...new Map(lists.flat().map((shown) => [shown.id, shown as VenueOrder])).values()];
}

interface VenueFeatures {
  spot?: { fetchOpenOrders?: { trigger?: boolean } };
  swap?: { linear?: { fetchOpenOrders?: { trigger?: boolean } } };
}
