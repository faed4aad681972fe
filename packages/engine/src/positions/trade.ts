/** The end of a trade: its record, the account's counters, and what remains of its orders (semantics 1.8). */
import { readEquity } from '#account/equity.ts';
import { record, shown } from '#audit/record.ts';
import { decideFlipEntry } from '#decisions/flip.ts';
import { afterFlatOfCloseAll } from '#kill/close-all.ts';
import { afterFlat } from '#kill/kill-switch.ts';
import { judgeCount } from '#limits/count-limits.ts';
import { cancelOrder } from '#orders/cancel.ts';
import { isProtective, liveOrdersAt, ownOrdersOf } from '#orders/live-orders.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import type { Position } from '#state/positions.ts';
import { positionState } from '#views/position-state.ts';
import { releaseSlot, removePosition } from './positions.ts';

/** Takes a flat position out, writes POSITION_CLOSED and counts the trade. */
export function closeTrade(engine: Engine, position: Position, code: string): void {
  endNaked(engine, position);
  const exitPrice =
    position.exitQuantity > 0 ? position.exitNotional / position.exitQuantity : engine.table.price[position.slot]!;
  const realizedPnlUsd = position.grossPnlUsd - position.feesUsd;
  const state = positionState(engine, position);
  if (position.status !== 'closed') removePosition(engine, position);
  position.attributionDue = Number.NaN;
  engine.positions.delete(position.serial);
  record(engine, 'POSITION_CLOSED', {
    code,
    severity: code === 'NAKED_EXPOSURE' || code === 'KILL_SWITCH' ? 'warn' : 'info',
    accountKey: state.accountKey,
    symbol: state.symbol,
    positionId: position.positionId,
    requestId: position.requestIds[0],
    detectorSysname: position.detectorSysname,
    traceId: position.traceId,
    message: `${state.symbol} ${state.side} closed by ${code} at ${shown(exitPrice)}: ${shown(realizedPnlUsd)} USD net.`,
    data: {
      ...state,
      quantity: 0,
      status: 'closed',
      closedQuantity: position.openedQuantity,
      exitPrice,
      exitTime: engine.now,
      realizedPnlUsd,
      feesUsd: position.feesUsd,
      ...excursions(engine, position),
      nakedMs: position.naked.totalMs,
      decisionPrice: Number.isNaN(position.decisionPrice) ? null : position.decisionPrice,
    },
  });
  releaseSlot(engine, position);
  cancelRest(engine, position);
  countTrade(engine, engine.accounts[position.account]!, realizedPnlUsd, position.exitNotional);
  readEquity(engine, engine.accounts[position.account]!, true);
  afterFlat(engine, position.account);
  afterFlatOfCloseAll(engine, position.account);
  if (position.flip !== null) decideFlipEntry(engine, position);
}

function endNaked(engine: Engine, position: Position): void {
  const { naked } = position;
  if (!Number.isNaN(naked.since)) naked.totalMs += engine.now - naked.since;
  naked.since = Number.NaN;
  naked.due = Number.NaN;
}

/** How far the price went against and with the position, in percent of entry. */
function excursions(engine: Engine, position: Position) {
  const { table } = engine;
  const { slot } = position;
  const entry = table.entryPrice[slot]!;
  const up = ((table.bestPrice[slot]! - entry) / entry) * 100;
  const down = ((table.worstPrice[slot]! - entry) / entry) * 100;
  const isLong = position.side === 'LONG';
  return {
    favourableExcursionPct: Math.max(0, isLong ? up : -down),
    adverseExcursionPct: Math.max(0, isLong ? -down : up),
  };
}

/** A flat position leaves no order: stops, targets and the rest of its entry are cancelled. */
function cancelRest(engine: Engine, position: Position): void {
  for (const order of ownOrdersOf(engine, position)) cancelOrder(engine, order);
  if (position.ownership === 'legacy') return;
  for (const order of liveOrdersAt(engine, position.account, position.symbol)) {
    // A stop or target of somebody else protects nothing any more either.
    const isOrphan = isProtective(order) || (order.own && order.purpose === 'CLOSE');
    if (isOrphan) cancelOrder(engine, order);
  }
}

function countTrade(engine: Engine, account: Account, resultUsd: number, turnoverUsd: number): void {
  account.closedTrades++;
  // Of sums of money what is left below 1e-12 of the turnover is rounding, not result.
  if (Math.abs(resultUsd) <= turnoverUsd * 1e-12) return;
  if (resultUsd > 0) {
    account.wins++;
    account.consecutiveLosses = 0;
    judgeCount(engine, account, 'CONSECUTIVE_LOSSES');
    return;
  }
  account.losses++;
  account.consecutiveLosses++;
  account.lastLossAt = engine.now;
  judgeCount(engine, account, 'CONSECUTIVE_LOSSES');
  judgeCount(engine, account, 'LOSS_TRADES_PER_DAY');
}
