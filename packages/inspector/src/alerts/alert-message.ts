import type { AuditRecord } from '@inspector/contract';
import type { Alert } from '@inspector/engine';

export type AlertSeverity = Alert['severity'];

/** Weakest first. */
export const alertSeverities = ['info', 'warn', 'critical'] as const satisfies readonly AlertSeverity[];

/** What a person is told. Templates and webhooks are made of it. */
export interface AlertMessage {
  /** `summary` speaks of several alerts, `test` is what somebody asked for. */
  kind: 'alert' | 'summary' | 'test';
  /** Sequence of its ALERT_SENT record; null where it has none. */
  seq: number | null;
  /** ms since 1970. */
  ts: number;
  severity: AlertSeverity;
  code: string;
  message: string;
  accountKey: string | null;
  symbol: string | null;
  positionId: string | null;
  /** True: nothing new, but still so. */
  reminder: boolean;
  data: Readonly<Record<string, unknown>>;
}

/** The alert of an ALERT_SENT record; undefined for every other kind. */
export function alertOfRecord(record: AuditRecord): AlertMessage | undefined {
  if (record.kind !== 'ALERT_SENT') return undefined;
  const { reminder, ...data } = record.data;
  return {
    kind: 'alert',
    seq: record.seq,
    ts: record.ts,
    severity: record.severity === 'debug' ? 'info' : record.severity,
    code: record.code,
    message: record.message,
    accountKey: record.accountKey ?? accountOfScope(data.scope),
    symbol: record.symbol ?? null,
    positionId: record.positionId ?? null,
    reminder: reminder === true,
    data,
  };
}

/** One that left no record, such as that nothing can be stored. */
export function alertWithoutRecord({ code, severity, message, reminder, data }: Alert, ts: number): AlertMessage {
  const none = { accountKey: accountOfScope(data.scope), symbol: null, positionId: null };
  return { kind: 'alert', seq: null, ts, severity, code, message, ...none, reminder, data };
}

function accountOfScope(scope: unknown): string | null {
  return typeof scope === 'string' && scope.startsWith('account:') ? scope.slice('account:'.length) : null;
}
