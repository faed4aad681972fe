import type { AlertMessage } from '../alert-message.ts';
import { type Fold, foldInto, mergeFolds, summaryOf } from './fold.ts';
import { createRateLimit } from './rate-limit.ts';

/** Alerts below critical that wait; past it the oldest is folded into the summary. */
export const NORMAL_LIMIT = 200;
/** Critical alerts that wait; past it the oldest is folded into the summary of late ones, and counted as dropped. */
export const CRITICAL_LIMIT = 500;
/** While alerts are too many, a summary goes out so often at most. */
export const FOLD_MS = 60_000;
/** An alert that could not be sent for so long is not sent on its own any more. */
export const TOO_LATE_MS = 900_000;

/** What is sent as one message. */
export interface Item {
  /** What the message says. */
  alert: AlertMessage;
  /** Set when it stands for several. */
  fold?: Fold;
  tries: number;
}

export type Next = { kind: 'send'; item: Item } | { kind: 'wait'; ms: number } | { kind: 'nothing' };

export interface WaitingTime {
  /** ms since 1970. */
  nowMs: number;
  /** Of the clock; never goes back. */
  elapsedMs: number;
}

/** What happens to an alert that is not sent on its own. */
export type Fate = 'folded' | 'late' | 'dropped';

/** What waits for one target, in the order in which it is to go: critical first, then what is late, then the rest. */
export interface Waiting {
  readonly size: number;
  add(alert: AlertMessage, at: WaitingTime): void;
  next(at: WaitingTime): Next;
  /** It was not sent: it is next of its kind. */
  putBack(item: Item): void;
}

export function createWaiting(ratePerMinute: number, tell: (alert: AlertMessage, fate: Fate) => void): Waiting {
  const rate = createRateLimit(ratePerMinute);
  let critical: Item[] = [];
  let normal: Item[] = [];
  let folded: Fold | undefined;
  let late: Fold | undefined;
  let foldingUntilMs = Number.NEGATIVE_INFINITY;

  function fold(alert: AlertMessage): void {
    folded = foldInto(folded, 'rate', alert);
    tell(alert, 'folded');
  }

  function foldLate(alert: AlertMessage, fate: 'late' | 'dropped'): void {
    late = foldInto(late, 'late', alert);
    tell(alert, fate);
  }

  function keepInTime(items: Item[], nowMs: number): Item[] {
    const isLate = ({ alert }: Item) => nowMs - alert.ts > TOO_LATE_MS;
    if (!items.some(isLate)) return items;
    for (const item of items) if (isLate(item)) foldLate(item.alert, 'late');
    return items.filter((item) => !isLate(item));
  }

  function nextCritical(elapsedMs: number): Next | undefined {
    if (critical.length === 0 && late === undefined) return undefined;
    if (!rate.take(elapsedMs, true)) return { kind: 'wait', ms: rate.waitMs(elapsedMs, true) };
    const item = critical.shift();
    if (item !== undefined) return { kind: 'send', item };
    return { kind: 'send', item: takeFold('late') };
  }

  function takeFold(cause: Fold['cause']): Item {
    const taken = cause === 'late' ? late! : folded!;
    if (cause === 'late') late = undefined;
    else folded = undefined;
    return { alert: summaryOf(taken), fold: taken, tries: 0 };
  }

  function nextFold(elapsedMs: number): Next {
    if (folded === undefined) return { kind: 'nothing' };
    const waitMs = Math.max(foldingUntilMs - elapsedMs, rate.waitMs(elapsedMs, false));
    if (waitMs > 0 || !rate.take(elapsedMs, false)) return { kind: 'wait', ms: Math.max(1, waitMs) };
    return { kind: 'send', item: takeFold('rate') };
  }

  return {
    get size() {
      return critical.length + normal.length + (folded?.count ?? 0) + (late?.count ?? 0);
    },
    add(alert, { elapsedMs }) {
      if (alert.severity === 'critical') {
        critical.push({ alert, tries: 0 });
        if (critical.length > CRITICAL_LIMIT) foldLate(critical.shift()!.alert, 'dropped');
        return;
      }
      if (elapsedMs < foldingUntilMs) {
        fold(alert);
        return;
      }
      normal.push({ alert, tries: 0 });
      if (normal.length > NORMAL_LIMIT) fold(normal.shift()!.alert);
    },
    next({ nowMs, elapsedMs }) {
      critical = keepInTime(critical, nowMs);
      normal = keepInTime(normal, nowMs);
      const urgent = nextCritical(elapsedMs);
      if (urgent !== undefined) return urgent;
      if (normal.length > 0) {
        if (rate.take(elapsedMs, false)) return { kind: 'send', item: normal.shift()! };
        foldingUntilMs = elapsedMs + FOLD_MS;
        for (const { alert } of normal.splice(0)) fold(alert);
      }
      return nextFold(elapsedMs);
    },
    putBack(item) {
      if (item.fold?.cause === 'late') late = mergeFolds(item.fold, late);
      else if (item.fold !== undefined) folded = mergeFolds(item.fold, folded);
      else if (item.alert.severity === 'critical') critical.unshift(item);
      else normal.unshift(item);
    },
  };
}
