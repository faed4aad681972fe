/** The connector, with unmodified ccxt, against a double of Binance USD-M futures on loopback. */
import type { TestContext } from 'node:test';
import type { AccountEventPayload, Envelope, VenueCredentials } from '@inspector/contract';
import { type FakeVenue, type FakeVenueSettings, startFakeVenue } from '@inspector/fake-venue';
import type { Connector } from '../../connector.ts';
import { openCcxtConnector } from '../ccxt-connector.ts';
import { until } from './until.ts';

/** As they stand nowhere else, so that they are found wherever they leak to. */
export const API_KEY = 'key-that-nobody-may-read';
export const SECRET = 'secret-that-nobody-may-read';

export interface LogLine {
  level: 'info' | 'warn';
  fields: Record<string, unknown>;
  message: string;
}

export interface ConnectorForTest {
  connector: Connector;
  /** Everything that was delivered. */
  seen: Envelope[];
  log: LogLine[];
  /** Begins to deliver. */
  start(): Promise<void>;
}

export interface ConnectorTestSettings {
  symbols?: readonly string[];
  credentials?: Partial<VenueCredentials>;
}

/** A venue that ends with the test. */
export async function venueFor(t: TestContext, settings: FakeVenueSettings = {}): Promise<FakeVenue> {
  const venue = await startFakeVenue({ apiKey: API_KEY, secret: SECRET, ...settings });
  t.after(() => venue.stop());
  return venue;
}

/** A connector at an address, that ends with the test. */
export async function connectorAt(
  t: TestContext,
  url: string,
  { symbols = ['BTCUSDT'], credentials = {} }: ConnectorTestSettings = {},
): Promise<ConnectorForTest> {
  const seen: Envelope[] = [];
  const log: LogLine[] = [];
  const connector = await openCcxtConnector({
    exchange: 'binance',
    marketType: 'futures',
    symbols,
    credentials: { apiKey: API_KEY, secret: SECRET, password: null, testnet: false, url, ...credentials },
    log: {
      info: (fields, message) => log.push({ level: 'info', fields, message }),
      warn: (fields, message) => log.push({ level: 'warn', fields, message }),
    },
  });
  t.after(() => connector.stop());
  return { connector, seen, log, start: () => connector.start((envelope) => seen.push(envelope)) };
}

/** A connector that is connected to the venue and says so. */
export async function connectedTo(
  t: TestContext,
  venue: FakeVenue,
  settings: ConnectorTestSettings = {},
): Promise<ConnectorForTest> {
  const opened = await connectorAt(t, venue.url, settings);
  await opened.start();
  await until(
    () => opened.connector.status().ok,
    () => `it is connected: ${JSON.stringify(opened.connector.status())}`,
  );
  return opened;
}

export const typesOf = (envelopes: readonly Envelope[]): string[] => envelopes.map(({ type }) => type);

/** What was told of the account itself. */
export const accountEventsOf = (envelopes: readonly Envelope[]): AccountEventPayload[] =>
  envelopes.flatMap((envelope) => (envelope.type === 'PROVIDER_ACCOUNT_EVENT' ? [envelope.payload] : []));
