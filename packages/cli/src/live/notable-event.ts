import {
  type AuditRecord,
  type ClosedPosition,
  isRecordOf,
  limitCodes,
  type PositionRuntimeState,
} from '@inspector/contract';
import { formatCount, formatNumber, formatResultUsd, formatUsd } from '#terminal/numbers.ts';

export type Tone = 'good' | 'plain' | 'attention' | 'alarm';

/** What a person at the terminal wants to hear of, out of all records. */
export interface NotableEvent {
  seq: number;
  ts: number;
  /** One word, in capitals. */
  tag: string;
  text: string;
  tone: Tone;
}

/** The record as a line, or undefined for what only the audit needs to know. */
export function notableEvent(record: AuditRecord): NotableEvent | undefined {
  const line = lineOf(record);
  return line && { seq: record.seq, ts: record.ts, ...line };
}

type Line = Pick<NotableEvent, 'tag' | 'text' | 'tone'>;

function lineOf(record: AuditRecord): Line | undefined {
  if (isRecordOf(record, 'REQUEST_DECIDED')) return decisionLine(record);
  if (isRecordOf(record, 'POSITION_OPENED')) return openedLine(record.data);
  if (isRecordOf(record, 'POSITION_CLOSED')) return closedLine(record.code, record.data);
  if (isRecordOf(record, 'PROTECTION_PLACED')) {
    const { price, quantity } = record.data;
    if (record.code !== 'STOP' || price === null) return undefined;
    const text = `${record.symbol ?? ''} stop ${formatNumber(price)} works at the venue for ${formatNumber(quantity)}`;
    return { tag: 'PROTECTED', text, tone: 'good' };
  }
  if (isRecordOf(record, 'PROTECTION_MOVED')) {
    const { price, previousPrice } = record.data;
    if (price === null || previousPrice === undefined || previousPrice === null || price === previousPrice)
      return undefined;
    const what = record.code === 'STOP' ? 'stop' : 'target';
    const text = `${record.symbol ?? ''} ${what} ${formatNumber(previousPrice)} → ${formatNumber(price)}`;
    return { tag: 'MOVED', text, tone: 'plain' };
  }
  if (isRecordOf(record, 'LIMIT_BREACHED'))
    return { tag: 'LIMIT', text: `${record.code}: ${record.message}`, tone: 'alarm' };
  if (isRecordOf(record, 'KILL_SWITCH')) {
    const { scope, remaining } = record.data;
    const left = `${formatCount(remaining.orders)} orders, ${formatCount(remaining.positions)} positions left`;
    return {
      tag: 'KILL',
      text: `${record.code} ${scope} · ${left}`,
      tone: record.code === 'VERIFIED_FLAT' ? 'good' : 'alarm',
    };
  }
  if (isRecordOf(record, 'ALERT_SENT')) return alertLine(record);
  return messageLine(record);
}

/** Kinds whose own message says it all. */
const messageTags: Partial<Record<AuditRecord['kind'], { tag: string; tone: Tone }>> = {
  GOVERNOR_CHANGED: { tag: 'GOVERNOR', tone: 'attention' },
  NAKED_EXPOSURE: { tag: 'NAKED', tone: 'alarm' },
  PROTECTION_FAILED: { tag: 'PROTECTION', tone: 'alarm' },
  CLOSE_DEFERRED: { tag: 'DEFERRED', tone: 'attention' },
  ORDER_UNKNOWN: { tag: 'UNKNOWN', tone: 'alarm' },
  STRESS_CHANGED: { tag: 'STRESS', tone: 'attention' },
  VOLATILITY_SPIKE: { tag: 'VOLATILITY', tone: 'attention' },
  DATA_STALE: { tag: 'STALE', tone: 'attention' },
  DATA_GAP: { tag: 'GAP', tone: 'attention' },
  DEAD_LETTER: { tag: 'REFUSED', tone: 'attention' },
  OPTIONS_CHANGED: { tag: 'OPTIONS', tone: 'plain' },
  DAY_ROLLED: { tag: 'NEW DAY', tone: 'plain' },
  LEASE_CHANGED: { tag: 'LEASE', tone: 'plain' },
};

function messageLine({ kind, message }: AuditRecord): Line | undefined {
  const known = messageTags[kind];
  return known && { ...known, text: message };
}

/** Most alerts tell of a record that is shown already; what is left is a reminder, or news of its own. */
function alertLine({ code, message, data }: AuditRecord): Line | undefined {
  if (data.reminder === true) return { tag: 'REMINDER', text: message, tone: 'alarm' };
  const isShown = shownAlerts.some((shown) => code === shown || code.startsWith(`${shown}_`));
  return isShown ? undefined : { tag: 'ALERT', text: `${code}: ${message}`, tone: 'alarm' };
}

const shownAlerts: readonly string[] = [...limitCodes, 'KILL_SWITCH', 'NAKED_EXPOSURE'];

function decisionLine({ code, message, symbol, data }: AuditRecord): Line {
  const { decision, request, exit, check } = data as {
    decision: string;
    request: { side?: unknown; quantity?: unknown };
    exit?: true;
    check?: true;
  };
  const side = typeof request.side === 'string' ? `${request.side} ` : '';
  const what = `${exit ? 'exit ' : ''}${side}${symbol ?? ''}${check ? ' (check)' : ''}`.trim();
  if (decision === 'ALLOW') return { tag: 'ALLOW', text: what, tone: 'good' };
  return { tag: decision, text: `${what} · ${code} · ${message}`, tone: 'attention' };
}

function openedLine({ symbol, side, quantity, entryPrice, notionalUsd, ownership }: PositionRuntimeState): Line {
  const worth = notionalUsd === null ? '' : ` · ${formatUsd(notionalUsd)}`;
  const legacy = ownership === 'legacy' ? ' · legacy: watched, not touched' : '';
  return {
    tag: 'OPENED',
    text: `${side} ${formatNumber(quantity)} ${symbol} at ${formatNumber(entryPrice)}${worth}${legacy}`,
    tone: 'plain',
  };
}

function closedLine(code: string, { symbol, side, exitPrice, realizedPnlUsd }: ClosedPosition): Line {
  const at = exitPrice === null ? '' : ` at ${formatNumber(exitPrice)}`;
  const tone = realizedPnlUsd < 0 ? 'attention' : 'good';
  return { tag: 'CLOSED', text: `${side} ${symbol}${at} by ${code} · ${formatResultUsd(realizedPnlUsd)}`, tone };
}
