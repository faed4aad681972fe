import { type AlertMessage, alertSeverities } from '../alert-message.ts';
import { timeText } from '../render-alert.ts';

/** Sequences that one summary remembers; what is past it may be told once more after a crash. */
const MAX_SEQS = 1000;
/** Codes that one summary names; the rest is counted together. */
const MAX_CODES = 20;

/** Several alerts that one message will speak of. */
export interface Fold {
  /** `rate`: there were too many. `late`: they could not be sent in time. */
  cause: 'rate' | 'late';
  count: number;
  byCode: Map<string, number>;
  firstTs: number;
  lastTs: number;
  /** The newest of the most severe. */
  worst: AlertMessage;
  seqs: number[];
}

export function foldInto(fold: Fold | undefined, cause: Fold['cause'], alert: AlertMessage): Fold {
  if (fold === undefined) {
    const { seq, ts, code } = alert;
    return {
      cause,
      count: 1,
      byCode: new Map([[code, 1]]),
      firstTs: ts,
      lastTs: ts,
      worst: alert,
      seqs: seq === null ? [] : [seq],
    };
  }
  fold.count += 1;
  const code = fold.byCode.has(alert.code) || fold.byCode.size < MAX_CODES ? alert.code : 'others';
  fold.byCode.set(code, (fold.byCode.get(code) ?? 0) + 1);
  fold.firstTs = Math.min(fold.firstTs, alert.ts);
  fold.lastTs = Math.max(fold.lastTs, alert.ts);
  if (rank(alert) >= rank(fold.worst)) fold.worst = alert;
  if (alert.seq !== null && fold.seqs.length < MAX_SEQS) fold.seqs.push(alert.seq);
  return fold;
}

/** One that was not sent, with what was folded since. */
export function mergeFolds(older: Fold, newer: Fold | undefined): Fold {
  if (newer === undefined) return older;
  for (const [code, count] of newer.byCode) older.byCode.set(code, (older.byCode.get(code) ?? 0) + count);
  return {
    ...older,
    count: older.count + newer.count,
    firstTs: Math.min(older.firstTs, newer.firstTs),
    lastTs: Math.max(older.lastTs, newer.lastTs),
    worst: rank(newer.worst) >= rank(older.worst) ? newer.worst : older.worst,
    seqs: [...older.seqs, ...newer.seqs].slice(0, MAX_SEQS),
  };
}

const rank = ({ severity }: AlertMessage): number => alertSeverities.indexOf(severity);

/** The message that stands for all of them; a single one that was only too many speaks for itself. */
export function summaryOf({ cause, count, byCode, firstTs, lastTs, worst }: Fold): AlertMessage {
  if (count === 1 && cause === 'rate') return worst;
  const codes = [...byCode].sort(([, left], [, right]) => right - left);
  const listed = codes.map(([code, times]) => (times === 1 ? code : `${code} ×${times}`)).join(', ');
  const alerts = count === 1 ? '1 alert' : `${count} alerts`;
  const span = firstTs === lastTs ? `at ${timeText(lastTs)}` : `between ${timeText(firstTs)} and ${timeText(lastTs)}`;
  const message =
    cause === 'rate'
      ? `${count} more alerts ${span}: ${listed}. The newest: ${worst.message}`
      : `${alerts} ${span} could not be sent in time: ${listed}. The newest of the most severe: ${worst.message}`;
  return {
    kind: 'summary',
    seq: null,
    ts: lastTs,
    severity: worst.severity,
    code: cause === 'rate' ? 'ALERTS_FOLDED' : 'ALERTS_LATE',
    message,
    accountKey: null,
    symbol: null,
    positionId: null,
    reminder: false,
    data: { count, byCode: Object.fromEntries(codes), from: firstTs, to: lastTs },
  };
}
