import type { KillPreviewResponse } from '@inspector/contract';
import { useEffect, useRef } from 'react';
import { useKillPreview } from '#data/index.ts';
import { FaultBoundary } from '#design/fault-boundary.tsx';
import { Badge, ErrorState, Money, Waiting } from '#design/index.ts';
import { formatCount, formatPrice, formatQuantity, UNKNOWN } from '#words/format.ts';
import { orderKind, orderLevel } from '#words/order-words.ts';
import { PreviewTable } from './preview-table.tsx';

/** Read again so often while it is looked at: prices and positions move. */
const AGAIN_MS = 3_000;

const NO_PREVIEW = 'No preview. The kill works without one.';

interface KillPreviewProps {
  /** Null while no scope is chosen. */
  scope: string | null;
  includeLegacy: boolean;
}

/** What a kill would cancel and close now, and what that would cost. */
export function KillPreview({ scope, includeLegacy }: KillPreviewProps) {
  const { mutate, data, error } = useKillPreview();
  const ask = useRef(() => {});
  useEffect(() => {
    ask.current = () => {
      if (scope !== null) mutate({ scope, includeLegacy });
    };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scope is asked for at once
  useEffect(() => {
    ask.current();
    const timer = setInterval(() => ask.current(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [scope, includeLegacy]);
  const isOfScope = data?.scope === scope && data?.includeLegacy === includeLegacy;
  return (
    <section className="kill-preview" aria-label="Preview">
      {scope === null ? (
        <p className="soft">Choose what is to be covered to see what would be cancelled and closed.</p>
      ) : error !== null && !isOfScope ? (
        <ErrorState title={NO_PREVIEW} error={error} onRetry={() => ask.current()} />
      ) : data === undefined || !isOfScope ? (
        <Waiting height={132} label="Reading the preview" />
      ) : (
        <FaultBoundary
          name={scope}
          fallback={(fault, retry) => <ErrorState title={NO_PREVIEW} error={fault} onRetry={retry} />}
        >
          <Preview preview={data} />
        </FaultBoundary>
      )}
    </section>
  );
}

function Preview({
  preview: { orders, positions, estimatedCostUsd, includeLegacy },
}: {
  preview: KillPreviewResponse;
}) {
  return (
    <>
      <dl className="kill-figures">
        <div>
          <dt>Positions closed</dt>
          <dd className="number">{formatCount(positions.length)}</dd>
        </div>
        <div>
          <dt>Orders cancelled</dt>
          <dd className="number">{formatCount(orders.length)}</dd>
        </div>
        <div>
          <dt>Estimated cost</dt>
          <dd>
            <Money value={estimatedCostUsd} />
          </dd>
        </div>
      </dl>
      {positions.length + orders.length === 0 && (
        <p className="soft">
          Nothing is open in scope{includeLegacy ? '' : ' beside legacy'}. A kill would still shut out entries until it
          is re-armed.
        </p>
      )}
      {estimatedCostUsd === null && <p className="faint">A book is missing, so the cost cannot be told.</p>}
      {positions.length > 0 && (
        <PreviewTable
          label="Positions that would be closed"
          headers={['Position', 'Quantity', 'About at', 'Cost']}
          textColumns={1}
          rows={positions}
          unit="positions"
        >
          {({ positionId, symbol, side, quantity, estimatedPrice, estimatedCostUsd: cost }) => (
            <tr key={positionId}>
              <th scope="row">
                {symbol} <Badge>{side}</Badge>
              </th>
              <td className="number is-end">{formatQuantity(quantity)}</td>
              <td className="number is-end">{formatPrice(estimatedPrice)}</td>
              <td className="is-end">
                <Money value={cost} />
              </td>
            </tr>
          )}
        </PreviewTable>
      )}
      {orders.length > 0 && (
        <PreviewTable
          label="Orders that would be cancelled"
          headers={['Order', 'Kind', 'Quantity', 'Price']}
          textColumns={2}
          rows={orders}
          unit="orders"
        >
          {(order) => (
            <tr key={order.clientOrderId}>
              <th scope="row">
                {order.symbol} <Badge>{order.side}</Badge>
              </th>
              <td>{orderKind(order.type)}</td>
              <td className="number is-end">{formatQuantity(order.quantity)}</td>
              <td className="number is-end">{orderLevel(order) ?? UNKNOWN}</td>
            </tr>
          )}
        </PreviewTable>
      )}
    </>
  );
}
