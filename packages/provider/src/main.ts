import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventTypes, type ListenConfig, type Order, type ProviderHealth } from '@inspector/contract';
import {
  buildService,
  createEventLoopDelay,
  findToken,
  listenService,
  registerMetricsRoute,
  type ServiceLog,
  servedHosts,
  type Traces,
  tokensOf,
  traceRequests,
} from '@inspector/service';
import type { Connector } from '#connectors/connector.ts';
import type { ReplayConnector, ReplayConnectorControl } from '#connectors/replay/replay-connector.ts';
import { type ConnectorFeed, createConnectorFeed } from '#feed/connector-feed.ts';
import type { EventBus } from '#feed/event-bus.ts';
import { createSymbolLists, type SymbolLists } from '#feed/symbol-lists.ts';
import { registerHealthRoutes } from '#http/health-routes.ts';
import { registerSessionRoutes } from '#http/session-routes.ts';
import { type ProviderMetrics, providerMetrics } from '#metrics/provider-metrics.ts';
import { createProxyCounts } from '#metrics/proxy-counts.ts';
import { createDirectClient, type DirectClient } from '#orders/direct-client.ts';
import { createOrderGateway, type OrderGateway } from '#orders/order-gateway.ts';
import { createOrderMemory } from '#orders/order-memory.ts';
import { registerOrderRoutes } from '#orders/order-routes.ts';
import { openOrderStore } from '#orders/order-store.ts';
import { registerProxy } from '#proxy/proxy.ts';
import { type AppRegistry, createAppRegistry } from '#registry/app-registry.ts';
import { openInspectorEntries } from '#registry/inspector-entries.ts';
import { registerInspectorRoutes } from '#registry/inspector-routes.ts';
import { registerRegistryRoutes } from '#registry/registry-routes.ts';
import { registerReplayRoutes } from '#replay/replay-routes.ts';
import { openDatabase } from '#storage/database.ts';
import { registerStudioPage } from '#studio/studio-page.ts';
import { type ProviderToken, providerToken } from '#tokens/provider-token.ts';
import { registerAccountRoutes } from '#venues/account-routes.ts';
import { createConnectorDirectory } from '#venues/connector-directory.ts';
import { connectorState } from '#venues/connector-state.ts';
import { registerMarketRoutes } from '#venues/market-routes.ts';
import type { AuditAfter } from '#ws/audited-events.ts';
import { registeredAudit } from '#ws/registered-audit.ts';
import { createWsServer, type WsServer } from '#ws/ws-server.ts';

/** Without a heartbeat for longer an application is inactive. */
export const APP_ACTIVE_TTL_MS = 60_000;

/** Where it listens and who may call, as `readEnvironment` gives it; port 0 takes any free one. */
export interface ProviderConfig extends ListenConfig {
  /** Holds the generated token and the store. */
  dataDir: string;
  version: string;
  /** The Inspector that Studio shows. */
  inspectorAppKey?: string;
  /** Where Studio was built; without it, or where nothing was, `/` says how to build it. */
  studioDirectory?: string;
  appActiveTtlMs?: number;
  /** Hosts beyond loopback that applications may be registered on, `host` or `host:port`. */
  targetHosts?: readonly string[];
  proxyTimeoutMs?: number;
  deferConnectors?: boolean;
}

export interface ProviderPorts {
  bus: EventBus;
  connectors: readonly Connector[];
  /** Where `/ws` reads missed events; without it they are asked of the registered Inspector over REST. */
  auditAfter?: AuditAfter;
  log?: ServiceLog;
  /** Where spans of requests go; whoever started it stops it. Without it none are made. */
  traces?: Traces;
  now?: () => number;
}

export interface Provider {
  /** As it can be opened, without a path. */
  url: string;
  token: ProviderToken;
  orders: OrderGateway;
  /** For an Inspector in the same process. */
  client: DirectClient;
  registry: AppRegistry;
  ws: WsServer;
  /**
   * Connects to the venues; events flow from then on. Called by `startProvider` itself unless `deferConnectors` is set:
   * then whoever wires an Inspector beside it first lets that one subscribe. Rejects when a venue refuses; once only.
   */
  startConnectors(): Promise<void>;
  /** Ends everything that was started here, in a few seconds at most. A second call waits for the first. */
  stop(): Promise<void>;
}

/**
 * Starts the Provider: REST, `/ws`, proxy and page, over connectors that it starts and a bus that it is given. Rejects
 * with a coded error that says what to do: `PORT_IN_USE`, `HOST_NOT_AVAILABLE` and their like.
 */
export async function startProvider(config: ProviderConfig, ports: ProviderPorts): Promise<Provider> {
  const { host, port, dataDir, version, allowedHosts, allowedOrigins, targetHosts: allowedTargets = [] } = config;
  const { inspectorAppKey = 'inspector' } = config;
  const { bus, traces, now = Date.now } = ports;

  // 1. What is kept: tokens, orders, Inspectors.
  mkdirSync(dataDir, { recursive: true });
  const token = providerToken(config.apiToken, dataDir);
  const tokens = tokensOf({ apiToken: token.secret, tokens: config.tokens });
  const database = openDatabase(join(dataDir, 'provider.db'));

  // 2. Orders and what is known of applications.
  const connectors = createConnectorDirectory(ports.connectors);
  const store = createOrderMemory(openOrderStore(database), {
    now,
    onTrouble: (error) =>
      ports.log?.error({ error: String(error) }, 'orders cannot be kept on disk and are remembered meanwhile'),
  });
  let metrics: ProviderMetrics | undefined;
  const orders = createOrderGateway({
    connectors,
    store,
    now,
    onVenueCall: (...call) => metrics?.observe.provider_venue_call_duration_seconds(...call),
  });
  const registry = createAppRegistry(config.appActiveTtlMs ?? APP_ACTIVE_TTL_MS, now);
  const entries = openInspectorEntries(database);

  // 3. HTTP.
  let symbolLists: SymbolLists | undefined;
  let feeds: { connector: Connector; feed: ConnectorFeed }[] = [];
  const app = await buildService({
    title: 'Provider',
    description: 'Gateway to venues, registered applications and live events.',
    version,
    host,
    tokens,
    allowedHosts,
    allowedOrigins,
    ...(ports.log === undefined ? {} : { log: ports.log }),
  });
  const proxyCounts = createProxyCounts();
  const eventLoopDelay = createEventLoopDelay();
  app.addHook('onClose', async () => eventLoopDelay.stop());
  metrics = providerMetrics({
    version,
    now,
    health: () => health(),
    orders: orders.counts,
    connectors: connectors.all,
    feeds: () => feeds,
    ws: () => ws.stats(),
    apps: () => registry.list().map((each) => ({ kind: each.kind, state: registry.stateOf(each) })),
    proxy: proxyCounts,
    eventLoopDelay: eventLoopDelay.take,
    ...(traces === undefined ? {} : { traces: traces.counts }),
  });
  if (traces !== undefined) traceRequests(app, traces);
  registerMetricsRoute(app, metrics, metrics.observe.provider_http_request_duration_seconds);
  const targetHosts = { allowed: allowedTargets, ownPort: () => boundPort(app.server.address()) };
  registerHealthRoutes(app, () => health());
  registerSessionRoutes(app, now);
  registerOrderRoutes(app, { gateway: orders, connectors });
  registerAccountRoutes(app, connectors);
  registerMarketRoutes(app, connectors);
  registerRegistryRoutes(app, {
    registry,
    targetHosts,
    fence: orders.fence,
    onRegistered: () => void symbolLists?.tell(),
  });
  registerInspectorRoutes(app, { registry, entries, targetHosts });
  registerReplayRoutes(app, ports.connectors.flatMap(replayControl));
  await registerProxy(app, {
    registry,
    isKnown: (kind, appKey) => kind === 'inspector' && entries.find(appKey) !== undefined,
    onOutcome: proxyCounts.add,
    ...(config.proxyTimeoutMs === undefined ? {} : { timeoutMs: config.proxyTimeoutMs }),
  });
  await registerStudioPage(app, { directory: config.studioDirectory, inspectorAppKey, version });

  // 4. Live events. Its own close comes before the server's, which waits for open connections.
  const ws = createWsServer({
    server: app.server,
    hosts: servedHosts({ host, allowedHosts, allowedOrigins }),
    allowedOrigins,
    mayRead: (secret) => secret !== undefined && findToken(tokens, secret) !== undefined,
    isHealthy: () => health().ok,
    auditAfter: ports.auditAfter ?? registeredAudit(() => registry.find('inspector', inspectorAppKey)),
  });
  app.addHook('preClose', () => ws.close());

  function health(): ProviderHealth {
    const states = connectors.all().map(connectorState);
    const { clients } = ws.stats();
    return {
      ok: states.every(({ ok }) => ok),
      connectors: states,
      apps: registry.list().length,
      clients,
      timestamp: now(),
    };
  }

  // 5. Listen before any venue is touched: a second start on the same port must change nothing.
  let url: string;
  try {
    url = await listenService(app, { host, port });
  } catch (error) {
    await app.close();
    database.close();
    throw error;
  }

  // 6. Venue events to the bus, bus events to `/ws`.
  const subscription = bus.subscribe({
    name: 'provider-ws',
    types: eventTypes,
    mode: 'live',
    handle: (events) => {
      for (const envelope of events) ws.publish(envelope);
    },
  });
  feeds = ports.connectors.map((connector) => ({ connector, feed: createConnectorFeed(bus) }));

  const startConnectors = async (): Promise<void> => {
    symbolLists = createSymbolLists(ports.connectors, (connector, envelope) => {
      for (const each of feeds) if (each.connector === connector) each.feed.deliver(envelope);
    });
    for (const { connector, feed } of feeds) {
      await connector.start((envelope) => {
        if (envelope.type === 'PROVIDER_ORDER_CREATE' || envelope.type === 'PROVIDER_ORDER_CLOSE') {
          orders.observe(envelope.payload as Partial<Order>);
        }
        feed.deliver(envelope);
      });
    }
  };

  let starting: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    symbolLists?.stop();
    await Promise.allSettled(feeds.map(({ connector }) => connector.stop()));
    for (const { feed } of feeds) feed.stop();
    await subscription.close();
    await app.close();
    store.flush();
    database.close();
  };
  const provider: Provider = {
    url,
    token,
    orders,
    client: createDirectClient(orders, connectors),
    registry,
    ws,
    startConnectors: () => {
      starting ??= startConnectors();
      return starting;
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
  if (config.deferConnectors === true) return provider;
  try {
    await provider.startConnectors();
  } catch (error) {
    await provider.stop();
    throw error;
  }
  return provider;
}

/** Only a `replay:<file>` connector has one. */
const replayControl = (connector: Connector | ReplayConnector): ReplayConnectorControl[] =>
  'control' in connector ? [connector.control] : [];

const boundPort = (address: ReturnType<import('node:net').Server['address']>): number | undefined =>
  typeof address === 'object' && address !== null ? address.port : undefined;
