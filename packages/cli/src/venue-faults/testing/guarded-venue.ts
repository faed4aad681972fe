/**
 * A whole Inspector with its Provider and unmodified ccxt, before a venue of this process that can be made to fail. What is
 * judged is what the venue itself saw: how long a position stood without a stop, and which orders came twice.
 */
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import {
  type AuditRecord,
  defaultOptions,
  type Envelope,
  mergeOptions,
  type PositionRuntimeState,
} from '@inspector/contract';
import { type FakeVenue, type FakeVenueSettings, startFakeVenue } from '@inspector/fake-venue';
import { createMemoryBus, type Inspector, startInspector } from '@inspector/inspector';
import { type Provider, startProvider } from '@inspector/provider';
import { openCcxtConnector } from '@inspector/provider/connectors';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { type NakedWatch, watchNaked } from './naked-watch.ts';

/** A wait that fails the test instead of hanging it; the machine may be busy with other tests. */
const PATIENCE_MS = 45_000;

/** Short, so that the ladder is climbed within the test: the bound is this + 3.5 s + the venue's latency. */
export const NAKED_MAX_MS = 1_000;

/** Limits that let the test's own requests through, and a target far away. */
export const usualOptions = {
  riskManagement: {
    stopLossPercent: 1,
    takeProfitPercent: 20,
    breakevenPercent: 0,
    maxTradesPerDay: 0,
    maxLossTradesPerDay: 0,
    minRiskRewardRatio: 0,
    riskPerTradePercent: 0,
    maxDailyLossPercent: 0,
    maxDrawdownPercent: 0,
  },
  strategyLogic: { cooldownPeriod: 0, maxConsecutiveLosses: 0 },
  tradeSettings: { maxPositionSizePercent: 0, trailingStopPercent: 0 },
  protection: { nakedMaxMs: NAKED_MAX_MS },
};

export interface GuardedVenue {
  venue: FakeVenue;
  provider: Provider;
  inspector: Inspector;
  naked: NakedWatch;
  logs: string[];
  /** A detector's request to open. */
  open(request?: Record<string, unknown>): string;
  /** What the owner, or a bot that knows nothing of Inspector, does at market. */
  owner(side: 'BUY' | 'SELL', quantity: number, symbol?: string): void;
  audit(): AuditRecord[];
  position(symbol?: string): PositionRuntimeState | undefined;
  call<T>(path: string, body?: unknown, method?: string): Promise<T>;
  /** Waits for the venue's position to be covered, or gone. */
  protectedOrFlat(symbol?: string): Promise<void>;
  stop(): Promise<void>;
}

export interface GuardedSettings {
  venue?: FakeVenue | FakeVenueSettings;
  options?: object;
  dataDir?: string;
  credentials?: { apiKey?: string; secret?: string };
}

export async function startGuarded(t: TestContext, settings: GuardedSettings = {}): Promise<GuardedVenue> {
  const isGiven = settings.venue !== undefined && 'faults' in settings.venue;
  const venue = isGiven ? (settings.venue as FakeVenue) : await openVenue(t, settings.venue as FakeVenueSettings);
  const dataDir = settings.dataDir ?? temporaryDirectory(t);
  const bus = createMemoryBus();
  const logs: string[] = [];
  const log = {
    info: (fields: unknown, text?: string) => void logs.push(line(fields, text)),
    warn: (fields: unknown, text?: string) => void logs.push(line(fields, text)),
    error: (fields: unknown, text?: string) => void logs.push(line(fields, text)),
  };
  const connector = await openCcxtConnector({
    exchange: 'binance',
    marketType: 'futures',
    symbols: ['BTCUSDT', 'ETHUSDT'],
    credentials: {
      apiKey: settings.credentials?.apiKey ?? 'fake-key',
      secret: settings.credentials?.secret ?? 'fake-secret',
      password: null,
      testnet: false,
      url: venue.url,
    },
    log,
  });
  const listen = { host: '127.0.0.1', port: 0, apiToken: null, tokens: [], allowedHosts: [], allowedOrigins: [] };
  const provider = await startProvider(
    { ...listen, dataDir, version: '0.0.0', deferConnectors: true },
    { bus, connectors: [connector] },
  );
  const merged = mergeOptions(defaultOptions, { ...usualOptions, ...settings.options });
  if ('errors' in merged) throw new Error(JSON.stringify(merged.errors));
  let inspector: Inspector | undefined;
  const naked = watchNaked(venue);
  const stop = async (): Promise<void> => {
    naked.stop();
    await inspector?.stop('the test ends');
    await provider.stop();
    await bus.close();
  };
  t.after(stop);
  inspector = await startInspector(
    {
      ...listen,
      appKey: 'inspector',
      dataDir,
      version: '0.0.0',
      retention: { days: 0, maxMb: 0 },
      options: merged.options,
      provider: { url: provider.url, token: () => provider.token.secret },
      configuration: {},
    },
    {
      bus,
      log,
      client: provider.client,
      onFailed: (error) => {
        throw error;
      },
    },
  );
  await provider.startConnectors();
  const own = inspector;

  const guarded: GuardedVenue = {
    venue,
    provider,
    inspector: own,
    naked,
    logs,
    open(request = {}) {
      const requestId = randomUUID();
      const payload = {
        requestId,
        connectorType: 'binance',
        marketType: 'futures',
        symbol: { name: 'BTCUSDT' },
        side: 'LONG',
        quantity: 0.02,
        detectorSysname: 'tester',
        ...request,
      };
      const envelope = { eventId: randomUUID(), source: 'DETECTOR', timestamp: Date.now(), payload };
      void bus.publish('DETECTOR', { ...envelope, type: 'DETECTOR_POSITION_OPEN_REQUEST' } as Envelope);
      return requestId;
    },
    owner: (side, quantity, symbol = 'BTCUSDT') => void venue.owner.order({ symbol, side, type: 'MARKET', quantity }),
    audit: () => own.auditAfter(0, 100_000),
    position: (symbol = 'BTCUSDT') => own.picture().positions.find((each) => each.symbol === symbol),
    async call(path, body, method) {
      const response = await fetch(`${own.url}/api/inspector${path}`, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      });
      return (await response.json()) as never;
    },
    protectedOrFlat: (symbol = 'BTCUSDT') =>
      until(
        () => naked.nakedNow(symbol) === undefined,
        () => `${symbol} is covered by a stop or flat\n${tail(own)}`,
      ),
    stop,
  };
  await until(
    () => own.health().ready && guarded.audit().some(({ kind, code }) => kind === 'RECONCILED' && code === 'OK'),
    () => `it is ready\n${logs.join('\n')}`,
  );
  return guarded;
}

export async function openVenue(t: TestContext, settings: FakeVenueSettings = {}): Promise<FakeVenue> {
  const venue = await startFakeVenue(settings);
  t.after(() => venue.stop());
  venue.market.move('BTCUSDT', 60_000);
  venue.market.move('ETHUSDT', 2_500);
  return venue;
}

export async function until(condition: () => boolean | Promise<boolean>, what: string | (() => string)): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(`it did not come to pass that ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The end of the trail, for a test that failed. */
export const tail = (inspector: Inspector, count = 40): string =>
  inspector
    .auditAfter(0, 100_000)
    .slice(-count)
    .map(({ seq, ts, kind, code, message }) => `${seq} ${ts} ${kind} ${code} ${message}`)
    .join('\n');

const line = (fields: unknown, text: string | undefined): string => `${text ?? ''} ${JSON.stringify(fields)}`;
