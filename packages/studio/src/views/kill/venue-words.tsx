import type { AuditRecord } from '@inspector/contract';
import { useMemo } from 'react';
import { useRecords } from '#data/index.ts';
import { Time } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { formatQuantity } from '#words/format.ts';
import { orderKind } from '#words/order-words.ts';
import { isAccountCovered } from './account-scope.ts';

/** The newest of every account: one of another account may stand before the one that is looked for. */
const LOOKED_AT = 20;

const isRefused = ({ kind, code, data }: AuditRecord): boolean =>
  kind === 'ORDER_RESULT' && code === 'REJECTED' && typeof data.reasonText === 'string';

interface VenueWordsProps {
  scopes: readonly string[];
  since: number;
}

/** What the venue last said to an order of the kill that it refused, in its own words and in full. */
export function VenueWords({ scopes, since }: VenueWordsProps) {
  const query = useMemo(
    () => ({ kind: 'ORDER_RESULT', code: 'REJECTED', from: since, limit: LOOKED_AT }) as const,
    [since],
  );
  const { records } = useRecords(query, isRefused, LOOKED_AT);
  const newest = records.find(
    (record) => isRefused(record) && record.ts >= since && isAccountCovered(scopes, record.accountKey ?? ''),
  );
  if (newest === undefined) return null;
  const { side, type, quantity, reasonText } = newest.data as Record<string, unknown>;
  return (
    <section className="kill-venue-words" aria-label="The venue’s own words">
      <h3 className="field-label">
        The venue’s own words at <Time ts={newest.ts} />, to{' '}
        <a href={routeTo('audit', { seq: String(newest.seq) })}>
          {newest.symbol} {String(side)} {formatQuantity(Number(quantity))}, {orderKind(String(type))}
        </a>
      </h3>
      <blockquote>{String(reasonText)}</blockquote>
    </section>
  );
}
