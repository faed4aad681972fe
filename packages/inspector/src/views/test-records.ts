import type { AuditRecord, PositionRuntimeState } from '@inspector/contract';

/** An audit record for tests of the views: what is not given is harmless. */
export function auditRecord(seq: number, given: Partial<AuditRecord> = {}): AuditRecord {
  return {
    seq,
    ts: 1_000 * seq,
    kind: 'POSITION_UPDATED',
    code: 'RUNTIME',
    severity: 'info',
    traceId: `trace-${seq}`,
    message: '',
    data: {},
    epoch: 1,
    ...given,
  };
}

/** A LONG of 2 at 100, fully protected. */
export function positionState(
  given: Partial<PositionRuntimeState> = {},
): PositionRuntimeState & Record<string, unknown> {
  return {
    positionId: 'p1',
    accountKey: 'paper:futures',
    connectorType: 'paper',
    marketType: 'futures',
    symbol: 'BTCUSDT',
    side: 'LONG',
    quantity: 2,
    entryPrice: 100,
    entryTime: 1_000,
    ownership: 'runtime',
    status: 'open',
    markPrice: 100,
    unrealizedPnlUsd: 0,
    unrealizedPnlPct: 0,
    leverage: 3,
    notionalUsd: 200,
    stopLoss: 99,
    takeProfit: 105,
    stopDistancePct: 1,
    riskUsd: 2,
    riskBudgetUsd: 20,
    breakeven: { armed: false, price: null },
    trailing: { armed: false, peak: null, stop: null },
    protection: {
      state: 'working',
      stopOrderId: 's1',
      takeProfitOrderId: 't1',
      coveredQuantity: 2,
      nakedQuantity: 0,
      nakedSince: null,
    },
    holdSeconds: 0,
    maxHoldSeconds: 0,
    source: 'detector',
    openedSeq: 1,
    updatedAt: 1_000,
    ...given,
  };
}
