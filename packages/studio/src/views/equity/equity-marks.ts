import type { AuditKind, AuditRecord, AuditRecordOf } from '@inspector/contract';
import type { ChartMarker } from '#design/chart-shapes.ts';
import type { Tone } from '#design/tone.ts';
import { codeName } from '#words/code-names.ts';

/** Kinds of records that are marked on equity. */
export const markedKinds = [
  'LIMIT_BREACHED',
  'GOVERNOR_CHANGED',
  'KILL_SWITCH',
] as const satisfies readonly AuditKind[];
export type MarkedKind = (typeof markedKinds)[number];

/** A trip, a lock or a kill, at its time. */
export interface EquityMark {
  seq: number;
  ts: number;
  kind: 'trip' | 'end' | 'governor' | 'kill';
  /** In a few words: "Daily loss tripped". */
  title: string;
  message: string;
  tone: Tone;
}

/** Marks of one account from records that are newest first, newest first; what has no account concerns every one. */
export function equityMarks(records: readonly AuditRecord[], accountKey: string): EquityMark[] {
  return withoutSameAction(records)
    .filter((record) => record.accountKey === undefined || record.accountKey === accountKey)
    .map(markOf)
    .filter((mark): mark is EquityMark => mark !== undefined);
}

/** The governor speaks again when a reason or a phase changes under the same action: nothing new for the account. */
function withoutSameAction(records: readonly AuditRecord[]): AuditRecord[] {
  const changes = records.filter(({ kind }) => kind === 'GOVERNOR_CHANGED');
  const repeated = new Set(changes.filter(({ code }, index) => changes[index + 1]?.code === code));
  return records.filter((record) => !repeated.has(record));
}

function markOf(record: AuditRecord): EquityMark | undefined {
  const { seq, ts, message, code } = record;
  switch (record.kind) {
    case 'LIMIT_BREACHED': {
      const { opt } = record.data as AuditRecordOf<'LIMIT_BREACHED'>['data'];
      return opt?.isActive === true
        ? { seq, ts, message, kind: 'end', title: `${codeName(code)} ended`, tone: 'good' }
        : { seq, ts, message, kind: 'trip', title: `${codeName(code)} tripped`, tone: 'bad' };
    }
    case 'GOVERNOR_CHANGED':
      return {
        seq,
        ts,
        message,
        kind: 'governor',
        title: `Governor: ${codeName(code).toLowerCase()}`,
        tone: code === 'ALLOW' ? 'good' : 'alert',
      };
    case 'KILL_SWITCH':
      return {
        seq,
        ts,
        message,
        kind: 'kill',
        title: `Kill switch: ${codeName(code).toLowerCase()}`,
        tone: code === 'REARMED' || code === 'VERIFIED_FLAT' ? 'good' : 'bad',
      };
    default:
      return undefined;
  }
}

/** Marks drawn; past it the oldest are in the list alone. */
export const DRAWN_MARKS_LIMIT = 80;

/** With more of them their words would lie on each other. */
const NAMED_MARKS_LIMIT = 6;

/**
 * Marks on the chart from its first point on, rising by time: trips as squares, kills as arrows, changes of the governor
 * that no trip explains as circles. Trips have their name while they are few.
 */
export function chartMarks(marks: readonly EquityMark[], fromTs: number, toTs: number): ChartMarker[] {
  const trips = new Set(marks.filter(({ kind }) => kind === 'trip' || kind === 'end').map(({ ts }) => ts));
  const drawn = marks
    .filter(({ kind, ts }) => ts >= fromTs && ts <= toTs && (kind !== 'governor' || !trips.has(ts)))
    .slice(0, DRAWN_MARKS_LIMIT)
    .reverse();
  const areNamed = drawn.filter(({ kind }) => kind !== 'governor').length <= NAMED_MARKS_LIMIT;
  return drawn.map((mark) => ({ ...shapeOf(mark), ...(areNamed && mark.kind === 'trip' ? { text: mark.title } : {}) }));
}

function shapeOf({ kind, ts, tone }: EquityMark): ChartMarker {
  const colour = tone === 'good' ? 'good' : tone === 'bad' ? 'bad' : 'alert';
  switch (kind) {
    case 'trip':
      return { time: ts, shape: 'square', position: 'aboveBar', colour };
    case 'kill':
      return { time: ts, shape: 'arrowDown', position: 'aboveBar', colour };
    case 'end':
    case 'governor':
      return { time: ts, shape: 'circle', position: 'belowBar', colour };
  }
}
