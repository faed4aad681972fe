/** Open requests: judged by all rules, recorded, and when approved sent as an entry (semantics 3). */
import type { Decision } from '@inspector/contract';
import { accountAsked } from '#account/accounts.ts';
import { record } from '#audit/record.ts';
import { judgeCount } from '#limits/count-limits.ts';
import { traceIdOf } from '#number/hash.ts';
import { placeOrder } from '#orders/place.ts';
import { createFindings, judgeEntry } from '#rules/index.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { symbolIdOf } from '#state/keys.ts';
import { findDecided, MAX_REQUEST_IDS, rememberDecided } from '#state/request-log.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { decisionOf, type Verdict, verdictOf } from './decision.ts';
import { createEntry, type Entry, gatherEntry, type ParsedRequest } from './entry.ts';
import { largestAllowed } from './max-quantity.ts';
import { createParsedRequest, parseOpenRequest } from './parse-request.ts';
import { updateReservation } from './reservations.ts';
import { sizeEntry } from './sizing.ts';

/** Detectors remembered for `autoThrottleDetectors`. */
const MAX_DETECTORS = 10_000;
/** Approval times kept per account: as many as `maxOrdersPerSecond` can be. */
const MAX_APPROVALS = 20_000;

// One request is judged at a time, so its context and findings are made once.
const entry = createEntry();
const parsed = createParsedRequest();
const findings = createFindings();

export interface OpenRequest {
  raw: { requestId: string } & Record<string, unknown>;
  eventId: string;
  source: 'DETECTOR' | 'ADVISOR' | 'REST';
}

/** Decides, records, and sends the entry of an approval. */
export function decideOpen(engine: Engine, open: OpenRequest): void {
  decide(engine, open, false);
}

/** The entry of a flip: its id was decided with the exit, so it is no duplicate of that. */
export function decideFlipped(engine: Engine, open: OpenRequest): void {
  decide(engine, open, true);
}

function decide(engine: Engine, open: OpenRequest, isFlipped: boolean): void {
  const request = parseOpenRequest(open.raw, open.source !== 'ADVISOR', parsed);
  const account = judgeRequest(engine, request, isFlipped);
  const verdict = verdictOf(engine, entry, findings);
  const decision = decisionOf(engine, entry, verdict, findings);
  remember(engine, request, open.eventId, verdict);
  noteAsked(engine, account, request);
  recordDecision(engine, account, request, decision, { request: open.raw });
  if (verdict.decision === 'ALLOW') approve(engine, account, entry);
}

/** `risk/check`: the decision and the largest quantity that would pass; nothing is reserved, counted or sent. */
export function checkOpen(
  engine: Engine,
  raw: { requestId: string } & Record<string, unknown>,
  actor: string,
): Decision {
  const request = parseOpenRequest(raw, true, parsed);
  const account = judgeRequest(engine, request, true);
  const verdict = verdictOf(engine, entry, findings);
  const decision = decisionOf(engine, entry, verdict, findings);
  decision.maxQuantity = request.problem === '' ? largestAllowed(engine, entry) : 0;
  recordDecision(engine, account, request, decision, { request: raw, check: true }, actor);
  return decision;
}

/**
 * What would be decided on an open request now, and nothing more: no record, no reservation, no count, and the id stays
 * undecided. For those who ask in passing, and for benchmarks of the decision itself.
 */
export function judgeOpen(engine: Engine, raw: { requestId: string } & Record<string, unknown>): Verdict {
  judgeRequest(engine, parseOpenRequest(raw, true, parsed), false);
  return verdictOf(engine, entry, findings);
}

/** Gathers and judges into the module's `entry` and `findings`. */
function judgeRequest(engine: Engine, request: ParsedRequest, isKnownId: boolean): Account {
  const { connectorType, marketType, accountId } = request;
  const account = accountAsked(engine, connectorType, marketType, accountId);
  const symbol = symbolIdOf(engine, connectorType, marketType, request.symbolName);
  entry.isKnownId = isKnownId;
  gatherEntry(engine, entry, request, account, symbol);
  sizeEntry(engine, entry);
  judgeEntry(entry, engine, findings);
  return account;
}

/** Remembers the first decision on an id; a duplicate leaves it as it was. */
function remember(engine: Engine, request: ParsedRequest, eventId: string, verdict: Verdict): void {
  const { requests } = engine;
  if (verdict.code === 'REQUEST_DUPLICATE') {
    requests.duplicates++;
    return;
  }
  const earlier = findDecided(requests, request.requestId, engine.now);
  if (earlier?.approved === true || requests.decided.size >= MAX_REQUEST_IDS) return;
  rememberDecided(requests, request.requestId, {
    at: engine.now,
    approved: verdict.decision === 'ALLOW',
    decision: verdict.decision,
    code: verdict.code,
    seq: engine.lastSeq + 1,
    eventId,
  });
}

function noteAsked(engine: Engine, account: Account, request: ParsedRequest): void {
  if (request.detectorSysname !== '' && engine.detectors.size < MAX_DETECTORS)
    engine.detectors.add(request.detectorSysname);
  if (entry.symbol >= 0) {
    account.requestedSymbols.add(entry.symbol);
    engine.symbols.watched[entry.symbol] = 1;
  }
}

function recordDecision(
  engine: Engine,
  account: Account,
  request: ParsedRequest,
  decision: Decision,
  extra: Record<string, unknown>,
  actor?: string,
): void {
  record(engine, 'REQUEST_DECIDED', {
    code: decision.code,
    severity: decision.decision === 'ALLOW' ? 'info' : 'warn',
    accountKey: account.key,
    symbol: request.symbolName === '' ? undefined : request.symbolName,
    positionId: entry.position?.positionId,
    requestId: request.requestId,
    detectorSysname: request.detectorSysname === '' ? null : request.detectorSysname,
    actor,
    traceId: traceIdOf(`request|${request.requestId}`),
    message: decision.message,
    data: { ...decision, ...extra },
  });
}

/** Reserves, counts and sends: MARKET, or LIMIT when the request names a price. */
function approve(engine: Engine, account: Account, approved: Entry): void {
  const { request, leverage, price } = approved;
  const isLimit = !Number.isNaN(request.limitPrice);
  const order = placeOrder(engine, {
    account: account.index,
    symbol: approved.symbol,
    purpose: 'ENTRY',
    side: approved.direction > 0 ? 'BUY' : 'SELL',
    type: isLimit ? 'LIMIT' : 'MARKET',
    quantity: approved.quantity,
    ...(isLimit ? { price: request.limitPrice } : {}),
    leverage,
    reduceOnly: false,
    position: null,
    requestId: request.requestId,
    detectorSysname: request.detectorSysname === '' ? null : request.detectorSysname,
    traceId: traceIdOf(`request|${request.requestId}`),
    expiresAt: request.expiresAt,
    requestedStop: request.stopLoss,
    requestedTarget: request.takeProfit,
  });
  order.price = price;
  updateReservation(engine, order);
  if (isLimit && !Number.isNaN(request.expiresAt)) {
    armTimer(engine.timers, timerKinds.orderExpiry, order.serial, request.expiresAt);
  }
  account.approvals.push(engine.now);
  if (account.approvals.length > 2 * MAX_APPROVALS) account.approvals.splice(0, MAX_APPROVALS);
  account.entriesApproved++;
  judgeCount(engine, account, 'TRADES_PER_DAY');
}
