import { counter, gauge, histogram, type MetricDefinition } from './metric.ts';

/** Every metric of a Provider, by name, in the order of docs/metrics.md. Units as in `inspectorMetricTable`. */
export const providerMetricTable = {
  provider_build_info: gauge('Always 1; the version that runs.', 'version'),
  provider_healthy: gauge('1 while `GET /health` answers 200: every connector is up.'),

  // Orders.
  provider_orders_total: counter(
    'Calls to place an order, by outcome: `accepted`, `rejected`, `unknown`; `refused` was not sent.',
    'outcome',
  ),
  provider_orders_refused_total: counter(
    'Those refused: `FENCED` comes from an instance that another one has replaced.',
    'code',
  ),
  provider_cancels_total: counter('Calls to cancel one: `accepted`, `not-found` or `unknown`.', 'outcome'),
  provider_venue_call_duration_seconds: histogram(
    'How long a venue took to answer, time-outs included.',
    'call',
    'connector',
  ),

  // Connectors and the way of their events to the bus.
  provider_connector_up: gauge('1 while the venue is connected.', 'connector'),
  provider_connector_silent_seconds: gauge('Time since it last spoke.', 'connector'),
  provider_feed_waiting: gauge('Account and order events that wait for the bus.', 'connector'),
  provider_feed_dropped_total: counter('Of them, those dropped; Inspectors see the gap.', 'connector'),
  provider_feed_market_dropped_total: counter('Market data that the bus did not take.', 'connector'),

  // Clients.
  provider_ws_clients: gauge('Connections at `/ws`.'),
  provider_ws_lagging: gauge('Of them, those that read too slowly and get nothing until they have caught up.'),
  provider_ws_events_total: counter('Events offered to them, market data apart.'),
  provider_ws_dropped_total: counter('Events that slow ones missed.'),
  provider_apps: gauge('Registered applications.', 'kind', 'state'),
  provider_proxy_requests_total: counter(
    'Requests for an application: `OK` was handed on and answered; else the code of the refusal.',
    'kind',
    'code',
  ),
  provider_traces_sent_total: counter('Spans that the collector has taken.'),
  provider_traces_dropped_total: counter('Spans let go: the queue was full, or the collector did not take them.'),

  // The service itself.
  provider_http_request_duration_seconds: histogram(
    'Requests answered, by route; `/metrics` apart. Further routes past the bound are `other`.',
    'method',
    'route',
    'status',
  ),
  provider_event_loop_delay_seconds: gauge(
    'Delay of the event loop since the last scrape of this service; quantile 1 is the largest.',
    'quantile',
  ),
  provider_metrics_left_out: gauge('Series left out of this answer because a metric has its most already.'),
} as const satisfies Record<`provider_${string}`, MetricDefinition>;

export type ProviderMetricTable = typeof providerMetricTable;
