import type { PositionRuntimeState } from '@inspector/contract';
import type { Reading } from '@inspector/service';
import type { MetricState } from './metric-sources.ts';

const ownerships = ['runtime', 'legacy'] as const satisfies readonly PositionRuntimeState['ownership'][];
const protections = [
  'none',
  'pending',
  'working',
  'degraded',
] as const satisfies readonly PositionRuntimeState['protection']['state'][];

/** How many of each kind, those that there are none of included: an alert on a series that is absent never fires. */
function byProtection({ parts }: MetricState): Reading<readonly ['ownership', 'protection']>[] {
  const { positions } = parts.picture;
  return ownerships.flatMap((ownership) =>
    protections.map((protection) => {
      const matching = positions.filter((each) => each.ownership === ownership && each.protection.state === protection);
      return [[ownership, protection], matching.length] as const;
    }),
  );
}

const naked = ({ parts }: MetricState): PositionRuntimeState[] =>
  parts.picture.positions.filter(
    ({ ownership, protection }) => ownership === 'runtime' && protection.nakedQuantity > 0,
  );

function longestNakedSeconds(state: MetricState): number {
  const sinces = naked(state).flatMap(({ protection }) => protection.nakedSince ?? []);
  return sinces.length === 0 ? 0 : Math.max(0, state.parts.now - Math.min(...sinces)) / 1000;
}

/** Of thousands of symbols, so nothing is allocated. */
function countPrices({ parts }: MetricState, isStale?: boolean): number {
  const { prices } = parts.picture;
  let count = 0;
  for (const key in prices) {
    const snapshot = prices[key];
    if (snapshot === undefined || snapshot.price === null) continue;
    if (isStale === undefined || snapshot.stale === isStale) count += 1;
  }
  return count;
}

function leases({ parts }: MetricState): Reading<readonly ['state']>[] {
  const expired = parts.picture.leases.filter((lease) => lease.expired).length;
  return [
    [['held'], parts.picture.leases.length - expired],
    [['expired'], expired],
  ];
}

/** Positions, what protects them, and what entries are judged by. */
export const positionReaders = {
  inspector_positions: byProtection,
  inspector_positions_naked: (state: MetricState) => naked(state).length,
  inspector_naked_seconds: longestNakedSeconds,
  inspector_reservations: ({ parts }: MetricState) => parts.picture.reservations.count,
  inspector_reserved_usd: ({ parts }: MetricState) => parts.picture.reservations.notionalUsd,
  inspector_prices: (state: MetricState) => countPrices(state),
  inspector_prices_stale: (state: MetricState) => countPrices(state, true),
  inspector_request_ids: ({ parts }: MetricState) => parts.picture.idempotency.requestIds,
  inspector_requests_duplicate_total: ({ parts }: MetricState) => parts.picture.idempotency.duplicates,
  inspector_detector_leases: leases,
};
