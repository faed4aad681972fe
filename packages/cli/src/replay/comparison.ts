/** Two runs of one file under different options: which decisions, trips and results differ. */
import type { AuditRecord } from '@inspector/contract';
import type { ReplaySummary } from './summary.ts';

interface Verdict {
  decision: string;
  code: string;
}

interface ComparedRequest {
  requestId: string;
  /** Input line of the request. */
  line: number;
  base: Verdict | null;
  other: Verdict | null;
}

interface Trip {
  code: string;
  scope: string;
  ts: number;
}

export interface Comparison {
  /** Decided requests, those with another decision or code first listed, then none: equal ones are only counted. */
  requests: { total: number; differing: number; unlisted: number; data: ComparedRequest[] };
  trips: { base: Trip[]; other: Trip[]; unlisted: number };
  closedTrades: { base: number; other: number; difference: number };
  realizedPnlUsd: { base: number; other: number; difference: number };
  maxDrawdownPct: { base: number; other: number; difference: number };
}

export type Side = 'base' | 'other';

export interface ComparisonFold {
  add(side: Side, record: AuditRecord): void;
  /** Compares what both sides decided on a line that both have taken. */
  endLine(line: number): void;
  finish(base: ReplaySummary, other: ReplaySummary): Comparison;
}

/** Differing requests and trips a side that are listed; the rest is counted. */
const LISTED_LIMIT = 10_000;

export function createComparison(): ComparisonFold {
  const requests: Comparison['requests'] = { total: 0, differing: 0, unlisted: 0, data: [] };
  const trips: Comparison['trips'] = { base: [], other: [], unlisted: 0 };
  let decided: Record<Side, [requestId: string, verdict: Verdict][]> = { base: [], other: [] };

  function compare(line: number, base: [string, Verdict] | undefined, other: [string, Verdict] | undefined): void {
    requests.total++;
    if (base && other && base[1].decision === other[1].decision && base[1].code === other[1].code) return;
    requests.differing++;
    const requestId = (base ?? other)?.[0] ?? '';
    if (requests.data.length === LISTED_LIMIT) requests.unlisted++;
    else requests.data.push({ requestId, line, base: base?.[1] ?? null, other: other?.[1] ?? null });
  }

  return {
    add(side, record) {
      const data = record.data as Record<string, unknown>;
      if (record.kind === 'REQUEST_DECIDED') {
        decided[side].push([record.requestId ?? '', { decision: String(data.decision), code: record.code }]);
      } else if (record.kind === 'LIMIT_BREACHED') {
        const trip = { code: record.code, scope: String(data.scope), ts: record.ts };
        if (trips[side].length === LISTED_LIMIT) trips.unlisted++;
        else trips[side].push(trip);
      }
    },
    endLine(line) {
      const { base, other } = decided;
      if (base.length + other.length === 0) return;
      decided = { base: [], other: [] };
      // A flip is decided twice under one id: the n-th of an id stands against the n-th.
      for (const entry of base) {
        const at = other.findIndex(([requestId]) => requestId === entry[0]);
        compare(line, entry, at < 0 ? undefined : other.splice(at, 1)[0]);
      }
      for (const entry of other) compare(line, undefined, entry);
    },
    finish(base, other) {
      const difference = (name: 'closedTrades' | 'realizedPnlUsd' | 'maxDrawdownPct') => ({
        base: base[name],
        other: other[name],
        difference: other[name] - base[name],
      });
      return {
        requests,
        trips,
        closedTrades: difference('closedTrades'),
        realizedPnlUsd: difference('realizedPnlUsd'),
        maxDrawdownPct: difference('maxDrawdownPct'),
      };
    },
  };
}
