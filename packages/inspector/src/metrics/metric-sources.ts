import type { EventBusLatency } from '@inspector/contract';
import type { Reading } from '@inspector/service';
import type { PartStates } from '../health.ts';
import type { OutboxState } from '../outbox/index.ts';
import type { AuditCounts } from './audit-counts.ts';

/** Plain state that metrics are copied from. What an Inspector does not have is absent, and so are its metrics. */
export interface MetricSources {
  version: string;
  parts: () => PartStates;
  epoch: () => number;
  busLatency: () => EventBusLatency['byType'];
  audit: AuditCounts;
  /** Which instance acts; absent: this one does. `takeovers` counts those of this process. */
  role?: () => { active: boolean; epoch: number; takeovers: number };
  /** Of a standby: how far it is behind the active instance. */
  replication?: () => { lagInputs: number; connected: boolean };
  outbox?: () => OutboxState;
  traces?: () => { sent: number; dropped: number };
  /** Seconds by quantile since the last answer: `createEventLoopDelay().take`. */
  eventLoopDelay?: () => Reading<readonly ['quantile']>[];
}

/** All of them at one moment, for one answer. */
export interface MetricState extends Pick<MetricSources, 'version' | 'audit'> {
  parts: PartStates;
  role: { active: boolean; epoch: number; takeovers: number };
  busLatency: EventBusLatency['byType'];
  replication: { lagInputs: number; connected: boolean } | undefined;
  outbox: OutboxState | undefined;
  traces: { sent: number; dropped: number } | undefined;
  eventLoopDelay: Reading<readonly ['quantile']>[];
}

export function metricState(sources: MetricSources): MetricState {
  return {
    version: sources.version,
    audit: sources.audit,
    parts: sources.parts(),
    role: sources.role?.() ?? { active: true, epoch: sources.epoch(), takeovers: 0 },
    busLatency: sources.busLatency(),
    replication: sources.replication?.(),
    outbox: sources.outbox?.(),
    traces: sources.traces?.(),
    eventLoopDelay: sources.eventLoopDelay?.() ?? [],
  };
}
