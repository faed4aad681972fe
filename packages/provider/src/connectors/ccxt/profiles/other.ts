import { moneyAssets } from './money.ts';
import { type MarketKind, restrictedTo, type VenueProfile } from './profile.ts';

/** A venue that nobody has looked at closely: what ccxt unifies, an account that is polled, a slow budget. */
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
    cost: { place: 1, cancel: 1, order: 1, 'open-orders': 2, account: 2, trades: 2, setting: 1, market: 2 },
  },
  privateSocket: /^$/,
  watchAccount: [],
  orderParameters: restrictedTo,
  nameParameters: (clientOrderId) => ({ clientOrderId }),
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
