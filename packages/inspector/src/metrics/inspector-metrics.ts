import { inspectorMetricTable } from '@inspector/contract';
import { createMetrics, type Metrics } from '@inspector/service';
import { accountReaders } from './account-readers.ts';
import { alertReaders } from './alert-readers.ts';
import { auditReaders } from './audit-readers.ts';
import { busReaders } from './bus-readers.ts';
import { governorReaders } from './governor-readers.ts';
import { instanceReaders } from './instance-readers.ts';
import { limitReaders } from './limit-readers.ts';
import { type MetricSources, metricState } from './metric-sources.ts';
import { positionReaders } from './position-readers.ts';
import { runnerReaders } from './runner-readers.ts';
import { venueReaders } from './venue-readers.ts';

export type InspectorMetrics = Metrics<'inspector_commit_duration_seconds' | 'inspector_http_request_duration_seconds'>;

/** The metrics of an Inspector, copied from its parts whenever somebody asks. docs/metrics.md lists them. */
export const inspectorMetrics = (sources: MetricSources): InspectorMetrics =>
  createMetrics({
    definitions: inspectorMetricTable,
    state: () => metricState(sources),
    readers: {
      ...instanceReaders,
      ...runnerReaders,
      ...busReaders,
      ...venueReaders,
      ...auditReaders,
      ...alertReaders,
      ...governorReaders,
      ...positionReaders,
      ...accountReaders,
      ...limitReaders,
    },
    leftOut: 'inspector_metrics_left_out',
  });
