import type { Reading } from '@inspector/service';
import { flag } from './account-readers.ts';
import type { MetricState } from './metric-sources.ts';

const QUANTILES = [0.5, 0.99, 1] as const;

/** The smallest sample that at least that share of them do not exceed. */
function handlingSeconds({ parts }: MetricState): Reading<readonly ['quantile']>[] {
  const sorted = Float64Array.from(parts.bus.latencyMs).sort();
  return QUANTILES.map((quantile) => {
    const ms = sorted.at(Math.max(0, Math.ceil(quantile * sorted.length) - 1));
    return [[String(quantile)], ms === undefined ? null : ms / 1000] as const;
  });
}

function* eventLagSeconds({ busLatency }: MetricState): Generator<Reading<readonly ['type', 'quantile']>> {
  for (const [type, { p50Ms, p99Ms, maxMs }] of Object.entries(busLatency)) {
    for (const [quantile, ms] of [
      ['0.5', p50Ms],
      ['0.99', p99Ms],
      ['1', maxMs],
    ] as const) {
      yield [[type, quantile], ms === null ? null : ms / 1000];
    }
  }
}

const received = ({ busLatency }: MetricState): Reading<readonly ['type']>[] =>
  Object.entries(busLatency).map(([type, { count }]) => [[type], count]);

/** The bus, in and out. */
export const busReaders = {
  inspector_bus_up: ({ parts }: MetricState) => flag(parts.bus.state === 'up'),
  inspector_bus_published_total: ({ parts }: MetricState) => parts.bus.published,
  inspector_bus_delivered_total: ({ parts }: MetricState) => parts.bus.delivered,
  inspector_bus_shed_total: ({ parts }: MetricState) => parts.bus.shed,
  inspector_bus_dead_lettered_total: ({ parts }: MetricState) => parts.bus.deadLettered,
  inspector_bus_queued: ({ parts }: MetricState) => parts.bus.queued,
  inspector_bus_handling_seconds: handlingSeconds,
  inspector_bus_events_received_total: received,
  inspector_bus_event_lag_seconds: eventLagSeconds,
  inspector_events_waiting: ({ parts }: MetricState) => parts.publisher.waiting,
  inspector_events_dropped_total: ({ parts }: MetricState) => parts.publisher.dropped,
};
