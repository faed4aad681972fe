import type { Reading } from '@inspector/service';
import { states } from '@inspector/service';
import { inspectorHealth, nodeHealth } from '../health.ts';
import { flag } from './account-readers.ts';
import type { MetricState } from './metric-sources.ts';

/** Nodes of connectors are left out: they have metrics of their own. */
const nodes = ({ parts }: MetricState): Reading<readonly ['node']>[] =>
  nodeHealth(parts)
    .filter(({ name }) => !name.startsWith('connector '))
    .map(({ name, state }) => [[name], flag(state === 'ok')]);

/** Which instance it is, how well it is, and the copies of its trail. */
export const instanceReaders = {
  inspector_build_info: ({ version }: MetricState): Reading<readonly ['version']>[] => [[[version], 1]],
  inspector_active: ({ role }: MetricState) => flag(role.active),
  inspector_epoch: ({ role }: MetricState) => role.epoch,
  inspector_takeovers_total: ({ role }: MetricState) => role.takeovers,
  inspector_healthy: ({ parts }: MetricState) => flag(inspectorHealth(parts).ok),
  inspector_ready: ({ parts }: MetricState) => flag(inspectorHealth(parts).ready),
  inspector_degraded: ({ parts }: MetricState) => flag(inspectorHealth(parts).degraded),
  inspector_node_up: nodes,
  inspector_options_version: ({ parts }: MetricState) => parts.picture.optionsVersion,
  inspector_replication_connected: ({ replication }: MetricState) =>
    replication === undefined ? undefined : flag(replication.connected),
  inspector_replication_held_commits: ({ parts }: MetricState) => parts.runner.heldFrames,
  inspector_replication_held_bytes: ({ parts }: MetricState) => parts.runner.heldBytes,
  inspector_replication_lag_inputs: ({ replication }: MetricState) => replication?.lagInputs,
  inspector_questdb_state: ({ outbox }: MetricState): Reading<readonly ['state']>[] =>
    outbox === undefined ? [] : states(['ok', 'behind', 'down'], outbox.state),
  inspector_questdb_cursor: ({ outbox }: MetricState) => outbox?.cursor,
  inspector_questdb_lag_records: ({ outbox }: MetricState) => outbox?.lag,
  inspector_questdb_sent_total: ({ outbox }: MetricState) => outbox?.sent,
  inspector_questdb_rejected_total: ({ outbox }: MetricState) => outbox?.rejected,
  inspector_questdb_deleted_total: ({ outbox }: MetricState) => outbox?.deleted,
  inspector_questdb_samples_dropped_total: ({ outbox }: MetricState) => outbox?.samplesDropped,
  inspector_traces_sent_total: ({ traces }: MetricState) => traces?.sent,
  inspector_traces_dropped_total: ({ traces }: MetricState) => traces?.dropped,
  inspector_event_loop_delay_seconds: ({ eventLoopDelay }: MetricState) => eventLoopDelay,
};
