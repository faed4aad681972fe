import { type AppKind, appKinds, type ProviderHealth, providerMetricTable } from '@inspector/contract';
import { createMetrics, type Metrics, type Reading } from '@inspector/service';
import type { Connector } from '#connectors/connector.ts';
import type { ConnectorFeed } from '#feed/connector-feed.ts';
import type { OrderCounts } from '#orders/order-gateway.ts';
import type { AppState } from '#registry/app-registry.ts';
import { nameOf } from '#venues/connector-directory.ts';
import type { EventHubStats } from '#ws/event-hub.ts';
import type { ProxyCounts } from './proxy-counts.ts';

/** Plain state that metrics are copied from. */
export interface ProviderMetricSources {
  version: string;
  now: () => number;
  health: () => Pick<ProviderHealth, 'ok'>;
  orders: () => OrderCounts;
  connectors: () => readonly Pick<Connector, 'connectorType' | 'marketType' | 'accountId' | 'status'>[];
  feeds: () => readonly {
    connector: Pick<Connector, 'connectorType' | 'marketType' | 'accountId'>;
    feed: Pick<ConnectorFeed, 'stats'>;
  }[];
  ws: () => EventHubStats;
  apps: () => readonly { kind: AppKind; state: AppState }[];
  proxy: ProxyCounts;
  traces?: () => { sent: number; dropped: number };
  eventLoopDelay?: () => Reading<readonly ['quantile']>[];
}

export type ProviderMetrics = Metrics<
  'provider_venue_call_duration_seconds' | 'provider_http_request_duration_seconds'
>;

type Sources = ProviderMetricSources;
type Feed = ReturnType<ConnectorFeed['stats']>;

const counted = (counts: Readonly<Record<string, number>>): Reading<readonly [string]>[] =>
  Object.entries(counts).map(([name, count]) => [[name], count]);

const ofFeed =
  (value: (stats: Feed) => number) =>
  ({ feeds }: Sources): Reading<readonly ['connector']>[] =>
    feeds().map(({ connector, feed }) => [[nameOf(connector)], value(feed.stats())]);

const ofConnector =
  (value: (status: ReturnType<Connector['status']>, now: number) => number | null) =>
  ({ connectors, now }: Sources): Reading<readonly ['connector']>[] =>
    connectors().map((connector) => [[nameOf(connector)], value(connector.status(), now())]);

function apps({ apps: listed }: Sources): Reading<readonly ['kind', 'state']>[] {
  const all = listed();
  return appKinds.flatMap((kind) =>
    (['active', 'inactive'] as const).map(
      (state) => [[kind, state], all.filter((app) => app.kind === kind && app.state === state).length] as const,
    ),
  );
}

/** The metrics of a Provider, copied from its parts whenever somebody asks. docs/metrics.md lists them. */
export const providerMetrics = (sources: ProviderMetricSources): ProviderMetrics =>
  createMetrics({
    definitions: providerMetricTable,
    state: () => sources,
    readers: {
      provider_build_info: ({ version }: Sources) => [[[version], 1]] as const,
      provider_healthy: ({ health }: Sources) => (health().ok ? 1 : 0),
      provider_orders_total: ({ orders }: Sources) => counted(orders().placed),
      provider_orders_refused_total: ({ orders }: Sources) => counted(orders().refused),
      provider_cancels_total: ({ orders }: Sources) => counted(orders().cancelled),
      provider_connector_up: ofConnector(({ ok }) => (ok ? 1 : 0)),
      provider_connector_silent_seconds: ofConnector(({ lastEventAt }, now) =>
        lastEventAt === null ? null : Math.max(0, now - lastEventAt) / 1000,
      ),
      provider_feed_waiting: ofFeed(({ waiting }) => waiting),
      provider_feed_dropped_total: ofFeed(({ dropped }) => dropped),
      provider_feed_market_dropped_total: ofFeed(({ marketDropped }) => marketDropped),
      provider_ws_clients: ({ ws }: Sources) => ws().clients,
      provider_ws_lagging: ({ ws }: Sources) => ws().lagging,
      provider_ws_events_total: ({ ws }: Sources) => ws().published,
      provider_ws_dropped_total: ({ ws }: Sources) => ws().dropped,
      provider_apps: apps,
      provider_proxy_requests_total: ({ proxy }: Sources) => proxy.readings(),
      provider_traces_sent_total: ({ traces }: Sources) => traces?.().sent,
      provider_traces_dropped_total: ({ traces }: Sources) => traces?.().dropped,
      provider_event_loop_delay_seconds: ({ eventLoopDelay }: Sources) => eventLoopDelay?.() ?? [],
    },
    leftOut: 'provider_metrics_left_out',
  });
