/** Locks on entries: set by limits, leases and people, ended by time or by hand. All durable, all in the governor. */
import type { GovernorAction } from '@inspector/contract';
import { cancelEntriesInScope } from '#orders/cancel.ts';
import type { Engine, Lock } from '#state/engine.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { type ChangedBy, governorChanged, strongest } from './governor.ts';
import { covers, type Subject } from './scope.ts';
import { onLimitLockEnded, onTripExpired } from './trip.ts';

/** While a breach or a lock lasts, a person is reminded every 30 minutes. */
export const REMINDER_MS = 30 * 60_000;

export interface NewLock {
  scope: string;
  code: string;
  action: GovernorAction;
  until: number | null;
  actor: string;
  reason: string;
}

/** Sets a lock, or lengthens the one of the same scope and code: a later trigger never shortens a lock. */
export function setLock(engine: Engine, wanted: NewLock): Lock {
  const existing = engine.locks.find((lock) => lock.scope === wanted.scope && lock.code === wanted.code);
  if (existing !== undefined) {
    if (existing.until !== null && (wanted.until === null || wanted.until > existing.until)) {
      existing.until = wanted.until;
      armExpiry(engine, existing);
    }
    existing.action = strongest(existing.action, wanted.action);
    existing.reason = wanted.reason;
    existing.actor = wanted.actor;
    governorChanged(engine, wanted);
    return existing;
  }
  const lock: Lock = {
    serial: ++engine.serials,
    ...wanted,
    since: engine.now,
    reminderDue: engine.now + REMINDER_MS,
  };
  engine.locks.push(lock);
  armExpiry(engine, lock);
  armTimer(engine.timers, timerKinds.reminder, lock.serial, lock.reminderDue);
  governorChanged(engine, wanted);
  cancelEntriesInScope(engine, lock.scope);
  return lock;
}

function armExpiry(engine: Engine, lock: Lock): void {
  if (lock.until !== null) armTimer(engine.timers, timerKinds.lockExpiry, lock.serial, lock.until);
}

/** Target ≥ 0: a lock; else an account, one of whose limits keeps entries out without a lock. */
export function onLockExpiryTimer(engine: Engine, target: number, due: number): void {
  if (target < 0) {
    onTripExpired(engine, engine.accounts[-1 - target]!, due);
    return;
  }
  const lock = engine.locks.find((candidate) => candidate.serial === target);
  if (lock !== undefined && lock.until === due) endLock(engine, lock);
}

/** Takes a lock away, and tells detectors that were throttled by it. */
export function endLock(engine: Engine, lock: Lock, by?: ChangedBy): void {
  engine.locks.splice(engine.locks.indexOf(lock), 1);
  onLimitLockEnded(engine, lock);
  governorChanged(engine, by);
}

/** First lock with that code that covers the subject. */
export function lockCovering(engine: Engine, code: string, subject: Subject): Lock | undefined {
  for (const lock of engine.locks) {
    if (lock.code === code && covers(lock.scope, subject)) return lock;
  }
  return undefined;
}

/** True when any lock, or a kill that is not re-armed, keeps entries of the subject shut. */
export function isLocked(engine: Engine, subject: Subject): boolean {
  return (
    engine.locks.some((lock) => covers(lock.scope, subject)) ||
    engine.incidents.some(
      (incident) => incident.rearmedAt === null && incident.scopes.some((scope) => covers(scope, subject)),
    )
  );
}
