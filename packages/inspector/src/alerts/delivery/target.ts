import { answeredWithin } from '../../effects/sending.ts';
import type { Clock } from '../../runner/clock.ts';
import type { RunnerLog } from '../../runner/runner-port.ts';
import type { AlertMessage } from '../alert-message.ts';
import type { TargetSettings } from '../config/alerts-config.ts';
import type { Notifier, NotifierKind, Sent } from '../notifier.ts';
import { pause } from '../pause.ts';
import { renderAlert } from '../render-alert.ts';
import type { Progress } from './progress.ts';
import type { Delivery, DeliveryState } from './recent-alerts.ts';
import { createWaiting, type Fate, type Item } from './waiting.ts';

/** A call that is not answered by then failed; nobody may have the alert, so it is sent again. */
export const CALL_DEADLINE_MS = 10_000;
/** Waits between tries, doubling up to the last. */
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_LAST_MS = 60_000;
/** Tries of a message that the other side refuses; then it is let go, so that those behind it are sent. */
export const REFUSED_TRIES = 3;
/** From this age on an alert says that it is late. */
export const LATE_MS = 60_000;
/** How long a call under way is waited for at a stop; what is not confirmed is sent at the next start. */
const STOP_MS = 500;

export interface TargetState {
  name: string;
  kind: NotifierKind;
  place: string;
  state: 'ok' | 'failing';
  /** Since when it fails. */
  failingSince: number | null;
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
  /** The last failure in words, without secrets; null when there was none. */
  lastFailure: string | null;
  waiting: number;
  /** Messages that the other side confirmed. */
  delivered: number;
  /** Tries that failed. */
  failed: number;
  /** Alerts that are part of a summary because there were too many. */
  folded: number;
  /** Alerts that are part of a summary because they could not be sent in time. */
  late: number;
  /** Alerts given up: too many waited, or they were refused. */
  dropped: number;
}

export interface TargetPorts {
  notifier: Notifier;
  progress: Progress;
  /** Stores what was told. */
  save(): void;
  appKey: string;
  clock: Clock;
  log: RunnerLog;
  note(alert: AlertMessage, delivery: Delivery): void;
}

/** One place that alerts go to: one call at a time, in order, until each is there. */
export interface Target {
  readonly settings: TargetSettings;
  readonly progress: Progress;
  /** Puts it in line; never blocks, never throws. */
  add(alert: AlertMessage): void;
  start(): void;
  /** Ends within a second. */
  stop(): Promise<void>;
  /** Sends this one at once, beside the queue, and answers what came of it. */
  sendNow(alert: AlertMessage): Promise<Sent>;
  state(): TargetState;
}

export function createTarget(settings: TargetSettings, ports: TargetPorts): Target {
  const { notifier, progress, clock, log, appKey } = ports;
  const { name } = settings;
  const waiting = createWaiting(settings.ratePerMinute, onFate);
  const counts = { delivered: 0, failed: 0, folded: 0, late: 0, dropped: 0 };
  const ending = new AbortController();
  let isRunning = false;
  let underWay: Promise<void> | undefined;
  let cancelWake: (() => void) | undefined;
  let notBeforeMs = 0;
  let failures = 0;
  let failingSince: number | null = null;
  let lastSuccessAt: number | null = null;
  let lastFailureAt: number | null = null;
  let lastFailure: string | null = null;

  function note(alert: AlertMessage, state: DeliveryState, more: { tries?: number; reason?: string } = {}): void {
    const { tries = 0, reason } = more;
    const why = reason === undefined ? {} : { reason };
    ports.note(alert, { target: name, state, tries, at: clock.now(), ...why });
  }

  function onFate(alert: AlertMessage, fate: Fate): void {
    counts[fate] += 1;
    note(alert, fate);
  }

  function wake(afterMs: number): void {
    cancelWake?.();
    cancelWake = isRunning && underWay === undefined ? clock.after(afterMs, pump) : undefined;
  }

  function pump(): void {
    cancelWake = undefined;
    if (!isRunning || underWay !== undefined) return;
    const elapsedMs = clock.elapsedMs();
    if (elapsedMs < notBeforeMs) {
      wake(notBeforeMs - elapsedMs);
      return;
    }
    const next = waiting.next({ nowMs: clock.now(), elapsedMs });
    if (next.kind === 'wait') wake(next.ms);
    if (next.kind !== 'send') return;
    underWay = deliver(next.item).finally(() => {
      underWay = undefined;
      wake(0);
    });
  }

  async function deliver(item: Item): Promise<void> {
    item.tries += 1;
    const sent = await call(item.alert);
    if (ending.signal.aborted) return; // the journal may be closed: it is sent at the next start
    if (sent.outcome === 'delivered') {
      delivered(item);
      return;
    }
    failed(item, sent);
  }

  async function call(alert: AlertMessage): Promise<Sent> {
    const ageMs = clock.now() - alert.ts;
    const lateMs = alert.kind === 'alert' && ageMs >= LATE_MS ? ageMs : null;
    try {
      const text = renderAlert(alert, lateMs, { ...settings, appKey });
      const answer = await answeredWithin(clock, {
        call: (signal) => notifier.send({ alert, text, lateMs }, AbortSignal.any([signal, ending.signal])),
        withinMs: CALL_DEADLINE_MS,
      });
      return answer ?? { outcome: 'later', reason: `no answer within ${CALL_DEADLINE_MS / 1000} s` };
    } catch (error) {
      // A notifier never rejects: this is a mistake of ours, and no reason to lose the alert or the words.
      const reason = `a mistake of the program: ${error instanceof Error ? error.name : 'unknown'}`;
      return { outcome: 'refused', reason };
    }
  }

  function delivered(item: Item): void {
    counts.delivered += 1;
    failures = 0;
    lastSuccessAt = clock.now();
    if (item.alert.kind === 'alert') note(item.alert, 'delivered', { tries: item.tries });
    finish(item);
    if (failingSince === null) return;
    log.info({ target: name, failedForMs: clock.now() - failingSince }, 'alerts reach this target again');
    failingSince = null;
  }

  function failed(
    item: Item,
    { outcome, reason, retryAfterMs = 0 }: Exclude<Sent, { outcome: 'delivered' }> & { retryAfterMs?: number },
  ): void {
    counts.failed += 1;
    failures += 1;
    lastFailureAt = clock.now();
    lastFailure = reason;
    if (failingSince === null) {
      failingSince = lastFailureAt;
      log.warn({ target: name, reason }, 'an alert did not reach this target; it is tried again');
    }
    const backoffMs = Math.min(BACKOFF_FIRST_MS * 2 ** Math.min(failures - 1, 10), BACKOFF_LAST_MS);
    notBeforeMs = clock.elapsedMs() + Math.max(backoffMs, retryAfterMs);
    if (outcome === 'refused' && item.tries >= REFUSED_TRIES) {
      counts.dropped += item.fold?.count ?? 1;
      note(item.alert, 'dropped', { tries: item.tries, reason });
      finish(item);
      return;
    }
    if (item.alert.kind === 'alert') note(item.alert, 'waiting', { tries: item.tries, reason });
    waiting.putBack(item);
  }

  function finish({ alert, fold }: Item): void {
    const seqs = fold?.seqs ?? (alert.seq === null ? [] : [alert.seq]);
    if (seqs.length === 0) return;
    progress.close(seqs);
    ports.save();
  }

  return {
    settings,
    progress,
    add(alert) {
      if (alert.seq !== null) progress.open(alert.seq);
      note(alert, 'waiting');
      waiting.add(alert, { nowMs: clock.now(), elapsedMs: clock.elapsedMs() });
      if (underWay === undefined) wake(0);
    },
    start() {
      isRunning = true;
      wake(0);
    },
    async stop() {
      isRunning = false;
      cancelWake?.();
      if (underWay === undefined) return;
      const ended = new AbortController();
      void underWay.then(() => ended.abort());
      await pause(clock, STOP_MS, ended.signal);
      ending.abort();
    },
    sendNow: call,
    state: () => ({
      name,
      kind: notifier.kind,
      place: notifier.place,
      state: failingSince === null ? 'ok' : 'failing',
      failingSince,
      lastSuccessAt,
      lastFailureAt,
      lastFailure,
      waiting: waiting.size + (underWay === undefined ? 0 : 1),
      ...counts,
    }),
  };
}
