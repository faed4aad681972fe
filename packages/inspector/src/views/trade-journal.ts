import type { AuditRecord, ClosedPosition, PositionRuntimeState } from '@inspector/contract';
import type { AuditFold } from './audit-fold.ts';
import { TRADES_LIMIT } from './bounds.ts';
import { type Excursion, gainPct, type Side, widened } from './excursion.ts';
import { createFollowed, type Followed } from './followed.ts';
import { createRing, newestOf, type Ring } from './ring.ts';

/** A closed position as it was recorded, with what its earlier records tell of how it went. */
export interface ClosedTrade {
  position: ClosedPosition;
  /** Why it ended. */
  code: string;
  seq: number;
  ts: number;
  traceId: string;
  /** Largest quantity that was open, base units. */
  quantity: number;
  /** Entry against the price that the decision used; above 0 is worse. Null when no decision opened it. */
  entrySlippagePct: number | null;
  /** Exit against the stop or target that ended it; above 0 is worse. Null where there was none. */
  exitSlippagePct: number | null;
  /** How long any of it was without a confirmed working stop; null when its beginning was not seen. */
  nakedMs: number | null;
  /** Furthest against it and in its favour, percent of entry, as far as records tell prices. */
  adverseExcursionPct: number;
  favourableExcursionPct: number;
}

export interface TradeJournal extends AuditFold {
  readonly size: number;
  /** Newest first. */
  latest(count: number, matches?: (trade: ClosedTrade) => boolean): ClosedTrade[];
}

interface OpenTrade {
  entryPrice: number;
  quantity: number;
  expectedPrice: number | null;
  /** Since when some of it is naked; null while it is covered. */
  nakedFrom: number | null;
  nakedMs: number;
  excursion: Excursion;
}

export function createTradeJournal(): TradeJournal {
  const trades = createRing<ClosedTrade>(TRADES_LIMIT);
  const open = createFollowed<OpenTrade>();
  const decidedPrices = createFollowed<number>();
  return {
    get size() {
      return trades.size;
    },
    latest: (count, matches) => newestOf(trades, count, matches),
    apply(record) {
      switch (record.kind) {
        case 'REQUEST_DECIDED':
          followDecision(record, decidedPrices);
          break;
        case 'POSITION_OPENED':
        case 'POSITION_UPDATED':
          followPosition(record, open, decidedPrices);
          break;
        case 'PROTECTION_PLACED':
        case 'PROTECTION_MOVED':
        case 'PROTECTION_CANCELLED':
        case 'PROTECTION_FAILED':
        case 'NAKED_EXPOSURE':
          followNaked(record, open);
          break;
        case 'POSITION_CLOSED':
          closePosition(record, open, trades);
          break;
        default:
          break;
      }
    },
  };
}

function closePosition(record: AuditRecord, open: Followed<OpenTrade>, trades: Ring<ClosedTrade>): void {
  const positionId = record.positionId ?? (record.data as unknown as ClosedPosition).positionId;
  trades.push(closedTrade(record, open.get(positionId)));
  open.delete(positionId);
}

/** The price that an approved entry was decided at, to compare the fill with. */
function followDecision(record: AuditRecord, decidedPrices: Followed<number>): void {
  const { decision, sizing, exit } = record.data as { decision?: string; sizing?: { price?: unknown }; exit?: boolean };
  if (decision !== 'ALLOW' || exit === true || record.requestId === undefined) return;
  if (typeof sizing?.price === 'number') decidedPrices.set(record.requestId, sizing.price);
}

function followPosition(record: AuditRecord, open: Followed<OpenTrade>, decidedPrices: Followed<number>): void {
  const state = record.data as unknown as PositionRuntimeState;
  const positionId = record.positionId ?? state.positionId;
  const trade = open.get(positionId) ?? openTrade(state);
  if (trade.expectedPrice === null && record.requestId !== undefined) {
    trade.expectedPrice = decidedPrices.get(record.requestId) ?? null;
  }
  trade.entryPrice = state.entryPrice;
  trade.quantity = Math.max(trade.quantity, state.quantity);
  trade.excursion = reached(trade.excursion, state);
  const { nakedQuantity = 0, nakedSince = null } = state.protection ?? {};
  setNaked(trade, nakedQuantity > 0, nakedSince ?? record.ts, record.ts);
  open.set(positionId, trade);
}

function openTrade(state: PositionRuntimeState): OpenTrade {
  return {
    entryPrice: state.entryPrice,
    quantity: state.quantity,
    expectedPrice: null,
    nakedFrom: null,
    nakedMs: 0,
    excursion: { favourablePct: 0, adversePct: 0 },
  };
}

/** Only a stop covers; a target protects nothing. */
function followNaked(record: AuditRecord, open: Followed<OpenTrade>): void {
  const trade = open.get(record.positionId ?? '');
  if (trade === undefined) return;
  if (record.kind === 'NAKED_EXPOSURE') {
    const nakedMs = record.data.nakedMs;
    setNaked(trade, true, record.ts - (typeof nakedMs === 'number' ? nakedMs : 0), record.ts);
  } else if (record.code === 'STOP' && (record.kind === 'PROTECTION_PLACED' || record.kind === 'PROTECTION_MOVED')) {
    setNaked(trade, false, record.ts, record.ts);
  }
}

function setNaked(trade: OpenTrade, naked: boolean, since: number, now: number): void {
  if (naked) {
    trade.nakedFrom ??= Math.min(since, now);
  } else if (trade.nakedFrom !== null) {
    trade.nakedMs += Math.max(0, now - trade.nakedFrom);
    trade.nakedFrom = null;
  }
}

/** Every price that a state tells widens the excursion: its mark, and the best confirmed price since entry. */
function reached(excursion: Excursion, state: PositionRuntimeState): Excursion {
  const { side, entryPrice, markPrice, trailing } = state;
  return widened(widened(excursion, side, entryPrice, markPrice ?? null), side, entryPrice, trailing?.peak ?? null);
}

function closedTrade(record: AuditRecord, followed: OpenTrade | undefined): ClosedTrade {
  const position = record.data as unknown as ClosedPosition;
  const trade = followed ?? openTrade(position);
  setNaked(trade, false, record.ts, record.ts);
  const { side, entryPrice, exitPrice } = position;
  const excursion = widened(reached(trade.excursion, position), side, entryPrice, exitPrice);
  const exitSide = side === 'LONG' ? 'SHORT' : 'LONG';
  return {
    position,
    code: record.code,
    seq: record.seq,
    ts: record.ts,
    traceId: record.traceId,
    quantity: Math.max(trade.quantity, position.quantity),
    entrySlippagePct: slippagePct(side, trade.expectedPrice, entryPrice),
    exitSlippagePct: slippagePct(exitSide, expectedExit(record.code, position), exitPrice),
    nakedMs: followed === undefined ? null : trade.nakedMs,
    adverseExcursionPct: excursion.adversePct,
    favourableExcursionPct: excursion.favourablePct,
  };
}

function expectedExit(code: string, { stopLoss, takeProfit }: ClosedPosition): number | null {
  switch (code) {
    case 'STOP_LOSS':
    case 'TRAILING_STOP':
    case 'BREAKEVEN_STOP':
      return stopLoss;
    case 'TAKE_PROFIT':
      return takeProfit;
    default:
      return null;
  }
}

/** Percent by which a fill on the `bought` side was worse than expected: dearer to buy (LONG), cheaper to sell (SHORT). */
function slippagePct(bought: Side, expected: number | null, filled: number | null): number | null {
  return expected === null || filled === null || !(expected > 0) ? null : gainPct(bought, expected, filled);
}
