import type { AuditRecord, DecisionCode } from '@inspector/contract';
import { decidedRequest } from '#decision-words/decided-request.ts';

export interface CodeCounts {
  allowed: number;
  refused: number;
  dropped: number;
  /** First codes of what was not allowed, the most frequent first. */
  codes: { code: DecisionCode; count: number }[];
}

export function countCodes(rows: readonly AuditRecord[]): CodeCounts {
  const codes = new Map<DecisionCode, number>();
  const counts = { ALLOW: 0, BLOCK: 0, THROTTLE: 0 };
  for (const row of rows) {
    const { decision } = decidedRequest(row);
    counts[decision.decision] += 1;
    if (decision.decision !== 'ALLOW') codes.set(decision.code, (codes.get(decision.code) ?? 0) + 1);
  }
  return {
    allowed: counts.ALLOW,
    refused: counts.BLOCK,
    dropped: counts.THROTTLE,
    codes: [...codes].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
  };
}
