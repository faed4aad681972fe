import type { AuditQuery, AuditRecord } from '@inspector/contract';
import { useMemo, useState } from 'react';
import { mergeRecords, type Records, useRecords, useStudioData } from '#data/index.ts';
import type { MarketKind } from './market-conditions.ts';

/** Events are counted over the last day. */
const COUNTED_MS = 24 * 3_600_000;

/** Records of each kind that are read; a market with more in a day is shown with at least so many. */
const RECORDS_LIMIT = 1_000;

/** The day's records about markets, newest first, of the store and as they come. */
export function useMarketRecords(): Records {
  const { clock } = useStudioData();
  const [from] = useState(() => clock.now() - COUNTED_MS);
  const regimes = useKind('REGIME_CHANGED');
  const outliers = useKind('DATA_OUTLIER', from);
  const gaps = useKind('DATA_GAP', from);
  const spikes = useKind('VOLATILITY_SPIKE', from);
  const drops = useKind('LIQUIDITY_DROPPED', from);
  const records = useMemo(
    () =>
      [outliers.records, gaps.records, spikes.records, drops.records].reduce<readonly AuditRecord[]>(
        (merged, next) => mergeRecords(next, merged),
        regimes.records,
      ),
    [regimes.records, outliers.records, gaps.records, spikes.records, drops.records],
  );
  const all = [regimes, outliers, gaps, spikes, drops];
  return {
    records,
    isPending: all.some(({ isPending }) => isPending),
    error: all.find(({ error }) => error !== null)?.error ?? null,
    refetch() {
      for (const { refetch } of all) refetch();
    },
  };
}

/** A regime holds until the next, however old; what is counted is of the last day. */
function useKind(kind: MarketKind, from?: number): Records {
  const query = useMemo(
    (): AuditQuery => ({ kind, limit: RECORDS_LIMIT, ...(from === undefined ? {} : { from }) }),
    [kind, from],
  );
  const passes = useMemo(() => (record: AuditRecord) => record.kind === kind, [kind]);
  return useRecords(query, passes, RECORDS_LIMIT);
}
