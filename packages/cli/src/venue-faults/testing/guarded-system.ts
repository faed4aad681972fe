/** Provider, Inspector and unmodified ccxt in this process, wired as `inspector up` does, before a venue at an address. */
import { randomUUID } from 'node:crypto';
import { defaultOptions, type Envelope, mergeOptions, type Options } from '@inspector/contract';
import { createMemoryBus, type Inspector, startInspector } from '@inspector/inspector';
import { type DirectClient, type Provider, startProvider } from '@inspector/provider';
import { openCcxtConnector } from '@inspector/provider/connectors';

/** Short, so that the ladder is climbed within the test: the bound is this + 3.5 s + the venue's latency. */
export const NAKED_MAX_MS = 1_000;

/** Limits that let the test's own requests through, and a target far away. */
const usualOptions = {
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

export interface SystemSettings {
  venueUrl: string;
  dataDir: string;
  exchange?: string;
  options?: object;
  credentials?: { apiKey?: string; secret?: string };
  /** What the engine's orders go through on their way. */
  client?: (client: DirectClient) => DirectClient;
}

export interface GuardedSystem {
  exchange: string;
  provider: Provider;
  inspector: Inspector;
  logs: string[];
  /** A detector's request to open; answers its id. */
  open(request?: Record<string, unknown>): string;
  stop(): Promise<void>;
}

export async function startSystem(settings: SystemSettings): Promise<GuardedSystem> {
  const { venueUrl, dataDir, exchange = 'binance', client = (own) => own } = settings;
  const bus = createMemoryBus();
  const logs: string[] = [];
  const note = (fields: unknown, text?: string): void => void logs.push(`${text ?? ''} ${JSON.stringify(fields)}`);
  const log = { info: note, warn: note, error: note };
  const { apiKey = 'fake-key', secret = 'fake-secret' } = settings.credentials ?? {};
  const connector = await openCcxtConnector({
    exchange,
    marketType: 'futures',
    symbols: ['BTCUSDT', 'ETHUSDT'],
    credentials: { apiKey, secret, password: null, testnet: false, url: venueUrl },
    log,
  });
  const listen = { host: '127.0.0.1', port: 0, apiToken: null, tokens: [], allowedHosts: [], allowedOrigins: [] };
  const provider = await startProvider(
    { ...listen, dataDir, version: '0.0.0', deferConnectors: true },
    { bus, connectors: [connector] },
  );
  const inspector = await startInspector(
    {
      ...listen,
      appKey: 'inspector',
      dataDir,
      version: '0.0.0',
      retention: { days: 0, maxMb: 0 },
      options: optionsOf(settings.options),
      provider: { url: provider.url, token: () => provider.token.secret },
      configuration: {},
    },
    {
      bus,
      log,
      client: client(provider.client),
      onFailed: (error) => {
        throw error;
      },
    },
  );
  await provider.startConnectors();
  let stopping: Promise<void> | undefined;
  return {
    exchange,
    provider,
    inspector,
    logs,
    open(request = {}) {
      const requestId = randomUUID();
      const payload = {
        requestId,
        connectorType: exchange,
        marketType: 'futures',
        symbol: { name: 'BTCUSDT' },
        side: 'LONG',
        quantity: 0.02,
        detectorSysname: 'tester',
        ...request,
      };
      const envelope = { eventId: randomUUID(), source: 'DETECTOR', timestamp: Date.now(), payload };
      void bus.publish('DETECTOR', { ...envelope, type: 'DETECTOR_POSITION_OPEN_REQUEST' } as Envelope);
      return String(payload.requestId);
    },
    stop() {
      stopping ??= (async () => {
        await inspector.stop('the test ends');
        await provider.stop();
        await bus.close();
      })();
      return stopping;
    },
  };
}

function optionsOf(more: object | undefined): Options {
  const usual = mergeOptions(defaultOptions, usualOptions);
  if ('errors' in usual) throw new Error(JSON.stringify(usual.errors));
  const merged = mergeOptions(usual.options, more ?? {});
  if ('errors' in merged) throw new Error(JSON.stringify(merged.errors));
  return merged.options;
}
