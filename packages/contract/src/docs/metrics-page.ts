import {
  inspectorMetricTable,
  METRIC_SERIES_LIMIT,
  type MetricDefinition,
  providerMetricTable,
} from '#metrics/index.ts';
import { code, generatedNote, page, table } from './markdown.ts';

const metrics = (definitions: Readonly<Record<string, MetricDefinition>>): string =>
  table(
    ['metric', 'type', 'labels', 'meaning'],
    Object.entries(definitions).map(([name, { type, labels, help }]) => [
      code(name),
      type,
      labels.map(code).join(', '),
      help,
    ]),
  );

/** The whole of docs/metrics.md. */
export const metricsPage = (): string =>
  page(
    '# Metrics',
    generatedNote,
    'Each service answers Prometheus text at `GET /metrics`, at the root: Inspector at `http://127.0.0.1:8008/metrics`, Provider at `http://127.0.0.1:8081/metrics`. A caller on the same machine needs no token. Any other, and one that a reverse proxy on this machine speaks for, needs a token with the role `viewer`: `authorization: {credentials_file: …}` in the scrape configuration. `Host` is checked as everywhere: a scraper that uses another name needs `INSPECTOR_ALLOWED_HOSTS` or `PROVIDER_ALLOWED_HOSTS`.',
    `Seconds, bytes, ratios (1 is the whole) and US dollars. What is not known is left out, never 0. Counters begin at 0 with the process, \`inspector_inputs_total\` excepted; a standby counts what it follows, so look at the instance with \`inspector_active\` 1 or at each on its own, never at the sum. Label values are codes, kinds, actions, phases, accounts (\`account_key\`), connectors and routes; never ids, symbols or words of people. A metric has at most ${METRIC_SERIES_LIMIT} series; further ones are left out and counted in \`inspector_metrics_left_out\` and \`provider_metrics_left_out\`.`,
    'A metric that shows a state (`…_phase`, `…_action`, `…_state`) has one series per state: 1 for the one in force and 0 for all others.',
    '## Inspector',
    metrics(inspectorMetricTable),
    '## Provider',
    metrics(providerMetricTable),
    '## Process',
    'Both services add what `prom-client` tells of the process: `process_cpu_seconds_total`, `process_resident_memory_bytes`, `process_open_fds`, `process_start_time_seconds`, `nodejs_heap_size_used_bytes`, `nodejs_heap_space_size_used_bytes{space}`, `nodejs_gc_duration_seconds{kind}`, `nodejs_eventloop_lag_*_seconds`, `nodejs_active_resources{type}`, `nodejs_version_info{version}` and their like. Of two services in one process both answer the same. `nodejs_eventloop_lag_*` is reset by a scrape of either; `inspector_event_loop_delay_seconds` and `provider_event_loop_delay_seconds` are their own.',
  );
