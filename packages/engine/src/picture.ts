/**
 * A read-only picture of the engine for REST and /ws: plain data in the wire's shapes, made between steps by `picture`.
 * The runner makes one when asked, at most every 100 ms, and serves readers from it.
 */
import type {
  AccountExposure,
  GovernorState,
  HeadroomEntry,
  KpiSnapshot,
  LiquiditySnapshot,
  Options,
  PositionRuntimeState,
  PriceSnapshot,
} from '@inspector/contract';

export interface Picture {
  /** Sequence of the last audit record that the picture contains. */
  seq: number;
  timestamp: number;
  options: Options;
  optionsVersion: number;
  /** All accounts together; `accounts` holds each one's own by accountKey. */
  kpi: KpiSnapshot;
  accounts: Record<string, KpiSnapshot>;
  /** Open positions, runtime and legacy. */
  positions: PositionRuntimeState[];
  governor: GovernorState;
  headroom: HeadroomEntry[];
  exposure: Record<string, AccountExposure>;
  prices: Record<string, PriceSnapshot>;
  liquidity: Record<string, LiquiditySnapshot>;
  reconciliation: ReconciliationState[];
  reservations: ReservationStats;
  idempotency: IdempotencyStats;
  leases: LeaseState[];
  incidents: IncidentState[];
}

export interface ReconciliationState {
  accountKey: string;
  reconciled: boolean;
  streamGap: boolean;
  lastAt: number | null;
  lastOk: boolean;
  differences: Record<string, unknown>[];
  repaired: Record<string, unknown>[];
}

export interface ReservationStats {
  count: number;
  notionalUsd: number;
  marginUsd: number;
  data: {
    requestId: string;
    accountKey: string;
    symbol: string;
    side: 'LONG' | 'SHORT';
    quantity: number;
    notionalUsd: number;
    since: number;
  }[];
}

export interface IdempotencyStats {
  requestIds: number;
  requestIdsLimit: number;
  duplicates: number;
  /** Orders by status, `{NEW: 3, FILLED: 12, …}`. */
  intents: Record<string, number>;
}

export interface LeaseState {
  detectorSysname: string;
  ttlMs: number;
  onExpiry: 'block' | 'close';
  expiresAt: number;
  expired: boolean;
}

export interface IncidentState {
  incidentId: string;
  phase: string;
  scopes: string[];
  includeLegacy: boolean;
  actor: string;
  reason: string;
  triggeredAt: number;
  verifiedAt: number | null;
  rearmedAt: number | null;
  timeline: { phase: string; ts: number; seq: number; remaining: { orders: number; positions: number } }[];
  /** What the venue itself showed when the kill was verified, and what was left out on purpose. */
  proof: Record<string, unknown> | null;
  estimatedCostUsd: number;
  realizedCostUsd: number;
  fromSeq: number;
  toSeq: number | null;
}
