import type { AuditRecord } from '@inspector/contract';
import type { Alert } from '@inspector/engine';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import { type AlertMessage, alertOfRecord, alertWithoutRecord } from './alert-message.ts';
import type { CommandPorts } from './commands/answer-command.ts';
import { type BotState, createCommandBot } from './commands/command-bot.ts';
import type { AlertsConfig } from './config/alerts-config.ts';
import { createProgressStore } from './delivery/progress.ts';
import { createRecentAlerts, type RecentAlert } from './delivery/recent-alerts.ts';
import { createRepeats } from './delivery/repeats.ts';
import { createTarget, type Target, type TargetState } from './delivery/target.ts';
import { TOO_LATE_MS } from './delivery/waiting.ts';
import { notifierFor } from './notifiers/notifier-for.ts';
import { createTrial, type TrialOutcome } from './try-targets.ts';

/** Alerts that a start catches up on; older ones are in the audit only. */
const CATCH_UP_LIMIT = 1000;
/** Sequences of the newest alerts, so that one that comes as a record and on its own is one. */
const SEEN_LIMIT = 1000;

export interface AlertingConfig extends CommandPorts {
  /** Null: nobody is told; alerts are shown all the same. */
  alerts: AlertsConfig | null;
  appKey: string;
  journal: Journal;
  clock: Clock;
  log: RunnerLog;
  /** Fencing epoch of this instance. */
  epoch: () => number;
}

export interface AlertingState {
  /** Only the instance that acts sends and reads commands. */
  isActing: boolean;
  targets: TargetState[];
  bots: BotState[];
}

/** Tells people. Nothing here blocks or throws into who calls: `follow` and `notify` only put in line. */
export interface Alerting {
  /** Every stored record, in order, on a standby too. */
  follow(records: readonly AuditRecord[]): void;
  /** Alerts; those that `follow` has seen are passed over. */
  notify(alerts: readonly Alert[]): void;
  /** This instance acts: what was not told is told, and commands are read. Records after `storedSeq` came since it acts. */
  start(storedSeq: number): void;
  /** Ends within a second; call it before the journal closes. */
  stop(): Promise<void>;
  /** Undefined where nobody is to be told. */
  state(): AlertingState | undefined;
  /** Newest first. */
  recent(limit: number): RecentAlert[];
  /** Sends a test to every target and answers what came of it. */
  test(): Promise<TrialOutcome[]>;
}

export function startAlerts(config: AlertingConfig): Alerting {
  const { alerts, appKey, journal, clock, log, epoch } = config;
  const recent = createRecentAlerts();
  const repeats = createRepeats();
  const seen = new Map<number, AlertMessage>();
  const store = createProgressStore(journal, alerts?.targets.map(({ name }) => name) ?? [], log);
  const targets: readonly Target[] = (alerts?.targets ?? []).map((target) =>
    createTarget(target, {
      notifier: notifierFor(target, { appKey, now: () => clock.now() }),
      progress: store.of(target.name),
      save: () => store.save(),
      appKey,
      clock,
      log,
      note: recent.note,
    }),
  );
  const bots = (alerts?.bots ?? []).map((bot) => createCommandBot(bot, config));
  const trial = createTrial(targets, clock);
  let isActing = false;
  /** Records up to it are caught up on from the journal. */
  let liveFrom = 0;

  /** Remembers it; true when it says nothing new. */
  function learn(alert: AlertMessage): boolean {
    const isRepeat = repeats.isRepeat(alert);
    recent.add(alert, isRepeat);
    if (alert.seq === null) return isRepeat;
    seen.set(alert.seq, alert);
    if (seen.size > SEEN_LIMIT) seen.delete(seen.keys().next().value!);
    return isRepeat;
  }

  function offer(target: Target, alert: AlertMessage, isRepeat: boolean): void {
    const { severities, reminders } = target.settings;
    const isWanted = !isRepeat && severities.includes(alert.severity) && (reminders || !alert.reminder);
    if (isWanted) target.add(alert);
    else if (alert.seq !== null) target.progress.pass(alert.seq);
  }

  function take(alert: AlertMessage): void {
    const isRepeat = learn(alert);
    if (!isActing || (alert.seq !== null && alert.seq <= liveFrom)) return;
    for (const target of targets) offer(target, alert, isRepeat);
  }

  /** What a crash or an outage kept from leaving. */
  async function catchUp(): Promise<void> {
    const from = Math.min(...targets.map(({ progress }) => progress.seq));
    try {
      const found = await journal.queryAudit({ kind: 'ALERT_SENT', afterSeq: from, limit: CATCH_UP_LIMIT });
      if (found.length === CATCH_UP_LIMIT)
        log.warn({ limit: CATCH_UP_LIMIT }, 'more alerts were not told than are caught up on: see the audit');
      for (const record of found.reverse()) if (record.seq <= liveFrom) offerLate(record);
    } catch (error) {
      if (isActing) log.error({ error: String(error) }, 'alerts of before the start could not be read');
    }
    if (!isActing) return;
    for (const { progress } of targets) progress.caughtUp(liveFrom);
    store.save();
  }

  function offerLate(record: AuditRecord): void {
    const known = seen.get(record.seq);
    const alert = known ?? alertOfRecord(record)!;
    const isRepeat = known === undefined && learn(alert);
    for (const target of targets) {
      if (target.progress.isTold(record.seq)) continue;
      // Another instance made it and may have told it: it is told again only while it is news.
      const isOwn = record.epoch === target.progress.epoch;
      if (!isOwn && clock.now() - alert.ts > TOO_LATE_MS) target.progress.pass(record.seq);
      else offer(target, alert, isRepeat);
    }
  }

  return {
    follow(records) {
      try {
        for (const record of records) {
          if (record.kind === 'KILL_SWITCH') for (const bot of bots) bot.apply(record);
          const alert = alertOfRecord(record);
          if (alert !== undefined) take(alert);
        }
      } catch (error) {
        log.error({ error: String(error) }, 'alerts could not be put in line: a mistake of the program');
      }
    },
    notify(given) {
      try {
        for (const alert of given) {
          const known = seen.get(alert.seq);
          if (known?.code === alert.code && known.message === alert.message) continue;
          take(alertWithoutRecord(alert, clock.now()));
        }
      } catch (error) {
        log.error({ error: String(error) }, 'alerts could not be put in line: a mistake of the program');
      }
    },
    start(storedSeq) {
      isActing = true;
      liveFrom = storedSeq;
      store.begin(epoch());
      for (const target of targets) target.start();
      // What its very first input gave.
      for (const alert of seen.values()) {
        if (alert.seq! > liveFrom) for (const target of targets) offer(target, alert, false);
      }
      if (targets.length > 0) void catchUp();
      for (const bot of bots) bot.start();
    },
    async stop() {
      isActing = false;
      await Promise.all([...targets, ...bots].map((part) => part.stop()));
    },
    state: () =>
      alerts === null
        ? undefined
        : { isActing, targets: targets.map((target) => target.state()), bots: bots.map((bot) => bot.state()) },
    recent: (limit) => recent.newest(limit),
    test: () => trial.run(),
  };
}
