import type { ConnectorHealth, InspectorHealth, NodeHealth } from '@inspector/contract';
import type { Picture } from '@inspector/engine';
import type { AlertingState } from './alerts/index.ts';
import type { BusStatistics } from './bus/bus.ts';
import type { EffectCounts } from './effects/effect-executor.ts';
import type { OutboxState } from './outbox/index.ts';
import type { ReconcileRound } from './reconcile/reconciler.ts';
import type { RegistrationState } from './registration/registration.ts';
import type { RunnerHealth } from './runner/runner-health.ts';

/** Which instance acts. `holder` and `until` are those of the lease as it was last seen; null when nobody holds it. */
export interface LeaseState {
  role: 'active' | 'standby';
  epoch: number;
  holder: string | null;
  /** ms since 1970; null for an instance that shares with nobody. */
  until: number | null;
}

/** What the parts of an Inspector say of themselves, now. */
export interface PartStates {
  runner: RunnerHealth;
  picture: Picture;
  connectors: ConnectorHealth[];
  bus: BusStatistics;
  effects: EffectCounts;
  /** The last comparison with the venue, undefined before the first. */
  reconciled: ReconcileRound | undefined;
  /** Null where no Provider's registry is to be kept. */
  registration: RegistrationState | null;
  publisher: { waiting: number; dropped: number };
  views: { lastSeq: number; reason: string | undefined };
  /** Absent where no lease is kept: then this instance acts. */
  lease?: LeaseState;
  /** Absent where no QuestDB is configured. */
  outbox?: OutboxState;
  /** Absent where nobody is to be told of alerts. */
  alerts?: AlertingState | undefined;
  storeBytes: number;
  now: number;
}

/**
 * Contract 2.1. `ok` speaks of process, store, bus and connectors; `ready` says that entries can be decided on an account's
 * true state; `degraded` that something works with less.
 */
export function inspectorHealth(parts: PartStates): InspectorHealth {
  const { runner, bus, connectors, now } = parts;
  const startupReasons = startupReasonsOf(parts);
  const ok = works(runner) && bus.state === 'up' && connectors.every((connector) => connector.ok);
  return {
    ok,
    ready: ok && startupReasons.length === 0,
    degraded: nodeHealth(parts).some((node) => node.state === 'degraded' || node.state === 'down'),
    startupReasons,
    hasOptions: true,
    connectors,
    timestamp: now,
  };
}

function startupReasonsOf({ runner, bus, lease, reconciled, picture, connectors }: PartStates): string[] {
  const reasons: string[] = [];
  if (!works(runner)) reasons.push(`RUNNER_${runner.phase.toUpperCase()}`);
  if (runner.phase === 'standby' || lease?.role === 'standby') {
    reasons.push(`STANDBY: ${lease?.holder ?? 'another instance'} acts`);
  }
  if (bus.state === 'down') reasons.push(`BUS_DOWN: ${bus.reason ?? BUS_DOWN}`);
  if (reconciled === undefined) reasons.push('VENUE_NOT_ASKED');
  else if (reconciled.reason !== undefined) reasons.push(`PROVIDER_UNREACHABLE: ${reconciled.reason}`);
  if (connectors.length === 0) reasons.push('NO_CONNECTOR');
  for (const account of picture.reconciliation) {
    if (account.reconciled) continue;
    const asked = reconciled?.accounts.find(({ accountKey }) => accountKey === account.accountKey);
    const why = asked?.reason === undefined ? '' : `: ${asked.reason}`;
    reasons.push(`NOT_RECONCILED: ${account.accountKey}${why}`);
  }
  return reasons;
}

/** Each part with its state and why. */
export function nodeHealth(parts: PartStates): NodeHealth[] {
  return [
    runnerNode(parts),
    journalNode(parts),
    busNode(parts),
    providerNode(parts),
    ...connectorNodes(parts),
    viewsNode(parts),
    ...leaseNode(parts),
    ...questdbNode(parts),
    ...alertsNode(parts),
  ];
}

type State = Pick<NodeHealth, 'state' | 'reason'>;
const fine: State = { state: 'ok' };

const BUS_DOWN = 'nothing goes in or out';

/** Following another instance is what a standby does; it is well, and not ready. */
const works = ({ phase }: PartStates['runner']): boolean => phase === 'running' || phase === 'standby';

function runnerNode({ runner }: PartStates): NodeHealth {
  const { phase, lastInput, pendingInputs, shed, refused } = runner;
  const state = works(runner)
    ? fine
    : { state: phase === 'stalled' ? ('degraded' as const) : ('down' as const), reason: phase };
  return { name: 'runner', ...state, data: { phase, lastInput, pendingInputs, shed, refused } };
}

function journalNode({ runner, storeBytes }: PartStates): NodeHealth {
  const { code, reason, since, lastSeq, commits, lastCommitMs, longestCommitMs } = runner;
  const data = { lastSeq, commits, lastCommitMs, longestCommitMs, bytes: storeBytes };
  if (runner.phase !== 'stalled') return { name: 'journal', state: 'ok', data };
  return {
    name: 'journal',
    state: 'down',
    reason: `${code}: ${reason}`,
    ...(since === undefined ? {} : { since }),
    data,
  };
}

function busNode({ bus, publisher }: PartStates): NodeHealth {
  const { latencyMs: _samples, state: _state, reason: _reason, ...counts } = bus;
  const data = { ...counts, eventsWaiting: publisher.waiting, eventsDropped: publisher.dropped };
  return { name: 'bus', ...busState(bus, publisher), data };
}

function busState(bus: PartStates['bus'], { waiting, dropped }: PartStates['publisher']): State {
  if (bus.state === 'down') return { state: 'down', reason: bus.reason ?? BUS_DOWN };
  return waiting > 0 && dropped > 0 ? { state: 'degraded', reason: 'events are dropped' } : fine;
}

function providerNode({ runner, reconciled, registration, effects }: PartStates): NodeHealth {
  // A standby asks nothing of the venue.
  if (runner.phase === 'standby' && reconciled === undefined) return { name: 'provider', state: 'off' };
  const failed = reconciled?.accounts
    .filter((account) => !account.ok)
    .map((each) => `${each.accountKey}: ${each.reason}`);
  const reason = reconciled?.reason ?? (failed?.length ? failed.join('; ') : registration?.reason);
  const isReached = reconciled !== undefined && reconciled.reason === undefined && !failed?.length;
  const isKnown = registration === null || registration.registered;
  const state: State =
    isReached && isKnown ? fine : { state: isReached ? 'degraded' : 'down', reason: reason ?? 'not asked yet' };
  return { name: 'provider', ...state, data: { ...effects, registered: registration?.registered ?? null } };
}

const connectorNodes = ({ connectors }: PartStates): NodeHealth[] =>
  connectors.map(({ connectorType, marketType, ok, reason, lastEventAt, lagMs }) => ({
    name: `connector ${connectorType}:${marketType}`,
    state: ok ? 'ok' : 'down',
    ...(reason === undefined ? {} : { reason }),
    data: { lastEventAt, lagMs },
  }));

function viewsNode({ views, runner }: PartStates): NodeHealth {
  const data = { lastSeq: views.lastSeq, behind: Math.max(0, runner.lastSeq - views.lastSeq) };
  return views.reason === undefined
    ? { name: 'views', state: 'ok', data }
    : { name: 'views', state: 'down', reason: views.reason, data };
}

/** Standing by is what one of two is for; a lease that nobody holds is not. */
function leaseNode({ lease }: PartStates): NodeHealth[] {
  if (lease === undefined) return [];
  const state: State = lease.holder === null ? { state: 'degraded', reason: 'nobody holds the lease' } : fine;
  return [{ name: 'lease', ...state, data: { ...lease } }];
}

function questdbNode({ outbox }: PartStates): NodeHealth[] {
  if (outbox === undefined) return [];
  const { state, reason, ...data } = outbox;
  switch (state) {
    case 'ok':
      return [{ name: 'questdb', state, ...(reason === undefined ? {} : { reason }), data }];
    case 'behind':
      return [{ name: 'questdb', state: 'degraded', reason: reason ?? `${outbox.lag} records behind`, data }];
    case 'down':
      return [{ name: 'questdb', state, reason: reason ?? 'it does not take writes', data }];
  }
}

/** A target, or the reading of commands, that fails for longer is worth a look; a try that is repeated is not. */
const ALERTS_FAILING_MS = 60_000;

/** Whether people can be told. Entries do not depend on it. */
function alertsNode({ alerts, now }: PartStates): NodeHealth[] {
  if (alerts === undefined) return [];
  const isFailing = (since: number | null): since is number => since !== null && now - since > ALERTS_FAILING_MS;
  const failing = [
    ...alerts.targets
      .filter(({ failingSince }) => isFailing(failingSince))
      .map(({ name, failingSince, lastFailure }) => ({ since: failingSince!, line: `${name}: ${lastFailure}` })),
    ...alerts.bots
      .filter(({ failingSince }) => isFailing(failingSince))
      .map(({ failingSince, lastFailure }) => ({ since: failingSince!, line: `commands: ${lastFailure}` })),
  ];
  const data = { isActing: alerts.isActing, targets: alerts.targets, bots: alerts.bots };
  if (!alerts.isActing) return [{ name: 'alerts', state: 'ok', reason: 'this instance does not send', data }];
  if (failing.length === 0) return [{ name: 'alerts', state: 'ok', data }];
  const reason = failing.map(({ line }) => line).join('; ');
  return [{ name: 'alerts', state: 'degraded', reason, since: Math.min(...failing.map(({ since }) => since)), data }];
}
