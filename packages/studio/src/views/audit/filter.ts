import type { AuditKind, AuditQuery, AuditRecord, Severity } from '@inspector/contract';
import { auditKinds, severities } from '@inspector/contract/codes';

/** What the timeline shows. An empty text and an empty list let everything pass. Times are ms. */
export interface AuditFilter {
  kinds: readonly AuditKind[];
  /** Shown from this severity up. */
  severity: Severity;
  code: string;
  symbol: string;
  accountKey: string;
  positionId: string;
  traceId: string;
  /** Words that all have to occur somewhere in the record. */
  text: string;
  from: number | null;
  to: number | null;
}

export const noFilter: AuditFilter = {
  kinds: [],
  severity: 'debug',
  code: '',
  symbol: '',
  accountKey: '',
  positionId: '',
  traceId: '',
  text: '',
  from: null,
  to: null,
};

/** Compared with the record's field of the same name, whole. */
const exactFields = ['code', 'symbol', 'accountKey', 'positionId', 'traceId'] as const;

/** The filter as one test of a record. */
export function matcherOf(filter: AuditFilter): (record: AuditRecord) => boolean {
  const { from, to } = filter;
  const kinds = new Set<string>(filter.kinds);
  const least = severities.indexOf(filter.severity);
  const exact = exactFields.filter((field) => filter[field] !== '');
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return (record) =>
    (kinds.size === 0 || kinds.has(record.kind)) &&
    (from === null || record.ts >= from) &&
    (to === null || record.ts <= to) &&
    (least <= 0 || severities.indexOf(record.severity) >= least) &&
    exact.every((field) => record[field] === filter[field]) &&
    (words.length === 0 || containsAll(record, words));
}

function containsAll(record: AuditRecord, words: readonly string[]): boolean {
  const text = JSON.stringify(record).toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The part of the filter that the server judges by itself. */
export function serverQueryOf(filter: AuditFilter): Omit<AuditQuery, 'limit'> {
  const [kind] = filter.kinds;
  const query: Omit<AuditQuery, 'limit'> = {};
  if (kind !== undefined && filter.kinds.length === 1) query.kind = kind;
  for (const field of exactFields) if (filter[field] !== '') query[field] = filter[field];
  if (filter.from !== null) query.from = filter.from;
  if (filter.to !== null) query.to = filter.to;
  return query;
}

/** True when some of the filter is judged in the page: what the server answers has to be looked through. */
export const isJudgedHere = ({ kinds, severity, text }: AuditFilter): boolean =>
  kinds.length > 1 || severity !== 'debug' || text.trim() !== '';

/** How many of its fields narrow what is shown. */
export const countFilters = (filter: AuditFilter): number =>
  (Object.keys(noFilter) as (keyof AuditFilter)[]).filter((field) =>
    field === 'kinds' ? filter.kinds.length > 0 : filter[field] !== noFilter[field],
  ).length;

const textFields = ['code', 'symbol', 'accountKey', 'positionId', 'text'] as const;

/** Names of a filter's parameters in the address; `traceId` there opens the story of a trace, `trace` filters by it. */
export const filterParams = [...textFields, 'kind', 'severity', 'trace', 'from', 'to'] as const;

/** The filter of an address. What is not known there is left out. */
export function readFilter(params: Readonly<Record<string, string | undefined>>): AuditFilter {
  const kinds = (params.kind ?? '')
    .split(',')
    .filter((name): name is AuditKind => auditKinds.includes(name as AuditKind));
  const severity = severities.find((name) => name === params.severity) ?? noFilter.severity;
  const texts = Object.fromEntries(textFields.map((field) => [field, params[field] ?? '']));
  return {
    ...noFilter,
    ...texts,
    kinds,
    severity,
    traceId: params.trace ?? '',
    from: readTime(params.from),
    to: readTime(params.to),
  };
}

function readTime(text: string | undefined): number | null {
  const time = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(time) && time >= 0 ? time : null;
}

/** The filter as parameters of the address; undefined: not in it. */
export function writeFilter(filter: AuditFilter): Record<(typeof filterParams)[number], string | undefined> {
  const given = (text: string) => (text === '' ? undefined : text);
  return {
    code: given(filter.code),
    symbol: given(filter.symbol),
    accountKey: given(filter.accountKey),
    positionId: given(filter.positionId),
    text: given(filter.text),
    kind: given(filter.kinds.join(',')),
    severity: filter.severity === 'debug' ? undefined : filter.severity,
    trace: given(filter.traceId),
    from: filter.from === null ? undefined : String(filter.from),
    to: filter.to === null ? undefined : String(filter.to),
  };
}
