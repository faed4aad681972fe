import type { AuditRecord, HeadroomEntry, PositionRuntimeState } from '@inspector/contract';

/** Records kept for pages that ask for older ones. */
const KEPT_RECORDS = 10_000;
const BEGAN = Date.now();

export const symbolOf = (index: number): string => `SYM${String(index).padStart(3, '0')}USDT`;

/** A price that moves for ever. */
export const priceOf = (index: number): number => 100 + index + 5 * Math.sin(Date.now() / 3_000 + index);

export function busyPosition(index: number): PositionRuntimeState {
  const entryPrice = 100 + index;
  const markPrice = priceOf(index);
  const side = index % 2 === 0 ? 'LONG' : 'SHORT';
  const perUnit = (markPrice - entryPrice) * (side === 'LONG' ? 1 : -1);
  return {
    positionId: `p${index}`,
    accountKey: 'paper:futures',
    connectorType: 'paper',
    marketType: 'futures',
    symbol: symbolOf(index),
    side,
    quantity: 2,
    entryPrice,
    entryTime: BEGAN,
    ownership: index % 10 === 0 ? 'legacy' : 'runtime',
    status: 'open',
    markPrice,
    unrealizedPnlUsd: perUnit * 2,
    unrealizedPnlPct: (100 * perUnit) / entryPrice,
    leverage: 3,
    notionalUsd: markPrice * 2,
    stopLoss: entryPrice * (side === 'LONG' ? 0.97 : 1.03),
    takeProfit: entryPrice * (side === 'LONG' ? 1.05 : 0.95),
    stopDistancePct: 3,
    riskUsd: 6,
    riskBudgetUsd: 50,
    breakeven: { armed: false, price: null },
    trailing: { armed: index % 3 === 0, peak: markPrice, stop: markPrice * 0.98 },
    protection: {
      state: 'working',
      stopOrderId: `s${index}`,
      takeProfitOrderId: `t${index}`,
      coveredQuantity: 2,
      nakedQuantity: 0,
      nakedSince: null,
    },
    holdSeconds: (Date.now() - BEGAN) / 1000,
    maxHoldSeconds: 0,
    source: 'detector',
    detectorSysname: 'busy',
    openedSeq: index + 1,
    updatedAt: Date.now(),
  };
}

export function busyLimit(index: number): HeadroomEntry {
  const usedPct = 50 + 49 * Math.sin(Date.now() / 10_000 + index);
  return {
    code: 'POSITION_SIZE_MAX',
    scope: `symbol:paper:futures:${symbolOf(index)}`,
    observed: 10 * usedPct,
    limit: 1_000,
    unit: 'USD',
    usedPct,
    distance: 1_000 - 10 * usedPct,
    timeToTripSec: null,
    action: 'BLOCK',
  };
}

export interface BusyTrail {
  /** Newest first, as REST answers. */
  find(query: { limit: number; afterSeq: number; to: number; kind: string | null }): AuditRecord[];
  lastSeq(): number;
}

/** A trail that grows by so many records a second. */
export function busyTrail(recordsPerSecond: number): BusyTrail {
  const records: AuditRecord[] = [];
  let lastSeq = 0;
  const grow = (): void => {
    const due = Math.floor(((Date.now() - BEGAN) / 1000) * recordsPerSecond);
    if (due - lastSeq > KEPT_RECORDS) lastSeq = due - KEPT_RECORDS;
    while (lastSeq < due) {
      lastSeq += 1;
      records.push(busyRecord(lastSeq));
    }
    if (records.length > KEPT_RECORDS) records.splice(0, records.length - KEPT_RECORDS);
  };
  return {
    lastSeq: () => lastSeq,
    find({ limit, afterSeq, to, kind }) {
      grow();
      const found: AuditRecord[] = [];
      for (let at = records.length - 1; at >= 0 && found.length < limit; at -= 1) {
        const record = records[at] as AuditRecord;
        if (record.seq <= afterSeq) break;
        if (record.ts <= to && (kind === null || record.kind === kind)) found.push(record);
      }
      return found;
    },
  };
}

function busyRecord(seq: number): AuditRecord {
  const common = { seq, ts: Date.now(), accountKey: 'paper:futures', symbol: symbolOf(seq % 500), epoch: 1 };
  if (seq % 5 !== 0) {
    return {
      ...common,
      kind: seq % 2 === 0 ? 'ORDER_SENT' : 'ORDER_RESULT',
      code: 'NEW',
      severity: 'info',
      traceId: `t${Math.floor(seq / 5)}`,
      orderId: `o${seq}`,
      message: `STOP STOP_MARKET SELL 2 ${symbolOf(seq % 500)}: NEW.`,
      data: { clientOrderId: `o${seq}`, quantity: 2, status: 'NEW', purpose: 'STOP', version: 1 },
    };
  }
  const message = 'Leverage 50; at most 10 is allowed.';
  const sizing = { quantity: 2, price: 100, notionalUsd: 200, stopLoss: 98, takeProfit: 105, leverage: 50 };
  return {
    ...common,
    kind: 'REQUEST_DECIDED',
    code: 'LEVERAGE',
    severity: 'warn',
    requestId: `r${seq}`,
    detectorSysname: 'busy',
    traceId: `t${seq / 5}`,
    message,
    data: {
      decision: 'BLOCK',
      code: 'LEVERAGE',
      message,
      violations: [{ code: 'LEVERAGE', scope: 'account:paper:futures', observed: 50, limit: 10, unit: 'x', message }],
      maxQuantity: null,
      sizing: { ...sizing, riskUsd: 4, marginUsd: 4, method: 'quantity' },
      governor: { action: 'ALLOW', reasons: [] },
      evaluatedAt: Date.now(),
      inputs: { price: 100, priceAgeMs: 10, equityUsd: 10_000, skipped: [], warnings: [] },
      seq,
      request: { requestId: `r${seq}`, symbol: { name: symbolOf(seq % 500) }, side: 'LONG', quantity: 2, leverage: 50 },
    },
  };
}
