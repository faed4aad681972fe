import type { AuditKind, AuditRecord } from '@inspector/contract';

/** First parts of the keys of queries, so that records can name what they make old. */
export const queryKeys = {
  dashboard: ['dashboard'],
  kpi: ['kpi'],
  governor: ['governor'],
  headroom: ['headroom'],
  positions: ['positions'],
  prices: ['prices'],
  liquidity: ['liquidity'],
  options: ['options'],
  health: ['health'],
  system: ['system'],
  reconcile: ['reconcile'],
  audit: ['audit'],
  trace: ['trace'],
  incident: ['incident'],
  trades: ['trades'],
  connectors: ['connectors'],
  symbols: ['symbols'],
  candles: ['candles'],
} as const satisfies Record<string, readonly string[]>;

type Key = (typeof queryKeys)[keyof typeof queryKeys];

const { governor, headroom, positions, options, incident, trades, reconcile, dashboard } = queryKeys;

/** What a record of a kind makes old at once. The rest is read again in its own time. */
const oldAfter: Partial<Record<AuditKind, readonly Key[]>> = {
  GOVERNOR_CHANGED: [governor, headroom, dashboard],
  LIMIT_BREACHED: [governor, headroom],
  STRESS_CHANGED: [governor, dashboard],
  KILL_SWITCH: [governor, incident],
  OPTIONS_CHANGED: [options, headroom],
  POSITION_OPENED: [positions, dashboard],
  POSITION_UPDATED: [positions],
  POSITION_CLOSED: [positions, trades, dashboard],
  PROTECTION_PLACED: [positions],
  PROTECTION_MOVED: [positions],
  PROTECTION_FAILED: [positions],
  NAKED_EXPOSURE: [positions],
  RECONCILED: [reconcile],
  STARTED: [governor, options, positions, headroom, dashboard],
  DAY_ROLLED: [headroom, dashboard],
};

/** Keys of the queries that these records make old, each once. */
export function keysAfter(records: readonly Pick<AuditRecord, 'kind'>[]): Set<Key> {
  const keys = new Set<Key>();
  for (const { kind } of records) for (const key of oldAfter[kind] ?? []) keys.add(key);
  return keys;
}
