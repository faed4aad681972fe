import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { defaultOptions, type KpiSnapshot } from '@inspector/contract';
import type { Picture, Reply } from '@inspector/engine';
import { buildService, type Service, type ServiceConfig } from '@inspector/service';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import type { Question } from '../runner/runner-port.ts';
import { auditRecord, positionState } from '../views/test-records.ts';
import { createViews } from '../views/views.ts';
import { inspectorRoutes } from './inspector-routes.ts';
import type { HttpPorts } from './ports.ts';

/** An Inspector behind whose routes the engine is played by `answer`. */
export interface TestInspector {
  app: Service;
  ports: HttpPorts;
  /** What was asked, in order. */
  asked: Question[];
  /** Adds audit records, numbered on from the last. */
  record(...given: Parameters<typeof auditRecord>[1][]): void;
  close(): Promise<void>;
}

export interface TestInspectorConfig {
  service?: Partial<ServiceConfig>;
  ports?: Partial<HttpPorts>;
  picture?: Partial<Picture>;
  answer?: (question: Question) => Reply;
}

const accepted: Reply = { replyTo: 0, ok: true, status: 200, result: { done: true } };

export async function testInspector(config: TestInspectorConfig = {}): Promise<TestInspector> {
  const { answer = () => accepted, service = {} } = config;
  const asked: Question[] = [];
  const journal = createMemoryJournal();
  const views = createViews(0);
  const picture = { ...quietPicture(), ...config.picture };
  let version = 3;
  let options = defaultOptions;
  const ports: HttpPorts = {
    async ask(question) {
      asked.push(question);
      const reply = answer(question);
      if (question.kind !== 'options' || !reply.ok) return reply;
      options = question.options;
      version += 1;
      return { ...reply, result: { options, version } };
    },
    picture: () => picture,
    settings: () => ({ options, version }),
    journal,
    views,
    equity: { read: async () => ({ kind: 'points', points: [] }) },
    killPreview: ({ scope, includeLegacy = false }) => ({
      scope,
      includeLegacy,
      orders: [],
      positions: [],
      estimatedCostUsd: 0,
    }),
    reconcile: async () => {},
    health: () => ({
      ok: true,
      ready: true,
      degraded: false,
      startupReasons: [],
      hasOptions: true,
      connectors: [],
      timestamp: 1,
    }),
    nodes: () => [{ name: 'runner', state: 'ok' }],
    busLatency: () => ({ PROVIDER_ORDER_CREATE: { count: 1, p50Ms: 1, p99Ms: 1, maxMs: 1 } }),
    configuration: { inspector: { port: 8008 } },
    analytics: null,
    alerts: { recent: () => [], test: async () => [], mayTest: () => true },
    storeCopy: { directory: tmpdir(), isActive: () => true, copyTo: async (file) => writeFileSync(file, 'a store') },
    now: () => 1_700_000_000_000,
    ...config.ports,
  };
  const app = await buildService({
    title: 'Inspector',
    description: 'An Inspector for tests.',
    version: '0.0.0',
    host: '127.0.0.1',
    tokens: [],
    ...service,
  });
  await inspectorRoutes(app, ports);
  await app.ready();
  let seq = 0;
  return {
    app,
    ports,
    asked,
    record(...given) {
      const records = given.map((each) => auditRecord(++seq, each));
      journal.commit({ firstInput: 1, inputCount: 0, inputs: new Uint8Array(), now: seq, records }, 'full');
      for (const each of records) views.apply(each);
    },
    close: () => app.close(),
  };
}

export const quietKpi: KpiSnapshot = {
  day: '2024-05-06',
  dayStartEquityUsd: 10_000,
  currentEquityUsd: 10_050,
  equityPeakUsd: 10_100,
  currentDrawdownPct: 0.5,
  maxDrawdownPct: 1,
  dailyPnlUsd: 50,
  dailyPnlPct: 0.5,
  closedTrades: 3,
  wins: 2,
  losses: 1,
  consecutiveLosses: 0,
  stressModeActive: false,
  equityKnown: true,
  timestamp: 1_700_000_000_000,
};

/** One account with a runtime and a legacy position, nothing in breach. */
export function quietPicture(): Picture {
  const runtime = positionState();
  const legacy = positionState({ positionId: 'p2', symbol: 'ETHUSDT', ownership: 'legacy' });
  const market = { connectorType: 'paper', marketType: 'futures', symbol: 'BTCUSDT' };
  return {
    seq: 5,
    timestamp: 1_700_000_000_000,
    options: defaultOptions,
    optionsVersion: 3,
    kpi: quietKpi,
    accounts: { 'paper:futures': { ...quietKpi, closedTrades: 1 } },
    positions: [runtime, legacy],
    governor: {
      action: 'ALLOW',
      reasons: [],
      locks: [],
      killSwitch: { state: 'IDLE' },
      circuit: {},
      cooldowns: [],
      seq: 4,
    },
    headroom: [
      {
        code: 'DAILY_LOSS',
        scope: 'account:paper:futures',
        observed: -0.5,
        limit: 5,
        unit: '%',
        usedPct: 0,
        distance: 5.5,
        timeToTripSec: null,
        action: 'STAND_DOWN',
      },
    ],
    exposure: {
      'paper:futures': {
        accountKey: 'paper:futures',
        equityUsd: 10_050,
        walletBalanceUsd: 10_000,
        availableBalanceUsd: 9_900,
        marginRatio: null,
        openPositions: 2,
        reservedPositions: 0,
        grossNotionalUsd: 400,
        netNotionalUsd: 400,
        reservedNotionalUsd: 0,
        exposurePct: 4,
        maxExposurePct: 300,
      },
    },
    prices: {
      'paper:futures:BTCUSDT': {
        ...market,
        price: 100,
        source: 'mark',
        bestBid: 99.9,
        bestAsk: 100.1,
        ts: 1_700_000_000_000,
        ageMs: 5,
        stale: false,
      },
    },
    liquidity: {
      'paper:futures:BTCUSDT': {
        ...market,
        bestBid: 99.9,
        bestAsk: 100.1,
        spreadPct: 0.2,
        topDepthUsd: 5_000,
        imbalance: 0.1,
        ts: 1_700_000_000_000,
      },
    },
    reconciliation: [
      {
        accountKey: 'paper:futures',
        reconciled: true,
        streamGap: false,
        lastAt: 1_700_000_000_000,
        lastOk: true,
        differences: [],
        repaired: [],
      },
    ],
    reservations: { count: 0, notionalUsd: 0, marginUsd: 0, data: [] },
    idempotency: { requestIds: 1, requestIdsLimit: 1_000_000, duplicates: 0, intents: { FILLED: 2 } },
    leases: [],
    incidents: [],
  };
}
