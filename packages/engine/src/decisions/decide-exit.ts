/**
 * Close, reduce and flip requests: never blocked, throttled or counted by an entry rule. They need an open runtime
 * position of the named side and take what is not already on its way out (semantics 3, "Exits are different").
 */
import { accountAsked } from '#account/accounts.ts';
import { record, shown } from '#audit/record.ts';
import { reaches } from '#number/compare.ts';
import { traceIdOf } from '#number/hash.ts';
import { floorToStep } from '#number/rounding.ts';
import { closableQuantity, requestClose } from '#positions/close.ts';
import { positionAt } from '#positions/positions.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { symbolIdOf } from '#state/keys.ts';
import type { Position } from '#state/positions.ts';
import { findDecided, isRequestLogFull, rememberDecided } from '#state/request-log.ts';
import type { ParsedRequest } from './entry.ts';
import { parseExit } from './parse-exit.ts';

type Raw = Record<string, unknown>;

export interface ExitRequest {
  type: 'close' | 'reduce' | 'flip';
  raw: { requestId: string } & Raw;
  eventId: string;
}

export function decideExit(engine: Engine, exit: ExitRequest): void {
  const request = parseExit(exit.raw, exit.type);
  const account = accountAsked(engine, request.connectorType, request.marketType, request.accountId);
  const symbol = symbolIdOf(engine, request.connectorType, request.marketType, request.symbolName);
  const position = symbol < 0 || account.index < 0 ? undefined : positionAt(engine, account.index, symbol);
  // A redelivered event is the same exit; a reduce that ran twice would take twice as much.
  const earlier = findDecided(engine.requests, request.requestId, engine.now);
  if (earlier !== undefined && earlier.eventId === exit.eventId) {
    engine.requests.duplicates++;
    const message = `${request.requestId} was decided ${engine.now - earlier.at} ms ago: ${earlier.decision} ${earlier.code}.`;
    recordExit(engine, exit, request, account, { code: 'REQUEST_DUPLICATE', message, quantity: 0, position });
    return;
  }
  const outcome = judgeExit(engine, exit.type, request, position);
  remember(engine, exit, outcome.code);
  recordExit(engine, exit, request, account, { ...outcome, position });
  if (outcome.code !== 'OK' || position === undefined) return;
  if (exit.type === 'flip') position.flip = flipOf(exit, position, outcome.quantity);
  requestClose(engine, position, {
    code: 'DETECTOR',
    reason: `${exit.type} requested by ${request.detectorSysname === '' ? 'a detector' : request.detectorSysname}`,
    quantity: outcome.quantity,
    requestId: request.requestId,
  });
}

interface ExitOutcome {
  code: string;
  message: string;
  quantity: number;
}

function judgeExit(
  engine: Engine,
  type: ExitRequest['type'],
  request: ParsedRequest,
  position: Position | undefined,
): ExitOutcome {
  if (request.problem !== '') {
    return { code: 'REQUEST_INVALID', message: `The request is invalid: ${request.problem}.`, quantity: 0 };
  }
  const nothing = {
    code: 'NO_POSITION',
    message: `${request.symbolName} has no open ${request.side} to close.`,
    quantity: 0,
  };
  if (position === undefined || position.side !== request.side) return nothing;
  if (position.ownership === 'legacy') {
    const message = `${request.symbolName} holds a legacy position, which is not touched; adopt it first.`;
    return { code: 'LEGACY_POSITION', message, quantity: 0 };
  }
  const open = closableQuantity(engine, position, 'DETECTOR');
  if (!(open > 0))
    return { ...nothing, message: `All of the ${request.symbolName} ${request.side} is on its way out.` };
  // A flip leaves the whole position: its quantity is that of the new side.
  const wanted = type === 'flip' || Number.isNaN(request.quantity) ? open : Math.min(request.quantity, open);
  const step = engine.symbols.specs[position.symbol]?.stepSize ?? 0;
  const quantity = reaches(wanted, open) ? open : floorToStep(wanted, step);
  if (!(quantity > 0)) return { ...nothing, message: `${shown(request.quantity)} rounds down to nothing.` };
  return { code: 'OK', message: `${shown(quantity)} of ${request.symbolName} ${request.side} is closed.`, quantity };
}

/** The entry of the other side that follows once the position is flat. */
function flipOf(exit: ExitRequest, position: Position, closed: number): Position['flip'] {
  const { quantity, sizePercent } = exit.raw;
  const isSized = quantity !== undefined || sizePercent !== undefined;
  const request: Raw = { ...exit.raw, side: position.side === 'LONG' ? 'SHORT' : 'LONG' };
  if (!isSized) request.quantity = closed;
  return { requestId: exit.raw.requestId, request, eventId: exit.eventId };
}

function remember(engine: Engine, exit: ExitRequest, code: string): void {
  const { requests } = engine;
  if (isRequestLogFull(requests, engine.now) || requests.decided.has(exit.raw.requestId)) return;
  const approved = code === 'OK';
  const decision = approved ? 'ALLOW' : 'BLOCK';
  const seq = engine.lastSeq + 1;
  rememberDecided(requests, exit.raw.requestId, {
    at: engine.now,
    approved,
    decision,
    code,
    seq,
    eventId: exit.eventId,
  });
}

/** An exit is not priced: it goes at market, whatever it costs. */
const unpriced = {
  price: null,
  notionalUsd: null,
  stopLoss: null,
  takeProfit: null,
  leverage: null,
  riskUsd: null,
  marginUsd: null,
};

function recordExit(
  engine: Engine,
  exit: ExitRequest,
  request: ParsedRequest,
  account: Account,
  outcome: ExitOutcome & { position: Position | undefined },
): void {
  const { code, message, position } = outcome;
  const accountKey = account.key;
  const violation = { code, scope: `account:${accountKey}`, observed: null, limit: null, unit: '', message };
  record(engine, 'REQUEST_DECIDED', {
    code,
    severity: code === 'OK' ? 'info' : 'warn',
    accountKey,
    symbol: request.symbolName === '' ? undefined : request.symbolName,
    positionId: position?.positionId,
    requestId: request.requestId,
    detectorSysname: request.detectorSysname === '' ? null : request.detectorSysname,
    traceId: position?.traceId ?? traceIdOf(`request|${request.requestId}`),
    message,
    data: {
      decision: code === 'OK' ? 'ALLOW' : 'BLOCK',
      code,
      message,
      violations: code === 'OK' ? [] : [violation],
      maxQuantity: null,
      sizing: { ...unpriced, quantity: outcome.quantity, method: 'position' },
      governor: { action: engine.governorAction, reasons: engine.governorReasons },
      evaluatedAt: engine.now,
      inputs: {
        price: null,
        priceAgeMs: null,
        equityUsd: account.equityKnown ? account.equity : null,
        skipped: [],
        warnings: [],
      },
      seq: engine.lastSeq + 1,
      request: exit.raw,
      exit: true,
    },
  });
}
