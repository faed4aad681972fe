/**
 * Operators' calls (contract 2.2). Each either does what it says and is answered, or is refused with REST's code and
 * changes nothing; a refusal without a caller waiting (a replay file) is a dead letter.
 */
import { type ErrorCode, errorCodeTable } from '@inspector/contract';
import { readEquity } from '#account/equity.ts';
import { record } from '#audit/record.ts';
import type { CommandInput } from '#input.ts';
import { rearmKill, triggerKill } from '#kill/kill-switch.ts';
import { MAX_LEASES, onLeaseRearmed, releaseLease, takeLease } from '#lease/lease.ts';
import { endLock, setLock } from '#limits/locks.ts';
import { isKnownScope } from '#limits/scope.ts';
import { endTripByHand } from '#limits/trip.ts';
import { requestClose } from '#positions/close.ts';
import type { Engine } from '#state/engine.ts';
import { positionState } from '#views/position-state.ts';
import { findPosition } from './find-position.ts';
import { adopt, setProtection } from './position-commands.ts';

export type CommandResult =
  | { ok: true; status: number; result: unknown }
  | { ok: false; code: ErrorCode; message: string };

export function done(result: unknown, status = 200): CommandResult {
  return { ok: true, status, result };
}

export function refused(code: ErrorCode, message: string = errorCodeTable[code].sentence): CommandResult {
  return { ok: false, code, message };
}

export function onCommand(engine: Engine, input: CommandInput): void {
  reply(engine, input, run(engine, input));
}

/** Answers the caller; where none waits, a refusal is recorded. */
export function reply(
  engine: Engine,
  input: { replyTo?: number; command?: string; actor: string },
  outcome: CommandResult,
): void {
  const { replyTo } = input;
  if (outcome.ok) {
    if (replyTo !== undefined) engine.out.replies.push({ replyTo, ...outcome });
    return;
  }
  const { code, message } = outcome;
  if (replyTo !== undefined) {
    engine.out.replies.push({ replyTo, ok: false, status: errorCodeTable[code].status, code, message });
    return;
  }
  record(engine, 'DEAD_LETTER', {
    code,
    severity: 'warn',
    actor: input.actor,
    message,
    data: { command: input.command ?? 'options', actor: input.actor },
  });
}

function run(engine: Engine, input: CommandInput): CommandResult {
  switch (input.command) {
    case 'standdown':
      return standdown(engine, input);
    case 'kill-switch/trigger':
      return trigger(engine, input);
    case 'kill-switch/rearm':
      return rearmIncident(engine, input);
    case 'rearm':
      return rearmLimit(engine, input);
    case 'adopt':
      return adopt(engine, input);
    case 'protection':
      return setProtection(engine, input);
    case 'close':
      return close(engine, input);
    case 'lease':
      return lease(engine, input);
    case 'lease/release':
      return release(engine, input);
    default:
      return refused('COMMAND_UNKNOWN');
  }
}

export function reasonOf(input: CommandInput): string {
  const reason = input.fields.reason;
  return typeof reason === 'string' ? reason.trim() : '';
}

function standdown(engine: Engine, input: CommandInput): CommandResult {
  const {
    enabled,
    scope = 'global',
    until = null,
  } = input.fields as { enabled?: boolean; scope?: string; until?: number | null };
  const reason = reasonOf(input);
  if (reason === '') return refused('REASON_REQUIRED');
  if (!isKnownScope(scope)) return refused('SCOPE_INVALID');
  if (until !== null && !Number.isFinite(until)) return refused('VALIDATION_FAILED', 'until is no time.');
  const existing = engine.locks.find((lock) => lock.code === 'STAND_DOWN_ACTIVE' && lock.scope === scope);
  if (enabled !== false) {
    const lock = setLock(engine, {
      scope,
      code: 'STAND_DOWN_ACTIVE',
      action: 'STAND_DOWN',
      until,
      actor: input.actor,
      reason,
    });
    return done({ enabled: true, scope, since: lock.since, until: lock.until, actor: input.actor, reason });
  }
  if (existing === undefined) return refused('LIMIT_NOT_LOCKED', `No stand-down of ${scope} is on.`);
  endLock(engine, existing, { actor: input.actor, reason });
  return done({ enabled: false, scope, actor: input.actor, reason });
}

function trigger(engine: Engine, input: CommandInput): CommandResult {
  const {
    scope,
    confirm,
    includeLegacy = false,
  } = input.fields as { scope?: string; confirm?: boolean; includeLegacy?: boolean };
  const reason = reasonOf(input);
  if (scope === undefined || !isKnownScope(scope) || scope.startsWith('side:')) return refused('SCOPE_INVALID');
  if (confirm !== true) return refused('CONFIRM_REQUIRED');
  if (reason === '') return refused('REASON_REQUIRED');
  const incident = triggerKill(engine, { scope, reason, actor: input.actor, includeLegacy });
  return done({ incidentId: incident.incidentId, phase: incident.phase, scope: incident.scopes.at(-1)! }, 202);
}

function rearmIncident(engine: Engine, input: CommandInput): CommandResult {
  const { incidentId, secondActor } = input.fields as { incidentId?: string; secondActor?: string };
  const incident =
    incidentId === 'latest'
      ? engine.incidents.at(-1)
      : engine.incidents.find((candidate) => candidate.incidentId === incidentId);
  const reason = reasonOf(input);
  if (incident === undefined) return refused('INCIDENT_UNKNOWN');
  if (reason === '') return refused('REASON_REQUIRED');
  if (incident.rearmedAt !== null) return refused('KILL_SWITCH_REARMED');
  if (incident.verifiedAt === null) return refused('KILL_SWITCH_NOT_FLAT');
  if (needsSecondActor(engine, input.actor, secondActor)) return refused('SECOND_ACTOR_REQUIRED');
  rearmKill(engine, incident, input.actor, reason);
  return done({ incidentId: incident.incidentId, phase: incident.phase, rearmedAt: incident.rearmedAt });
}

function needsSecondActor(engine: Engine, actor: string, secondActor: string | undefined): boolean {
  if (!engine.options.general.requireSecondActor) return false;
  return secondActor === undefined || secondActor.trim() === '' || secondActor === actor;
}

/** Ends a limit's lock, or a lease's. `DRAWDOWN` may take the equity of now as its new peak. */
function rearmLimit(engine: Engine, input: CommandInput): CommandResult {
  const { code, scope, baseline = 'keep', secondActor } = input.fields as Record<string, string | undefined>;
  const reason = reasonOf(input);
  if (reason === '') return refused('REASON_REQUIRED');
  if (code === undefined || scope === undefined) return refused('VALIDATION_FAILED', 'code and scope are needed.');
  if (needsSecondActor(engine, input.actor, secondActor)) return refused('SECOND_ACTOR_REQUIRED');
  if (!endByHand(engine, code, scope, { actor: input.actor, reason })) {
    return refused('LIMIT_NOT_LOCKED', `No lock of ${code} on ${scope} is on.`);
  }
  if (code === 'DRAWDOWN' && baseline === 'reset') resetPeak(engine, scope);
  for (const account of engine.accounts) readEquity(engine, account, true);
  return done({ code, scope, actor: input.actor, reason, ...(code === 'DRAWDOWN' ? { baseline } : {}) });
}

/** Ends the lock, or the trip of a limit that refuses without one; false when there is neither. */
function endByHand(engine: Engine, code: string, scope: string, by: { actor: string; reason: string }): boolean {
  const lock = engine.locks.find((candidate) => candidate.code === code && candidate.scope === scope);
  if (lock === undefined) return endTripByHand(engine, code, scope, by);
  endLock(engine, lock, by);
  if (code === 'LEASE_EXPIRED') onLeaseRearmed(engine, scope);
  return true;
}

function resetPeak(engine: Engine, scope: string): void {
  for (const account of engine.accounts) {
    if (scope !== `account:${account.key}`) continue;
    account.peak = account.equity;
    account.peakCandidateSince = Number.NaN;
  }
}

function close(engine: Engine, input: CommandInput): CommandResult {
  const position = findPosition(engine, input.fields.positionId);
  if (position === undefined) return refused('POSITION_UNKNOWN');
  if (position.ownership === 'legacy') return refused('LEGACY_POSITION');
  const quantity = input.fields.quantity;
  requestClose(engine, position, {
    code: 'OPERATOR',
    reason: reasonOf(input) === '' ? `closed by ${input.actor}` : reasonOf(input),
    actor: input.actor,
    ...(typeof quantity === 'number' ? { quantity } : {}),
  });
  return done(positionState(engine, position), 202);
}

function lease(engine: Engine, input: CommandInput): CommandResult {
  const {
    detectorSysname,
    ttlMs,
    onExpiry = 'block',
  } = input.fields as {
    detectorSysname?: string;
    ttlMs?: number;
    onExpiry?: 'block' | 'close';
  };
  if (detectorSysname === undefined || !(ttlMs! > 0)) return refused('VALIDATION_FAILED');
  const isNew = !engine.leases.has(detectorSysname);
  if (isNew && engine.leases.size >= MAX_LEASES) return refused('OVERLOADED', `At most ${MAX_LEASES} leases are kept.`);
  const { expiresAt, expired } = takeLease(engine, detectorSysname, ttlMs!, onExpiry, input.actor);
  return done({ detectorSysname, ttlMs, onExpiry, expiresAt, expired });
}

function release(engine: Engine, input: CommandInput): CommandResult {
  const lease = engine.leases.get(String(input.fields.detectorSysname));
  if (lease === undefined) return refused('LEASE_UNKNOWN');
  releaseLease(engine, lease, input.actor);
  return done({ detectorSysname: lease.detectorSysname, released: true });
}
