import type { AuditQuery, AuditRecord } from '@inspector/contract';

/** Records of one call. */
export const PAGE_RECORDS = 1_000;
/** The most that the server answers at once: asked for when a millisecond holds more than a page. */
const LARGEST_PAGE = 5_000;
/** The oldest record that was looked at. */
export interface Examined {
  seq: number;
  ts: number;
}

export interface OlderPage {
  /** What passes, newest first. */
  rows: AuditRecord[];
  /** Records that the server answered and that were looked through. */
  looked: number;
  examined: Examined | null;
  /** `reached`: the store holds nothing older; `blocked`: one millisecond holds more than can be asked for. */
  end: 'more' | 'reached' | 'blocked';
}

export interface OlderPorts {
  /** Newest first. */
  read(query: AuditQuery): Promise<readonly AuditRecord[]>;
  matches(record: AuditRecord): boolean;
  /** What the server judges. */
  query: Omit<AuditQuery, 'limit'>;
}

/** Looks through the page of records before `from`; null: through the newest. */
export async function readOlderPage(ports: OlderPorts, from: Examined | null): Promise<OlderPage> {
  const page = await readPage(ports, from, PAGE_RECORDS);
  const { fresh, isLast } = page.fresh.length > 0 || page.isLast ? page : await readPage(ports, from, LARGEST_PAGE);
  const oldest = fresh.at(-1);
  return {
    rows: fresh.filter((record) => ports.matches(record)),
    looked: fresh.length,
    examined: oldest === undefined ? from : { seq: oldest.seq, ts: oldest.ts },
    end: isLast ? 'reached' : oldest === undefined ? 'blocked' : 'more',
  };
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
