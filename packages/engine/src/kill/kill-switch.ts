/**
 * The kill switch as a state machine (semantics 6): TRIGGERED → BLOCKED → CANCELLING → CLOSING → VERIFIED_FLAT, STUCK
 * beside it after 10 s, REARMED at the end. Flat is what the venue itself shows, never what is believed here.
 */
import { alert, publish, record } from '#audit/record.ts';
import { governorChanged } from '#limits/governor.ts';
import { hashText } from '#number/hash.ts';
import { cancelOrder } from '#orders/cancel.ts';
import { allLiveOrders, isReducing } from '#orders/live-orders.ts';
import { closableQuantity, isCloseWaiting, requestClose } from '#positions/close.ts';
import { positionAt } from '#positions/positions.ts';
import { askVenue } from '#reconcile/ask.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine, Incident } from '#state/engine.ts';
import { symbolIdOf } from '#state/keys.ts';
import type { OrderState } from '#state/orders.ts';
import type { Position } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { estimateCostUsd } from './preview.ts';
import { buildProof } from './proof.ts';
import { noteReference } from './realized-cost.ts';
import { countedPositions, isGone, type OpenOrders, ordersInScope, positionsInScope } from './remaining.ts';

/** Not flat after so long: STUCK, and a person is told. */
const STUCK_MS = 10_000;
const POLL_FIRST_MS = 250;
const POLL_LAST_MS = 30_000;
/** Once the venue answers again. What went flat is asked for at once; more than this would spend the venue's budget in vain. */
const POLL_AFTER_OUTAGE_MS = 1000;
/** Incidents kept in memory; older ones are in the audit. */
const MAX_INCIDENTS = 100;

export interface KillTrigger {
  scope: string;
  reason: string;
  actor: string;
  includeLegacy: boolean;
}

export function liveIncident(engine: Engine): Incident | undefined {
  return engine.incidents.find((incident) => incident.rearmedAt === null);
}

/** Starts a kill, or widens the one that is live; the same scope again changes nothing. Returns the incident. */
export function triggerKill(engine: Engine, trigger: KillTrigger): Incident {
  const live = liveIncident(engine);
  if (live === undefined) return startIncident(engine, trigger);
  const isCovered = live.scopes.includes('global') || live.scopes.includes(trigger.scope);
  if (isCovered && (live.includeLegacy || !trigger.includeLegacy)) return live;
  if (!isCovered) live.scopes.push(trigger.scope);
  live.includeLegacy ||= trigger.includeLegacy;
  live.estimatedCostUsd = estimateCostUsd(engine, live);
  phase(engine, live, 'BLOCKED', `widened by ${trigger.actor}: ${trigger.reason}`);
  governorChanged(engine);
  cancelAndClose(engine, live);
  return live;
}

function startIncident(engine: Engine, trigger: KillTrigger): Incident {
  const serial = ++engine.serials;
  const kill = { scopes: [trigger.scope], includeLegacy: trigger.includeLegacy };
  const incident: Incident = {
    serial,
    incidentId: `k${hashText(`kill|${engine.now}|${serial}|${trigger.scope}`).slice(0, 15)}`,
    phase: 'TRIGGERED',
    ...kill,
    actor: trigger.actor,
    reason: trigger.reason,
    triggeredAt: engine.now,
    verifiedAt: null,
    rearmedAt: null,
    timeline: [],
    proof: null,
    estimatedCostUsd: estimateCostUsd(engine, kill),
    realizedCostUsd: 0,
    fromSeq: engine.lastSeq + 1,
    toSeq: null,
    seenSerial: serial,
    references: new Map(),
    verified: new Set(),
    nextPollMs: POLL_FIRST_MS,
    pollDue: Number.NaN,
    deadlineDue: Number.NaN,
    stuckAlerted: false,
  };
  engine.incidents.push(incident);
  if (engine.incidents.length > MAX_INCIDENTS) engine.incidents.shift();
  phase(engine, incident, 'TRIGGERED', trigger.reason);
  phase(engine, incident, 'BLOCKED', 'entries in scope are shut');
  governorChanged(engine);
  cancelAndClose(engine, incident);
  return incident;
}

/** CANCELLING and CLOSING; also where a latched kill begins again when something new shows up in its scope. */
function cancelAndClose(engine: Engine, incident: Incident): void {
  incident.verifiedAt = null;
  incident.verified.clear();
  incident.stuckAlerted = false;
  incident.nextPollMs = POLL_FIRST_MS;
  incident.seenSerial = engine.serials;
  const orders = ordersInScope(engine, incident);
  phase(engine, incident, 'CANCELLING', `${orders.length} orders in scope`);
  const closing = positionsInScope(engine, incident);
  const closed = new Set(closing.map((position) => position.serial));
  for (const order of orders) {
    // The stop and target of a position go only as its own market close goes out.
    if (!isReducing(order) || (order.own && !closed.has(order.position))) cancelOrder(engine, order);
  }
  phase(engine, incident, 'CLOSING', `${closing.length} positions in scope`);
  for (const position of closing) close(engine, incident, position);
  incident.deadlineDue = engine.now + STUCK_MS;
  armTimer(engine.timers, timerKinds.killDeadline, incident.serial, incident.deadlineDue);
  verify(engine, incident);
}

function close(engine: Engine, incident: Incident, position: Position): void {
  const { reason, actor } = incident;
  noteReference(engine, incident, position);
  requestClose(engine, position, { code: 'KILL_SWITCH', reason, actor, clearsWay: true });
}

/** Asks the venue about every account in scope, and again until it shows nothing. */
function verify(engine: Engine, incident: Incident): void {
  const accounts = accountsInScope(engine, incident);
  if (accounts.length === 0) {
    verified(engine, incident, 'no account that holds anything is in scope', true);
    return;
  }
  for (const account of accounts) askVenue(engine, account.index, 'kill-switch');
  incident.pollDue = engine.now + incident.nextPollMs;
  incident.nextPollMs = Math.min(POLL_LAST_MS, incident.nextPollMs * 2);
  armTimer(engine.timers, timerKinds.killPoll, incident.serial, incident.pollDue);
}

/** A venue that was not to be reached answers again: the next poll need not wait for what failures have made of it. */
export function hastenKill(engine: Engine): void {
  const incident = liveIncident(engine);
  if (incident === undefined || incident.verifiedAt !== null) return;
  incident.nextPollMs = POLL_AFTER_OUTAGE_MS;
  incident.pollDue = engine.now + POLL_AFTER_OUTAGE_MS;
  armTimer(engine.timers, timerKinds.killPoll, incident.serial, incident.pollDue);
}

/** Accounts that have to be shown flat. One that was only ever named by a request holds nothing and answers nobody. */
function accountsInScope(engine: Engine, incident: Incident): Account[] {
  const withOrders = new Set(allLiveOrders(engine).map((order) => order.account));
  return engine.accounts.filter((account) => {
    const isReal = account.everReconciled || !Number.isNaN(account.walletBalance) || account.positions.size > 0;
    return (isReal || withOrders.has(account.index)) && isAccountInScope(incident, account);
  });
}

function isAccountInScope(incident: Incident, { key, connectorType, marketType }: Account): boolean {
  return incident.scopes.some((scope) => {
    if (scope === 'global' || scope.startsWith('detector:')) return true;
    if (scope === `account:${key}`) return true;
    return scope.startsWith(`symbol:${connectorType}:${marketType}:`);
  });
}

/** The venue answered (or a snapshot came): flat when it shows no position and no order in scope of any account. */
export function onVenueShown(engine: Engine, accountIndex: number, openOrders: OpenOrders): void {
  const incident = liveIncident(engine);
  if (incident === undefined || incident.verifiedAt !== null) return;
  const account = engine.accounts[accountIndex]!;
  if (!isAccountInScope(incident, account)) return;
  if (isShownFlat(engine, incident, account, openOrders)) incident.verified.add(accountIndex);
  else incident.verified.delete(accountIndex);
  if (!accountsInScope(engine, incident).every(({ index }) => incident.verified.has(index))) return;
  verified(engine, incident, 'the venue shows no position and no order in scope', openOrders !== null);
}

function verified(engine: Engine, incident: Incident, reason: string, ordersShown: boolean): void {
  incident.verifiedAt = engine.now;
  incident.pollDue = Number.NaN;
  incident.proof = buildProof(engine, incident, ordersShown);
  phase(engine, incident, 'VERIFIED_FLAT', reason);
  governorChanged(engine);
}

function isShownFlat(engine: Engine, incident: Incident, account: Account, openOrders: OpenOrders): boolean {
  // A snapshot without orders proves nothing about them while the venue can be asked.
  if (openOrders === null && account.answered) return false;
  const isOpen = (order: OrderState) => order.account === account.index && !isGone(order, openOrders);
  return (
    !showsUnknownPosition(engine, incident, account) &&
    countedPositions(engine, incident).every((position) => position.account !== account.index) &&
    !ordersInScope(engine, incident).some(isOpen)
  );
}

/** The venue shows a position in scope that is not believed here yet: a difference has to be seen twice. */
function showsUnknownPosition(engine: Engine, incident: Incident, account: Account): boolean {
  for (const { detail } of account.differences.values()) {
    if (detail.kind !== 'position' || detail.venue === 0) continue;
    const symbol = symbolIdOf(engine, account.connectorType, account.marketType, String(detail.symbol));
    const known = positionAt(engine, account.index, symbol);
    if (known?.ownership === 'legacy' && !incident.includeLegacy) continue;
    const symbolKey = engine.symbols.keys[symbol]!;
    const isOther = (scope: string) => scope.startsWith('symbol:') && scope !== `symbol:${symbolKey}`;
    if (!incident.scopes.every(isOther)) return true;
  }
  return false;
}

function remainingOf(engine: Engine, incident: Incident): { orders: number; positions: number } {
  return { orders: ordersInScope(engine, incident).length, positions: countedPositions(engine, incident).length };
}

/** A position in scope went flat: ask the venue now, not at the next poll. */
export function afterFlat(engine: Engine, accountIndex: number): void {
  const incident = liveIncident(engine);
  if (incident === undefined || incident.verifiedAt !== null) return;
  if (!isAccountInScope(incident, engine.accounts[accountIndex]!)) return;
  if (countedPositions(engine, incident).length === 0) askVenue(engine, accountIndex, 'kill-switch');
}

export function onKillPollTimer(engine: Engine, serial: number, due: number): void {
  const incident = engine.incidents.find((candidate) => candidate.serial === serial);
  if (incident === undefined || incident.pollDue !== due || incident.verifiedAt !== null) return;
  verify(engine, incident);
}

export function onKillDeadlineTimer(engine: Engine, serial: number, due: number): void {
  const incident = engine.incidents.find((candidate) => candidate.serial === serial);
  if (incident === undefined || incident.deadlineDue !== due || incident.verifiedAt !== null) return;
  if (incident.rearmedAt !== null || incident.stuckAlerted) return;
  incident.stuckAlerted = true;
  const { orders, positions } = remainingOf(engine, incident);
  const text = `not flat after ${STUCK_MS / 1000} s: ${positions} positions, ${orders} orders, or no answer of the venue`;
  phase(engine, incident, 'STUCK', text);
  const message = `Kill switch ${incident.incidentId} is stuck: ${text}.`;
  const data = { incidentId: incident.incidentId, remaining: { orders, positions } };
  alert(engine, { code: 'KILL_SWITCH_STUCK', severity: 'critical', message, data });
  governorChanged(engine);
}

/**
 * A new position or entry order in the scope of a kill that is not re-armed begins the sequence again; a position that
 * grew is closed for the rest. Called at the end of every input.
 */
export function watchLatchedKill(engine: Engine): void {
  const incident = liveIncident(engine);
  if (incident === undefined) return;
  const positions = countedPositions(engine, incident);
  const isNewPosition = positions.some((position) => position.serial > incident.seenSerial);
  if (isNewPosition || opensOrders(engine, incident)) {
    const remaining = remainingOf(engine, incident);
    const message = `Something opened under kill switch ${incident.incidentId}: ${remaining.positions} positions, ${remaining.orders} orders.`;
    const data = { incidentId: incident.incidentId, remaining };
    alert(engine, { code: 'KILL_SWITCH_ACTIVE', severity: 'critical', message, data });
    cancelAndClose(engine, incident);
    return;
  }
  for (const position of positions) if (isLeftOpen(engine, position)) close(engine, incident, position);
}

function opensOrders(engine: Engine, incident: Incident): boolean {
  return ordersInScope(engine, incident).some(
    (order) => order.serial > incident.seenSerial && !isReducing(order) && !order.cancelRequested,
  );
}

/** Not on its way out by this kill, and not waiting for its next try. */
function isLeftOpen(engine: Engine, position: Position): boolean {
  return !isCloseWaiting(position, 'KILL_SWITCH') && closableQuantity(engine, position, 'KILL_SWITCH') > 0;
}

/** Ends the latch. The caller has checked that the incident is verified and that the actors suffice. */
export function rearmKill(engine: Engine, incident: Incident, actor: string, reason: string): void {
  incident.rearmedAt = engine.now;
  incident.toSeq = engine.lastSeq + 1;
  incident.actor = actor;
  phase(engine, incident, 'REARMED', reason);
  governorChanged(engine);
}

function phase(engine: Engine, incident: Incident, name: Incident['phase'], reason: string): void {
  incident.phase = name;
  const remaining = remainingOf(engine, incident);
  const payload = {
    incidentId: incident.incidentId,
    phase: name,
    // Widened, the newest: all of them are in `scopes`.
    scope: incident.scopes.at(-1)!,
    scopes: [...incident.scopes],
    reason,
    actor: incident.actor,
    remaining,
  };
  const seq = record(engine, 'KILL_SWITCH', {
    code: name,
    severity: name === 'VERIFIED_FLAT' || name === 'REARMED' ? 'warn' : 'critical',
    actor: incident.actor,
    message: `Kill switch ${incident.incidentId} ${name}: ${reason}.`,
    data: payload,
  });
  if (name === 'VERIFIED_FLAT') incident.toSeq = seq;
  incident.timeline.push({ phase: name, ts: engine.now, seq, remaining });
  publish(engine, 'INSPECTOR_RISK_KILL_SWITCH', payload);
  if (name === 'TRIGGERED' || name === 'VERIFIED_FLAT') {
    const message = `Kill switch ${name} on ${incident.scopes.join(' ')}: ${reason}.`;
    alert(engine, {
      code: `KILL_SWITCH_${name}`,
      severity: name === 'TRIGGERED' ? 'critical' : 'warn',
      message,
      data: payload,
    });
  }
}
