import { METRIC_SERIES_LIMIT, type MetricDefinition } from '@inspector/contract';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Known, MetricReaders, NamesOf, Reading } from './metric-readers.ts';
import { processMetrics } from './process-metrics.ts';

/** Characters of a label value; the rest is cut, since some come from the wire. */
const LABEL_LIMIT = 128;

/** From a tenth of a millisecond, a fast flush, to the longest time-out of a call. */
const DURATION_BOUNDS_SECONDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** Adds a duration in seconds to a histogram, with the label values in their order. Never throws. */
export type Observe = (seconds: number, ...labels: string[]) => void;

/** The metrics of one service. */
export interface Metrics<HistogramName extends string = string> {
  readonly contentType: string;
  /** Prometheus text of what the state is now. */
  text(): Promise<string>;
  observe: Readonly<Record<HistogramName, Observe>>;
}

export interface MetricsConfig<State, Definitions extends Readonly<Record<string, MetricDefinition>>> {
  definitions: Definitions;
  /** Called once for an answer: all of its values are of the same moment. */
  state: () => State;
  readers: MetricReaders<State, Definitions>;
  /** Name of the gauge for the series that were left out. */
  leftOut: NamesOf<Definitions, 'gauge'>;
}

/**
 * A registry of its own for a service: several may run in one process. Values are copied from plain state when somebody
 * asks, so that whoever changes the state knows nothing of metrics; only durations are told as they come.
 */
export function createMetrics<State, Definitions extends Readonly<Record<string, MetricDefinition>>>(
  config: MetricsConfig<State, Definitions>,
): Metrics<NamesOf<Definitions, 'histogram'>> {
  const { definitions, readers } = config;
  const registry = new Registry();
  const observe: Record<string, Observe> = {};
  const copies: ((state: State) => number)[] = [];
  let leftOut: Gauge | undefined;

  for (const [name, { type, help, labels }] of Object.entries(definitions)) {
    const about = { name, help, labelNames: [...labels], registers: [registry] };
    if (type === 'histogram') {
      observe[name] = observerOf(new Histogram({ ...about, buckets: DURATION_BOUNDS_SECONDS }), labels);
      continue;
    }
    const metric = type === 'counter' ? new Counter(about) : new Gauge(about);
    if (name === config.leftOut) {
      leftOut = metric as Gauge;
      continue;
    }
    const read = readers[name as keyof typeof readers] as (state: State) => Known | Iterable<Reading<string[]>>;
    copies.push((state) => copy(metric, labels, read(state)));
  }

  return {
    contentType: registry.contentType,
    observe: observe as Record<NamesOf<Definitions, 'histogram'>, Observe>,
    async text() {
      const state = config.state();
      leftOut?.set(copies.reduce((sum, copyFrom) => sum + copyFrom(state), 0));
      // Both are taken in this turn: the copies of a second scrape cannot come in between.
      return (await Promise.all([registry.metrics(), processMetrics()])).join('\n');
    },
  };
}

/** How many series were left out. */
function copy(
  metric: Counter | Gauge,
  labelNames: readonly string[],
  read: Known | Iterable<Reading<string[]>>,
): number {
  metric.reset();
  if (typeof read !== 'object' || read === null) {
    if (isKnown(read)) add(metric, {}, read);
    else metric.remove({});
    return 0;
  }
  let count = 0;
  for (const [labels, value] of read) {
    if (!isKnown(value)) continue;
    count += 1;
    if (count <= METRIC_SERIES_LIMIT) add(metric, labelled(labelNames, labels), value);
  }
  return Math.max(0, count - METRIC_SERIES_LIMIT);
}

function add(metric: Counter | Gauge, labels: Record<string, string>, value: number): void {
  if (metric instanceof Gauge) metric.set(labels, value);
  else metric.inc(labels, value);
}

/** Past the limit everything counts as `other`: a duration that has come must not vanish. */
function observerOf(metric: Histogram, labelNames: readonly string[]): Observe {
  const seen = new Map<string, Histogram.Internal<string>>();
  const childOf = (values: readonly string[]) => metric.labels(labelled(labelNames, values));
  return (seconds, ...values) => {
    const key = values.join('\n');
    let child = seen.get(key);
    if (child === undefined) {
      const isFull = seen.size >= METRIC_SERIES_LIMIT - 1;
      child = childOf(isFull ? labelNames.map(() => 'other') : values);
      if (!isFull) seen.set(key, child);
    }
    child.observe(seconds);
  };
}

const isKnown = (value: Known): value is number => typeof value === 'number' && !Number.isNaN(value);

const labelled = (names: readonly string[], values: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, index) => [name, (values[index] ?? '').slice(0, LABEL_LIMIT)]));
