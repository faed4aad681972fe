import type { AuditRecord } from '@inspector/contract';

/** How often each request was decided; a repeated answer is no second decision. */
export function decisionsOf(records: readonly AuditRecord[]): Map<string, number> {
  const decided = new Map<string, number>();
  for (const { kind, code, requestId } of records) {
    if (kind !== 'REQUEST_DECIDED' || code === 'REQUEST_DUPLICATE' || requestId === undefined) continue;
    decided.set(requestId, (decided.get(requestId) ?? 0) + 1);
  }
  return decided;
}

/** While nothing can be made known, requests are not decided, and the audit says so. */
export const isRefusedUnheard = (records: readonly AuditRecord[], requestId: string): boolean =>
  records.some(({ kind, code, message }) => {
    return kind === 'DEAD_LETTER' && code === 'STORE_UNAVAILABLE' && message.includes(`request ${requestId} `);
  });
