/** The governor: the strongest action in force, and why (semantics 4). */
import { type GovernorAction, type GovernorState, governorActions } from '@inspector/contract';
import { record } from '#audit/record.ts';
import type { Engine } from '#state/engine.ts';

export function strongest(left: GovernorAction, right: GovernorAction): GovernorAction {
  return governorActions.indexOf(left) >= governorActions.indexOf(right) ? left : right;
}

/** Who changed it, where that was not the engine's own doing. */
export interface ChangedBy {
  actor: string;
  reason: string;
}

/** Writes GOVERNOR_CHANGED when the action, the locks or the kill switch are no longer what was last written. */
export function governorChanged(engine: Engine, by?: ChangedBy): void {
  const state = governorState(engine);
  const signature = JSON.stringify([
    state.action,
    state.reasons,
    state.locks,
    state.killSwitch.state,
    state.killSwitch.scopes,
  ]);
  if (signature === engine.governorSignature) return;
  const isUntouched = engine.governorSignature === '' && state.action === 'ALLOW' && state.locks.length === 0;
  if (isUntouched && state.killSwitch.state === 'IDLE') return;
  const before = engine.governorAction;
  engine.governorSignature = signature;
  engine.governorAction = state.action;
  engine.governorReasons = state.reasons;
  record(engine, 'GOVERNOR_CHANGED', {
    code: state.action,
    severity: state.action === 'ALLOW' ? 'info' : 'warn',
    actor: by?.actor,
    message: `Governor: ${state.action}${listed(state.reasons)}, was ${before}${by === undefined ? '' : `; ${by.actor}: ${by.reason}`}.`,
    data: { ...state, seq: engine.lastSeq + 1 },
  });
}

function listed(reasons: readonly string[]): string {
  return reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
}

export function governorState(engine: Engine): GovernorState {
  const inForce = new Map<string, GovernorAction>();
  const incident = liveIncident(engine);
  if (incident !== undefined) inForce.set('KILL_SWITCH_ACTIVE', 'CLOSE_ALL');
  for (const lock of engine.locks) inForce.set(lock.code, strongest(inForce.get(lock.code) ?? 'ALLOW', lock.action));
  for (const account of engine.accounts) {
    for (const watch of account.watches) {
      if (!watch.tripped || (watch.action !== 'BLOCK' && watch.action !== 'THROTTLE')) continue;
      inForce.set(watch.code, strongest(inForce.get(watch.code) ?? 'ALLOW', watch.action));
    }
  }
  let action: GovernorAction = 'ALLOW';
  for (const candidate of inForce.values()) action = strongest(action, candidate);
  const reasons = [...inForce.entries()]
    .sort((left, right) => governorActions.indexOf(right[1]) - governorActions.indexOf(left[1]))
    .map(([code]) => code);
  return {
    action,
    reasons,
    locks: engine.locks.map(({ scope, code, action: does, since, until, actor, reason }) => ({
      scope,
      code,
      action: does,
      since,
      until,
      actor,
      reason,
    })),
    killSwitch: killSwitchState(engine),
    circuit: circuitState(engine),
    cooldowns: cooldowns(engine),
    seq: engine.lastSeq,
  };
}

function liveIncident(engine: Engine) {
  return engine.incidents.find((incident) => incident.rearmedAt === null);
}

function killSwitchState(engine: Engine): GovernorState['killSwitch'] {
  const incident = liveIncident(engine) ?? engine.incidents.at(-1);
  if (incident === undefined) return { state: 'IDLE' };
  return {
    state: incident.phase as GovernorState['killSwitch']['state'],
    incidentId: incident.incidentId,
    scopes: [...incident.scopes],
    since: incident.triggeredAt,
    remaining: incident.timeline.at(-1)!.remaining,
  };
}

/** What keeps entries shut beside locks, by account. */
function circuitState(engine: Engine): Record<string, unknown> {
  const state: Record<string, unknown> = {};
  for (const account of engine.accounts) {
    state[account.key] = {
      reconciled: account.reconciled && account.differences.size === 0,
      streamGap: account.streamGap,
      equityKnown: account.equityKnown,
      stressed: account.stressSymbols.size > 0,
    };
  }
  return state;
}

function cooldowns(engine: Engine): GovernorState['cooldowns'] {
  const all: GovernorState['cooldowns'] = [];
  for (const account of engine.accounts) {
    const until = account.lastLossAt + engine.accountSettings[account.index]!.cooldownPeriod * 1000;
    if (until > engine.now) all.push({ accountKey: account.key, since: account.lastLossAt, until });
  }
  return all;
}
