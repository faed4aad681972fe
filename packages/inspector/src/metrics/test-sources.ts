import type { AuditRecord } from '@inspector/contract';
import type { PartStates } from '../health.ts';
import { quietPicture } from '../http/test-inspector.ts';
import { auditRecord } from '../views/test-records.ts';
import { createAuditCounts } from './audit-counts.ts';
import { inspectorMetrics } from './inspector-metrics.ts';
import type { MetricSources } from './metric-sources.ts';

/** An Inspector at rest: running, one account, one runtime position that is protected and one legacy. */
export function quietParts(given: Partial<PartStates> = {}): PartStates {
  return {
    runner: {
      phase: 'running',
      lastInput: 900,
      lastSeq: 50,
      pendingInputs: 2,
      pendingBytes: 300,
      shed: 0,
      refused: 0,
      unwritable: 0,
      commits: 40,
      lastCommitMs: 2,
      longestCommitMs: 30,
      heldFrames: 0,
      heldBytes: 0,
      snapshotInput: 800,
    },
    picture: quietPicture(),
    connectors: [{ connectorType: 'paper', marketType: 'futures', ok: true, lastEventAt: 99_500, lagMs: 20 }],
    bus: { state: 'up', published: 10, delivered: 20, shed: 3, deadLettered: 1, queued: 4, latencyMs: [1, 2, 3, 400] },
    effects: { sent: 7, accepted: 4, rejected: 2, unknown: 1, retried: 5, running: 1, waiting: 6 },
    reconciled: { startedAt: 90_000, durationMs: 500, accounts: [{ accountKey: 'paper:futures', ok: true }] },
    registration: { registered: true, lastHeartbeatAt: 1 },
    publisher: { waiting: 8, dropped: 9 },
    views: { lastSeq: 48, reason: undefined },
    storeBytes: 4096,
    now: 100_000,
    ...given,
  };
}

/** The lines of the answer that an Inspector of such parts gives, after such audit records. */
export async function linesOf(given: {
  parts?: Partial<PartStates>;
  sources?: Partial<MetricSources>;
  records?: Partial<AuditRecord>[];
}): Promise<string[]> {
  const audit = createAuditCounts();
  for (const [index, record] of (given.records ?? []).entries()) audit.apply(auditRecord(index + 1, record));
  const metrics = inspectorMetrics({
    version: '1.2.3',
    parts: () => quietParts(given.parts),
    epoch: () => 3,
    busLatency: () => ({ PROVIDER_ORDER_CREATE: { count: 6, p50Ms: 1, p99Ms: 20, maxMs: 50 } }),
    audit,
    ...given.sources,
  });
  return (await metrics.text()).split('\n');
}

/** Asserts nothing itself: the lines that are missing. */
export const missing = (lines: readonly string[], expected: readonly string[]): string[] =>
  expected.filter((line) => !lines.includes(line));

/** The samples of one metric, without its name. */
export const samplesOf = (lines: readonly string[], name: string): string[] =>
  lines
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .map((line) => line.slice(name.length));
