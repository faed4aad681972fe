import type { AuditQuery, AuditRecord } from '@inspector/contract';

/** Records of one call. */
export const PAGE_RECORDS = 1_000;
/** The most that the server answers at once: asked for when a millisecond holds more than a page. */
const LARGEST_PAGE = 5_000;
/** Pages looked through for one call of the reader, when what it looks for is rare. Then the reader decides. */
export const PAGES_AT_A_TIME = 5;
/** Rows that end a search: a screen and more. */
const ROWS_WANTED = 100;

/** The oldest record that was looked at. */
export interface Examined {
  seq: number;
  ts: number;
}

export interface OlderPages {
  /** What passes, newest first. */
  rows: AuditRecord[];
  examined: Examined | null;
  /** True when the store holds nothing older; `blocked` when one millisecond holds more than can be asked for. */
  end: 'more' | 'reached' | 'blocked';
}

export interface OlderPorts {
  /** Newest first. */
  read(query: AuditQuery): Promise<readonly AuditRecord[]>;
  matches(record: AuditRecord): boolean;
  /** What the server judges. */
  query: Omit<AuditQuery, 'limit'>;
}

/** Looks back from `from` (null: from the newest) until enough passes, or until its bound of pages. */
export async function readOlderPages(ports: OlderPorts, from: Examined | null): Promise<OlderPages> {
  const rows: AuditRecord[] = [];
  let examined = from;
  for (let pages = 0; pages < PAGES_AT_A_TIME; pages += 1) {
    const page = await readPage(ports, examined, PAGE_RECORDS);
    const found = page.fresh.length > 0 || page.isLast ? page : await readPage(ports, examined, LARGEST_PAGE);
    for (const record of found.fresh) if (ports.matches(record)) rows.push(record);
    const oldest = found.fresh.at(-1);
    if (oldest !== undefined) examined = { seq: oldest.seq, ts: oldest.ts };
    if (found.isLast) return { rows, examined, end: 'reached' };
    if (oldest === undefined) return { rows, examined, end: 'blocked' };
    if (rows.length >= ROWS_WANTED) break;
  }
  return { rows, examined, end: 'more' };
}

/** `to` is inclusive and times repeat, so what is known already comes again and is left out by its sequence. */
async function readPage({ read, query }: OlderPorts, before: Examined | null, limit: number) {
  const to = before === null ? query.to : Math.min(before.ts, query.to ?? Number.POSITIVE_INFINITY);
  const page = await read({ ...query, limit, ...(to === undefined ? {} : { to }) });
  return {
    fresh: before === null ? page : page.filter(({ seq }) => seq < before.seq),
    isLast: page.length < limit,
  };
}
