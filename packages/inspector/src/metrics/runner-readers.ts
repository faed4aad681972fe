import { states } from '@inspector/service';
import type { RunnerPhase } from '../runner/runner-health.ts';
import { flag } from './account-readers.ts';
import type { MetricState } from './metric-sources.ts';

const phases: Record<RunnerPhase, true> = {
  recovered: true,
  standby: true,
  running: true,
  stalled: true,
  replaced: true,
  stopping: true,
  stopped: true,
  failed: true,
};

const stalledSeconds = ({ parts }: MetricState): number =>
  parts.runner.phase === 'stalled' && parts.runner.since !== undefined
    ? Math.max(0, parts.now - parts.runner.since) / 1000
    : 0;

/** Runner, journal and views. */
export const runnerReaders = {
  inspector_runner_phase: ({ parts }: MetricState) => states(Object.keys(phases), parts.runner.phase),
  inspector_inputs_total: ({ parts }: MetricState) => parts.runner.lastInput,
  inspector_inputs_pending: ({ parts }: MetricState) => parts.runner.pendingInputs,
  inspector_inputs_pending_bytes: ({ parts }: MetricState) => parts.runner.pendingBytes,
  inspector_inputs_shed_total: ({ parts }: MetricState) => parts.runner.shed,
  inspector_inputs_refused_total: ({ parts }: MetricState) => parts.runner.refused,
  inspector_inputs_unwritable_total: ({ parts }: MetricState) => parts.runner.unwritable,
  inspector_commits_total: ({ parts }: MetricState) => parts.runner.commits,
  inspector_commit_last_seconds: ({ parts }: MetricState) => parts.runner.lastCommitMs / 1000,
  inspector_commit_longest_seconds: ({ parts }: MetricState) => parts.runner.longestCommitMs / 1000,
  inspector_journal_bytes: ({ parts }: MetricState) => parts.storeBytes,
  inspector_journal_stalled: ({ parts }: MetricState) => flag(parts.runner.phase === 'stalled'),
  inspector_journal_stalled_seconds: stalledSeconds,
  inspector_snapshot_age_inputs: ({ parts }: MetricState) => parts.runner.lastInput - parts.runner.snapshotInput,
  inspector_audit_last_seq: ({ parts }: MetricState) => parts.runner.lastSeq,
  inspector_views_behind_records: ({ parts }: MetricState) => Math.max(0, parts.runner.lastSeq - parts.views.lastSeq),
  inspector_views_up: ({ parts }: MetricState) => flag(parts.views.reason === undefined),
};
