/** Dead-man leases of detectors (semantics 11). */
import { record } from '#audit/record.ts';
import { endLock, setLock } from '#limits/locks.ts';
import { requestClose } from '#positions/close.ts';
import type { Engine, Lease } from '#state/engine.ts';
import { armTimer, timerKinds } from '#state/timers.ts';

/** Leases kept; more are refused. */
export const MAX_LEASES = 10_000;

export function takeLease(
  engine: Engine,
  detectorSysname: string,
  ttlMs: number,
  onExpiry: 'block' | 'close',
  actor: string,
): Lease {
  const existing = engine.leases.get(detectorSysname);
  const expiresAt = engine.now + ttlMs;
  const lease: Lease = existing ?? {
    serial: ++engine.serials,
    detectorSysname,
    ttlMs,
    onExpiry,
    expiresAt,
    expired: false,
    closed: false,
  };
  const code = existing === undefined ? 'TAKEN' : 'RENEWED';
  Object.assign(lease, { ttlMs, onExpiry, expiresAt });
  engine.leases.set(detectorSysname, lease);
  armTimer(engine.timers, timerKinds.leaseExpiry, lease.serial, expiresAt);
  const wasExpired = lease.expired;
  if (wasExpired && !lease.closed) unlock(engine, lease);
  // A plain renewal changes nothing that anyone has to read of; coming back from the dead does.
  if (existing === undefined || wasExpired) recordLease(engine, lease, code, actor);
  return lease;
}

export function releaseLease(engine: Engine, lease: Lease, actor: string): void {
  engine.leases.delete(lease.detectorSysname);
  if (lease.expired && !lease.closed) unlock(engine, lease);
  recordLease(engine, lease, 'RELEASED', actor);
}

function unlock(engine: Engine, lease: Lease): void {
  lease.expired = false;
  const lock = engine.locks.find(
    (candidate) => candidate.code === 'LEASE_EXPIRED' && candidate.scope === scopeOf(lease),
  );
  if (lock !== undefined) endLock(engine, lock);
}

function scopeOf(lease: Lease): string {
  return `detector:${lease.detectorSysname}`;
}

export function onLeaseExpiryTimer(engine: Engine, serial: number, due: number): void {
  for (const lease of engine.leases.values()) {
    if (lease.serial !== serial) continue;
    if (lease.expiresAt === due && !lease.expired) expire(engine, lease);
    return;
  }
}

function expire(engine: Engine, lease: Lease): void {
  lease.expired = true;
  const { detectorSysname } = lease;
  recordLease(engine, lease, 'EXPIRED', 'engine');
  setLock(engine, {
    scope: scopeOf(lease),
    code: 'LEASE_EXPIRED',
    action: 'STAND_DOWN',
    until: null,
    actor: 'engine',
    reason: `the lease of ${detectorSysname} ran out`,
  });
  if (lease.onExpiry !== 'close') return;
  for (const position of [...engine.positions.values()]) {
    if (
      position.detectorSysname !== detectorSysname ||
      position.ownership !== 'runtime' ||
      position.status === 'closed'
    )
      continue;
    lease.closed = true;
    requestClose(engine, position, { code: 'LEASE_EXPIRED', reason: `the lease of ${detectorSysname} ran out` });
  }
}

/** The lock was ended by hand: the lease counts as renewed once it is. */
export function onLeaseRearmed(engine: Engine, scope: string): void {
  const lease = engine.leases.get(scope.slice('detector:'.length));
  if (lease === undefined) return;
  lease.closed = false;
  lease.expired = lease.expiresAt <= engine.now && lease.expired;
}

function recordLease(
  engine: Engine,
  lease: Lease,
  code: 'TAKEN' | 'RENEWED' | 'EXPIRED' | 'RELEASED',
  actor: string,
): void {
  const { detectorSysname, ttlMs, onExpiry, expiresAt } = lease;
  record(engine, 'LEASE_CHANGED', {
    code,
    severity: code === 'EXPIRED' ? 'critical' : 'info',
    detectorSysname,
    actor,
    message: `Lease of ${detectorSysname}: ${code}.`,
    data: { detectorSysname, ttlMs, onExpiry, expiresAt },
  });
}
