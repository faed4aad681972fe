/** What a test that starts a whole Inspector needs and does not care about. */
import { defaultOptions, type Order } from '@inspector/contract';
import type { ProviderClient } from '../effects/provider-client.ts';
import type { InspectorConfig } from '../inspector-port.ts';

/** The account of `quietVenue`. */
export const paperMarket = { connectorType: 'paper', marketType: 'futures' };

/** On any free port of loopback, without a token, and with a Provider that is not there. */
export function configForTest(given: Partial<InspectorConfig> & { dataDir: string }): InspectorConfig {
  return {
    appKey: 'inspector',
    version: '0.0.0',
    retention: { days: 0, maxMb: 0 },
    options: defaultOptions,
    provider: { url: 'http://127.0.0.1:1', token: () => 'secret' },
    configuration: {},
    host: '127.0.0.1',
    port: 0,
    apiToken: null,
    tokens: [],
    allowedHosts: [],
    allowedOrigins: [],
    ...given,
  };
}

/** A venue with 10,000 and no position, which takes every order and fills none. */
export function quietVenue(placed: Order[] = []): ProviderClient {
  return {
    async place(order) {
      placed.push(order);
      return { outcome: 'accepted', order: { ...order, status: 'NEW' } };
    },
    cancel: async () => ({ outcome: 'accepted' }),
    setLeverage: async () => ({ outcome: 'accepted' }),
    query: async () => ({
      ok: true,
      time: Date.now(),
      walletBalance: 10_000,
      availableBalance: 10_000,
      positions: [],
      orders: [],
    }),
    accounts: async () => [paperMarket],
  };
}
