import type { AuditRecord } from '@inspector/contract';
import type { AuditAfter } from './audited-events.ts';

/** Records that one call of REST answers at most. */
const REST_LIMIT = 5_000;

/** Calls for one resume; a client that missed more records than these carry is told so. */
const CALLS_LIMIT = 10;

const ANSWER_LIMIT_MS = 5_000;

/**
 * The audit trail of a registered Inspector, over its REST. That answers the newest records first, so the way goes back
 * from the end until the wanted one is reached; all of it is one page. Rejects when the Inspector does not answer.
 */
export function registeredAudit(target: () => { url: string; token?: string } | undefined): AuditAfter {
  return async (afterSeq) => {
    const inspector = target();
    if (inspector === undefined) throw new Error('no Inspector is registered');
    const bySeq = new Map<number, AuditRecord>();
    let to: number | undefined;
    for (let calls = 0; calls < CALLS_LIMIT; calls += 1) {
      const before = bySeq.size;
      const records = await newest(inspector, { afterSeq, to });
      for (const record of records) bySeq.set(record.seq, record);
      if (records.length < REST_LIMIT) return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
      // The same millisecond again: its earlier records are still to come, but a page that adds nothing leads nowhere.
      if (bySeq.size === before) break;
      to = records.at(-1)?.ts;
    }
    throw new Error('too many records were missed');
  };
}

async function newest(
  { url, token }: { url: string; token?: string },
  { afterSeq, to }: { afterSeq: number; to: number | undefined },
): Promise<AuditRecord[]> {
  const until = to === undefined ? '' : `&to=${to}`;
  const answer = await fetch(`${url}/api/inspector/risk/audit?limit=${REST_LIMIT}&afterSeq=${afterSeq}${until}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  const body = (await answer.json()) as { data?: unknown };
  if (!answer.ok || !Array.isArray(body.data)) throw new Error(`the Inspector answered ${answer.status}`);
  return body.data as AuditRecord[];
}
