/** The shadow comparison of a dry run, read from the answer and put into words. */
import { isObject } from './option-tree.ts';

interface Verdict {
  decision: string;
  code: string;
}

export interface DifferingRequest {
  requestId: string;
  seq: number | null;
  symbol: string | null;
  before: Verdict | null;
  after: Verdict | null;
}

interface Pair {
  before: number;
  after: number;
}

export interface ShadowPicture {
  from: number | null;
  to: number | null;
  requests: number;
  differing: number;
  list: readonly DifferingRequest[];
  /** Limits that tripped, by code. */
  trips: readonly ({ code: string } & Pair)[];
  closedTrades: Pair | null;
  realizedPnlUsd: Pair | null;
  maxDrawdownPct: Pair | null;
  /** How far it is exact, in the server's words. */
  exactness: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Null when the answer holds no comparison. */
export function shadowPicture(answer: unknown): ShadowPicture | null {
  if (!isObject(answer)) return null;
  const fields = fieldsOf(answer);
  const requests = fieldsOf(fields.requests);
  const list = listOf(requests.data).map(differingRequest);
  const trips = fieldsOf(fields.trips);
  const range = fieldsOf(fields.range);
  return {
    from: numberOf(fields.from ?? range.from),
    to: numberOf(fields.to ?? range.to),
    requests: numberOf(requests.total) ?? list.length,
    differing: numberOf(requests.differing) ?? list.length,
    list,
    trips: tripsByCode(listOf(trips.base), listOf(trips.other)),
    closedTrades: pairOf(fields.closedTrades),
    realizedPnlUsd: pairOf(fields.realizedPnlUsd),
    maxDrawdownPct: pairOf(fields.maxDrawdownPct),
    exactness: exactnessOf(fields),
  };
}

function differingRequest(entry: unknown): DifferingRequest {
  const { requestId, seq, symbol, base, other } = fieldsOf(entry);
  return {
    requestId: textOf(requestId) ?? '',
    seq: numberOf(seq),
    symbol: textOf(symbol) ?? textOf(fieldsOf(symbol).name),
    before: verdictOf(base),
    after: verdictOf(other),
  };
}

function verdictOf(value: unknown): Verdict | null {
  const { decision, code } = fieldsOf(value);
  return typeof decision === 'string' ? { decision, code: textOf(code) ?? '' } : null;
}

function pairOf(value: unknown): Pair | null {
  const { base, other } = fieldsOf(value);
  const before = numberOf(base);
  const after = numberOf(other);
  return before === null || after === null ? null : { before, after };
}

function tripsByCode(base: readonly unknown[], other: readonly unknown[]): ShadowPicture['trips'] {
  const codes = new Map<string, { before: number; after: number }>();
  const count = (trips: readonly unknown[], side: 'before' | 'after'): void => {
    for (const trip of trips) {
      const code = textOf(fieldsOf(trip).code) ?? 'UNKNOWN';
      const counted = codes.get(code) ?? { before: 0, after: 0 };
      counted[side] += 1;
      codes.set(code, counted);
    }
  };
  count(base, 'before');
  count(other, 'after');
  return [...codes].map(([code, counts]) => ({ code, ...counts }));
}

function exactnessOf(fields: Fields): string | null {
  const { exactness, exact, note } = fields;
  const words = textOf(exactness) ?? textOf(note) ?? textOf(exact);
  if (words !== null) return words;
  const details = fieldsOf(exactness ?? exact);
  const said = textOf(details.note) ?? textOf(details.reason) ?? textOf(details.detail);
  if (said !== null) return said;
  const reasons = [...listOf(details.reasons), ...listOf(details.notes)].filter((each) => typeof each === 'string');
  return reasons.length === 0 ? null : reasons.join(' ');
}

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;

/** The comparison in a sentence: how many decisions would have been others, and which way. */
export function shadowSentence(picture: ShadowPicture): string {
  const { requests, differing, list } = picture;
  if (requests === 0) return 'No request was decided in that time, so there is nothing to compare.';
  if (differing === 0) {
    return requests === 1
      ? 'The one request would have been decided just the same.'
      : `All ${requests.toLocaleString('en')} requests would have been decided just the same.`;
  }
  const isAllowed = (verdict: Verdict | null): boolean => verdict?.decision === 'ALLOW';
  const admitted = list.filter(({ before, after }) => !isAllowed(before) && isAllowed(after)).length;
  const refused = list.filter(({ before, after }) => isAllowed(before) && !isAllowed(after)).length;
  const parts = [
    ...(admitted === 0 ? [] : [`${counted(admitted, 'refusal', 'refusals')} would have been let through`]),
    ...(refused === 0 ? [] : [`${counted(refused, 'entry', 'entries')} would have been refused`]),
  ];
  const others = differing - admitted - refused;
  if (others > 0) parts.push(`${counted(others, 'refusal', 'refusals')} would have had another reason`);
  return `${differing.toLocaleString('en')} of ${counted(requests, 'request', 'requests')} would have been decided differently: ${parts.join(', ')}.`;
}
