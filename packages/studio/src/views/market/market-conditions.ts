import type { AuditKind, AuditRecord, AuditRecordOf } from '@inspector/contract';

/** Kinds of records that speak of a market's data. */
export const marketKinds = [
  'REGIME_CHANGED',
  'DATA_OUTLIER',
  'DATA_GAP',
  'VOLATILITY_SPIKE',
  'LIQUIDITY_DROPPED',
] as const satisfies readonly AuditKind[];
export type MarketKind = (typeof marketKinds)[number];

export type CountedKind = Exclude<MarketKind, 'REGIME_CHANGED'>;
export const countedKinds: readonly CountedKind[] = [
  'DATA_OUTLIER',
  'DATA_GAP',
  'VOLATILITY_SPIKE',
  'LIQUIDITY_DROPPED',
];

export type Regime = AuditRecordOf<'REGIME_CHANGED'>['data']['regime'];

export interface MarketCondition {
  /** The newest regime that was recorded; null: none yet. */
  regime: { regime: Regime; strength: number; since: number } | null;
  counts: Readonly<Record<CountedKind, number>>;
  /** The newest of all that is counted. */
  lastEvent: AuditRecord | null;
}

export const calmCondition: MarketCondition = {
  regime: null,
  counts: { DATA_OUTLIER: 0, DATA_GAP: 0, VOLATILITY_SPIKE: 0, LIQUIDITY_DROPPED: 0 },
  lastEvent: null,
};

export const isMarketKind = (kind: AuditKind): kind is MarketKind =>
  (marketKinds as readonly AuditKind[]).includes(kind);

/** Symbol key of a market record; undefined for one of an account's stream. A record without a market names any of them. */
export function keyOfRecord({ symbol, accountKey, data }: AuditRecord): string | undefined {
  const payload = data as { symbol?: unknown; connectorType?: unknown; marketType?: unknown };
  const name = symbol ?? (typeof payload.symbol === 'string' ? payload.symbol : '');
  if (name === '') return undefined;
  if (typeof payload.connectorType === 'string' && typeof payload.marketType === 'string') {
    return `${payload.connectorType}:${payload.marketType}:${name}`;
  }
  const [connectorType, marketType] = accountKey?.split(':') ?? [];
  return marketType === undefined ? `*:*:${name}` : `${connectorType}:${marketType}:${name}`;
}

/** Whether a record speaks of a symbol key. */
export function isOfMarket(record: AuditRecord, key: string): boolean {
  const own = keyOfRecord(record);
  return own === key || own === anyMarketOf(key);
}

/** What a record without a market is filed under. */
const anyMarketOf = (key: string): string => `*:*:${key.split(':').slice(2).join(':')}`;

/** What the records say of each symbol key. Records come newest first, as the server gives them. */
export function marketConditions(newestFirst: readonly AuditRecord[]): ReadonlyMap<string, MarketCondition> {
  const conditions = new Map<string, MarketCondition>();
  for (const record of newestFirst) {
    const key = keyOfRecord(record);
    if (key === undefined || !isMarketKind(record.kind)) continue;
    const before = conditions.get(key) ?? calmCondition;
    conditions.set(key, withRecord(before, record, record.kind));
  }
  return conditions;
}

function withRecord(condition: MarketCondition, record: AuditRecord, kind: MarketKind): MarketCondition {
  if (kind === 'REGIME_CHANGED') {
    if (condition.regime !== null) return condition;
    const { regime, strength } = record.data as AuditRecordOf<'REGIME_CHANGED'>['data'];
    return { ...condition, regime: { regime, strength, since: record.ts } };
  }
  return {
    ...condition,
    counts: { ...condition.counts, [kind]: condition.counts[kind] + 1 },
    lastEvent: condition.lastEvent ?? record,
  };
}

/** The condition of a symbol key, with what was recorded of its symbol without a market. */
export function conditionOf(conditions: ReadonlyMap<string, MarketCondition>, key: string): MarketCondition {
  const own = conditions.get(key);
  const any = conditions.get(anyMarketOf(key));
  if (own === undefined || any === undefined) return own ?? any ?? calmCondition;
  const later = (a: AuditRecord | null, b: AuditRecord | null) => ((a?.seq ?? 0) >= (b?.seq ?? 0) ? a : b);
  const counts = { ...own.counts };
  for (const kind of countedKinds) counts[kind] += any.counts[kind];
  return { regime: own.regime ?? any.regime, counts, lastEvent: later(own.lastEvent, any.lastEvent) };
}

export const eventCount = ({ counts }: MarketCondition): number =>
  countedKinds.reduce((sum, kind) => sum + counts[kind], 0);
