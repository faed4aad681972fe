import { existsSync } from 'node:fs';
import type { VenueCredentials } from '@inspector/contract';
import type { Exchange } from 'ccxt';
import { ConnectorError } from '../connector.ts';
import type { VenueProfile } from './profiles/profile.ts';

/** A ccxt exchange of the streaming kind, with the parts of it that its types leave open. */
export type Venue = Exchange & {
  clients: Record<string, VenueSocket>;
  handleMessage(client: VenueSocket, message: unknown): void;
  nonce(): number;
  getExceptionsByUrl?: (url: string | undefined, kind: string) => Record<string, unknown>;
  loadHttpProxyAgent(): Promise<unknown>;
};

export interface VenueSocket {
  url: string;
  lastPong?: number;
  isConnected: boolean;
  /** Undefined when it was not opened yet. */
  close(): Promise<unknown> | undefined;
  onError(error: Error): void;
}

type Addresses = string | { [key: string]: Addresses };

/** A REST call that is not answered by then has an unknown outcome. */
export const REST_TIMEOUT_MS = 5_000;
/** A socket that answers no ping for twice as long is replaced: half-open ones give no other sign. */
const PING_EVERY_MS = 5_000;
/** How often a listen key is renewed, and so found out when it has died without a word. */
const LISTEN_KEY_EVERY_MS = 60_000;

/**
 * Loads one exchange of ccxt, and nothing of the others. Errors: VENUE_UNKNOWN when ccxt has none of that name with
 * streams. The place of its modules is ccxt's own affair, so its version is pinned.
 */
export async function loadVenue(profile: VenueProfile, credentials: VenueCredentials): Promise<Venue> {
  const module = new URL(`./src/pro/${profile.ccxtId}.js`, import.meta.resolve('ccxt'));
  if (!existsSync(module)) {
    const message = `ccxt knows no exchange ${profile.ccxtId} with streams: name it as in https://docs.ccxt.com/#/exchanges`;
    throw new ConnectorError('VENUE_UNKNOWN', message);
  }
  const { default: VenueClass } = (await import(module.href)) as { default: new (config: object) => Venue };
  const { apiKey, secret, password, testnet, url } = credentials;
  const venue = new VenueClass({
    ...(apiKey === null ? {} : { apiKey }),
    ...(secret === null ? {} : { secret }),
    ...(password === null ? {} : { password }),
    timeout: REST_TIMEOUT_MS,
    // Requests are metered by an own budget, in which exits go first.
    enableRateLimit: false,
    newUpdates: true,
    streaming: { keepAlive: PING_EVERY_MS, maxPingPongMisses: 2 },
    has: { ...profile.has },
    options: {
      // With a key ccxt would ask for coins and margin pairs too, for which the key has no permission.
      fetchCurrencies: false,
      fetchMargins: false,
      warnOnFetchOpenOrdersWithoutSymbol: false,
      fetchOpenOrders: { warnWithoutSymbol: false },
      listenKeyRefreshRate: LISTEN_KEY_EVERY_MS,
      ...profile.options,
    },
  });
  if (testnet) (profile.useTestnet ?? useSandbox)(venue);
  if (url !== null) {
    venue.urls.api = rebased(venue.urls.api as Addresses, url) as typeof venue.urls.api;
    profile.onOtherAddress?.(venue);
  }
  // Without it streams to plain ws:// addresses are refused.
  await venue.loadHttpProxyAgent();
  // Its timers must not keep a process alive that has nothing else to do.
  venue.delay = (ms: number, call: (...args: unknown[]) => unknown, ...args: unknown[]) => {
    setTimeout(() => venue.spawn(call, ...args), ms).unref();
  };
  return venue;
}

const useSandbox = (venue: Venue): void => venue.setSandboxMode(true);

/** All addresses moved to one host; paths stay. */
function rebased(addresses: Addresses, base: string): Addresses {
  if (typeof addresses !== 'string')
    return Object.fromEntries(Object.entries(addresses).map(([key, each]) => [key, rebased(each, base)]));
  const host = base.replace(/\/$/, '');
  return addresses.replace(/^(https|wss):\/\/[^/]+/, (_, scheme) =>
    scheme === 'wss' ? host.replace(/^http/, 'ws') : host,
  );
}
