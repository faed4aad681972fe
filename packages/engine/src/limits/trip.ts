/** What happens when a watched limit trips, and when that is over (semantics 4). */
import { type GovernorAction, type PolicyName, watchedLimits } from '@inspector/contract';
import { exposureUsd, isJudgedStale, staleSymbols } from '#account/equity.ts';
import { alert, known, publish, record, shown } from '#audit/record.ts';
import { nextDayStart } from '#calendar/day.ts';
import { startCloseAll } from '#kill/close-all.ts';
import type { Settings } from '#settings/settings.ts';
import { type Account, disquiet, type LimitWatch } from '#state/accounts.ts';
import type { Engine, Lock } from '#state/engine.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { type ChangedBy, governorChanged } from './governor.ts';
import { REMINDER_MS, setLock } from './locks.ts';

const policyByCode = new Map<string, PolicyName>(
  Object.entries(watchedLimits).map(([name, limit]) => [limit.code, name as PolicyName]),
);

/** Action of the policy that steers a code; null for a code without a policy. */
export function policyActionOf(settings: Settings, code: string): GovernorAction | null {
  const name = policyByCode.get(code);
  return name === undefined ? null : settings.policies[name].action;
}

/** End of a lock that begins now: null = by hand, NaN = while the breach lasts. */
function policyEndOf(engine: Engine, settings: Settings, code: string): number | null {
  const until = settings.policies[policyByCode.get(code)!].until;
  switch (until) {
    case 'manual':
      return null;
    case 'day-end':
      return nextDayStart(engine.zone, engine.dayStartMs, engine.now);
    case 'while-it-lasts':
      return Number.NaN;
    default:
      return engine.now + until * 1000;
  }
}

export function trip(
  engine: Engine,
  account: Account,
  watch: LimitWatch,
  observed: number,
  limit: number,
  unit: '%' | 'count',
): void {
  const settings = engine.accountSettings[account.index]!;
  const action = policyActionOf(settings, watch.code)!;
  const end = policyEndOf(engine, settings, watch.code);
  const locks = action === 'STAND_DOWN' || action === 'CLOSE_ALL';
  watch.tripped = true;
  watch.trippedAt = engine.now;
  watch.action = action;
  watch.until = end ?? Number.POSITIVE_INFINITY;
  watch.reminderDue = Number.NaN;
  report(engine, account, watch, { observed, limit, unit, end });
  if (!locks) {
    watchWithoutLock(engine, account, watch);
    return;
  }
  const scope = `account:${account.key}`;
  const reason = `${watch.code} reached ${shown(observed)} of ${shown(limit)} ${unit}`;
  // A lock has to end: a breach that "lasts" has no end of its own, so a lock by it ends by hand.
  const until = end !== null && Number.isNaN(end) ? null : end;
  setLock(engine, { scope, code: watch.code, action, until, actor: 'engine', reason });
  if (action === 'CLOSE_ALL') startCloseAll(engine, scope, watch.code);
}

/** No lock reminds or ends by itself here: the watch does. */
function watchWithoutLock(engine: Engine, account: Account, watch: LimitWatch): void {
  const target = -1 - account.index;
  watch.reminderDue = engine.now + REMINDER_MS;
  armTimer(engine.timers, timerKinds.reminder, target, watch.reminderDue);
  if (isHeldByTime(watch)) armTimer(engine.timers, timerKinds.lockExpiry, target, watch.until);
  governorChanged(engine);
}

interface TripReport {
  observed: number;
  limit: number;
  unit: string;
  end: number | null;
}

function report(engine: Engine, account: Account, watch: LimitWatch, { observed, limit, unit, end }: TripReport): void {
  const stale = isJudgedStale(account) ? staleSymbols(engine, account) : [];
  const atLastPrices = stale.length > 0 ? `, ${stale.join(', ')} at their last price` : '';
  const reason = `${watch.code} of ${account.key}: ${shown(observed)} ${unit} against a limit of ${shown(limit)} ${unit}${atLastPrices}.`;
  const payload = {
    code: watch.code,
    action: watch.action,
    scope: `account:${account.key}`,
    accountKey: account.key,
    observed: known(observed),
    limit,
    unit,
    currentExposure: exposureUsd(account),
    maxAllowedExposure: maxExposureUsd(engine, account),
    reason,
    ...(throttles(engine, watch.action) ? detectorOf(engine) : {}),
    opt: { isActive: !throttles(engine, watch.action) },
    until: end !== null && Number.isFinite(end) ? end : null,
    ...(stale.length > 0 ? { staleSymbols: stale } : {}),
  };
  const severity = watch.action === 'ALLOW' ? 'warn' : 'critical';
  record(engine, 'LIMIT_BREACHED', {
    code: watch.code,
    severity,
    accountKey: account.key,
    message: reason,
    data: payload,
  });
  publish(engine, 'INSPECTOR_RISK_LIMIT_BREACH', payload);
  alert(engine, { code: watch.code, severity, accountKey: account.key, message: reason, data: payload });
}

function maxExposureUsd(engine: Engine, account: Account): number | null {
  const percent = engine.accountSettings[account.index]!.maxPortfolioExposurePercent;
  return percent > 0 ? known((account.equity * percent) / 100) : null;
}

/** True when an action tells detectors to pause: THROTTLE always, one that locks with `autoThrottleDetectors`. */
function throttles(engine: Engine, action: string): boolean {
  if (action === 'THROTTLE') return true;
  return engine.options.strategyLogic.autoThrottleDetectors && (action === 'STAND_DOWN' || action === 'CLOSE_ALL');
}

/** The detectors that a throttling event speaks to: the configured one, or all that were seen. */
function detectorOf(engine: Engine): Record<string, unknown> {
  const target = engine.options.strategyLogic.targetDetectorSysname;
  if (target !== '') return { detectorSysname: target };
  const detectors = [...engine.detectors];
  return detectors.length === 1 ? { detectorSysname: detectors[0], detectors } : { detectors };
}

/** A reading or count back inside: a trip without a lock is over. One with a lock lasts as long as the lock. */
export function endTrip(engine: Engine, account: Account, watch: LimitWatch): void {
  if (hasLock(engine, account, watch)) return;
  if (isHeldByTime(watch) && engine.now < watch.until) return;
  release(account, watch);
  if (watch.action === 'THROTTLE') publishActive(engine, account, watch.code);
  governorChanged(engine);
}

/** Ends a trip without a lock by hand; false when there is none. */
export function endTripByHand(engine: Engine, code: string, scope: string, by: ChangedBy): boolean {
  const account = engine.accounts.find((candidate) => scope === `account:${candidate.key}`);
  const watch = account?.watches.find((candidate) => candidate.code === code && candidate.tripped);
  if (account === undefined || watch === undefined) return false;
  release(account, watch);
  if (watch.code === 'CONSECUTIVE_LOSSES') account.consecutiveLosses = 0;
  governorChanged(engine, by);
  return true;
}

/** The time of a trip without a lock is over: the streak restarts at 0, as it does when a lock ends. */
export function onTripExpired(engine: Engine, account: Account, due: number): void {
  for (const watch of account.watches) {
    if (!watch.tripped || watch.until !== due || !isHeldByTime(watch) || hasLock(engine, account, watch)) continue;
    release(account, watch);
    account.consecutiveLosses = 0;
    governorChanged(engine);
  }
}

function release(account: Account, watch: LimitWatch): void {
  watch.tripped = false;
  watch.runSince = Number.NaN;
  disquiet(account);
}

/** A streak under BLOCK cannot be worked off while it blocks, so that trip lasts until its policy's end. */
function isHeldByTime(watch: LimitWatch): boolean {
  return watch.code === 'CONSECUTIVE_LOSSES' && watch.action === 'BLOCK' && Number.isFinite(watch.until);
}

function hasLock(engine: Engine, account: Account, watch: LimitWatch): boolean {
  return engine.locks.some((lock) => lock.code === watch.code && lock.scope === `account:${account.key}`);
}

/** The lock of a limit ended: the watch begins anew, the streak at 0, and throttled detectors may go on. */
export function onLimitLockEnded(engine: Engine, lock: Lock): void {
  const account = engine.accounts.find((candidate) => lock.scope === `account:${candidate.key}`);
  const watch = account?.watches.find((candidate) => candidate.code === lock.code);
  if (account === undefined || watch === undefined) return;
  release(account, watch);
  if (watch.code === 'CONSECUTIVE_LOSSES') account.consecutiveLosses = 0;
  if (!engine.options.strategyLogic.autoThrottleDetectors) return;
  // Another limit's lock keeps the detectors paused; its own end tells them.
  const isPaused = engine.locks.some(({ code, scope }) => scope === lock.scope && policyByCode.has(code));
  if (!isPaused) publishActive(engine, account, watch.code);
}

/** Tells throttled detectors that they may go on. */
function publishActive(engine: Engine, account: Account, code: string): void {
  publish(engine, 'INSPECTOR_RISK_LIMIT_BREACH', {
    code,
    action: 'ALLOW',
    scope: `account:${account.key}`,
    accountKey: account.key,
    observed: null,
    limit: null,
    unit: '',
    currentExposure: exposureUsd(account),
    maxAllowedExposure: maxExposureUsd(engine, account),
    reason: `${code} of ${account.key} is over.`,
    ...detectorOf(engine),
    opt: { isActive: true },
    until: null,
  });
}

/** A new day: trips by the day's counters without a lock are over. */
export function endTripsOfDay(account: Account): void {
  for (const watch of account.watches) {
    const byDay = watch.code === 'TRADES_PER_DAY' || watch.code === 'LOSS_TRADES_PER_DAY';
    if (byDay && watch.action !== 'STAND_DOWN' && watch.action !== 'CLOSE_ALL') watch.tripped = false;
  }
}

/** While a trip or a lock lasts, a person is reminded every 30 minutes. Target ≥ 0: a lock; else an account's watches. */
export function onReminderTimer(engine: Engine, target: number, due: number): void {
  if (target < 0) {
    const account = engine.accounts[-1 - target]!;
    for (const watch of account.watches) {
      if (!watch.tripped || watch.reminderDue !== due) continue;
      watch.reminderDue = due + REMINDER_MS;
      armTimer(engine.timers, timerKinds.reminder, target, watch.reminderDue);
      remind(engine, watch.code, `account:${account.key}`, watch.trippedAt);
    }
    return;
  }
  const lock = engine.locks.find((candidate) => candidate.serial === target);
  if (lock === undefined || lock.reminderDue !== due) return;
  lock.reminderDue = due + REMINDER_MS;
  armTimer(engine.timers, timerKinds.reminder, target, lock.reminderDue);
  remind(engine, lock.code, lock.scope, lock.since);
}

function remind(engine: Engine, code: string, scope: string, since: number): void {
  const minutes = Math.round((engine.now - since) / 60_000);
  const message = `${code} on ${scope} has been in force for ${minutes} min.`;
  alert(engine, { code, severity: 'warn', message, data: { code, scope, since }, reminder: true });
}
