/** A position in the wire's shape. */
import type { PositionRuntimeState } from '@inspector/contract';
import { known } from '#audit/record.ts';
import { ownOrdersOf } from '#orders/live-orders.ts';
import { quantityOf, settingsOf } from '#positions/positions.ts';
import { coveredQuantity, nakedQuantity, wantsStop } from '#protection/naked.ts';
import { newestOf } from '#protection/protect.ts';
import { breakevenStop, venueStopPrice, venueTargetPrice } from '#protection/stop-price.ts';
import type { Engine } from '#state/engine.ts';
import type { Position } from '#state/positions.ts';

export function positionState(engine: Engine, position: Position): PositionRuntimeState {
  const { table, symbols } = engine;
  const { slot, symbol } = position;
  const account = engine.accounts[position.account]!;
  const quantity = quantityOf(engine, position);
  const entryPrice = table.entryPrice[slot]!;
  const price = table.price[slot]!;
  const direction = table.direction[slot]!;
  const unrealized = direction * (price - entryPrice) * quantity;
  const stop = position.ownership === 'runtime' ? venueStopPrice(engine, position) : Number.NaN;
  return {
    positionId: position.positionId,
    accountKey: account.key,
    connectorType: account.connectorType,
    marketType: account.marketType,
    symbol: symbols.names[symbol]!,
    side: position.side,
    quantity,
    entryPrice,
    entryTime: position.entryTime,
    ownership: position.ownership,
    status: position.status,
    markPrice: known(symbols.price[symbol]!),
    unrealizedPnlUsd: unrealized,
    unrealizedPnlPct: entryPrice > 0 ? direction * (price / entryPrice - 1) * 100 : null,
    leverage: known(position.leverage),
    notionalUsd: quantity * price,
    stopLoss: known(stop),
    takeProfit: position.ownership === 'runtime' ? known(venueTargetPrice(engine, position)) : null,
    stopDistancePct: known((direction * (price - stop) * 100) / price),
    riskUsd: known(quantity * Math.max(0, direction * (entryPrice - stop))),
    riskBudgetUsd: known(position.riskBudgetUsd),
    breakeven: {
      armed: position.breakevenArmed,
      price: position.breakevenArmed ? known(breakevenStop(engine, position)) : null,
    },
    trailing: trailingState(engine, position),
    protection: protectionState(engine, position),
    holdSeconds: Math.max(0, (engine.now - position.entryTime) / 1000),
    maxHoldSeconds: settingsOf(engine, position).maxPositionHoldTime,
    source: sourceOf(position),
    ...(position.detectorSysname === null ? {} : { detectorSysname: position.detectorSysname }),
    openedSeq: position.openedSeq,
    updatedAt: position.updatedAt,
  };
}

/** Who opened it: an entry of Inspector for a detector, or somebody else. */
function sourceOf(position: Position): string {
  if (position.requestIds.length > 0) return position.detectorSysname === null ? 'inspector' : 'detector';
  return 'external';
}

function trailingState(engine: Engine, position: Position) {
  const { table } = engine;
  const { slot } = position;
  const trail = table.trail[slot]!;
  const isOn = position.ownership === 'runtime' && trail > 0;
  const stop = table.peak[slot]! * (1 - table.direction[slot]! * trail);
  return { armed: isOn, peak: isOn ? known(table.peak[slot]!) : null, stop: isOn ? known(stop) : null };
}

function protectionState(engine: Engine, position: Position) {
  const stop = newestOf(ownOrdersOf(engine, position, 'STOP'));
  const target = newestOf(ownOrdersOf(engine, position, 'TARGET'));
  const naked = nakedQuantity(engine, position);
  return {
    state: stateOf(engine, position, naked),
    stopOrderId: stop?.clientOrderId ?? null,
    takeProfitOrderId: target?.clientOrderId ?? null,
    coveredQuantity: coveredQuantity(engine, position),
    nakedQuantity: naked,
    nakedSince: known(position.naked.since),
  };
}

/** `none` by choice; `degraded` past `nakedMaxMs` or after a refusal. */
function stateOf(engine: Engine, position: Position, naked: number): 'none' | 'pending' | 'working' | 'degraded' {
  if (!wantsStop(engine, position)) return 'none';
  if (naked === 0) return 'working';
  const isLate = engine.now - position.naked.since >= settingsOf(engine, position).nakedMaxMs;
  return isLate || position.protectionFailures > 0 || position.naked.attempt > 0 ? 'degraded' : 'pending';
}
