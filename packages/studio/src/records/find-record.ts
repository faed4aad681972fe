import type { AuditQuery, AuditRecord } from '@inspector/contract';

/** Records of one look. */
const LOOK_RECORDS = 200;
/** The last look, when the record's millisecond holds many. */
const LARGEST_LOOK = 5_000;
/** Looks until it is given up; halving alone finds a millisecond of a hundred years in fewer. */
const LOOKS_LIMIT = 60;
const FIRST_STEP_MS = 60_000;

/** A time, and the sequence that is known of it. */
interface Bound {
  ts: number;
  seq: number;
}

/**
 * A record by its sequence. The store is asked by time, and both rise together: steps back grow until one lies before the
 * record, then the time between is narrowed, in turns by interpolation and by halves. Null: it is not there.
 */
export async function findRecord(
  seq: number,
  read: (query: AuditQuery) => Promise<readonly AuditRecord[]>,
): Promise<AuditRecord | null> {
  const newest = await read({ limit: LOOK_RECORDS });
  const first = newest[0];
  if (first === undefined || seq < 1 || seq > first.seq) return null;
  const near = newest.find((record) => record.seq === seq);
  if (near !== undefined) return near;
  let above: Bound = newest.at(-1) ?? first;
  let below: Bound | null = null;
  let stepMs = FIRST_STEP_MS;
  for (let looks = 0; looks < LOOKS_LIMIT; looks += 1) {
    const isLast: boolean = below !== null && above.ts - below.ts <= 1;
    const to: number =
      below === null ? Math.max(0, above.ts - stepMs) : isLast ? above.ts : between(below, above, seq, looks);
    const page = await read({ limit: isLast ? LARGEST_LOOK : LOOK_RECORDS, to });
    const found = page.find((record) => record.seq === seq);
    if (found !== undefined || isLast) return found ?? null;
    const oldest = page.at(-1);
    if (oldest !== undefined && oldest.seq > seq) above = { ts: Math.min(to, above.ts - 1), seq: oldest.seq };
    else below = { ts: to, seq: page[0]?.seq ?? 0 };
    if (oldest !== undefined && oldest.seq > seq && oldest.ts < above.ts) above = oldest;
    stepMs *= 4;
  }
  return null;
}

/** A time that probably shows the record: a little after where it would lie if records came evenly. */
function between(below: Bound, above: Bound, seq: number, looks: number): number {
  const share = looks % 2 === 0 ? 0.5 : (seq + LOOK_RECORDS / 2 - below.seq) / Math.max(1, above.seq - below.seq);
  const even = below.ts + (above.ts - below.ts) * Math.min(1, Math.max(0, share));
  return Math.min(above.ts - 1, Math.max(below.ts + 1, Math.round(even)));
}
