import type { PositionRuntimeState } from '@inspector/contract';
import { usePositions, usePositionValue, useTickSize } from '#data/index.ts';
import {
  Badge,
  type Column,
  EmptyState,
  ErrorState,
  Figure,
  Money,
  Panel,
  Percent,
  Table,
  Waiting,
} from '#design/index.ts';
import { goTo, routeTo } from '#page/route.ts';
import { formatPrice, formatQuantity } from '#words/format.ts';
import { stopOrigin, stopOriginNames } from '#words/stop-origin.ts';

const columns: readonly Column<PositionRuntimeState>[] = [
  {
    id: 'symbol',
    header: 'Position',
    width: 'minmax(118px, 1.4fr)',
    sortValue: ({ symbol }) => symbol,
    cell: ({ symbol, side }) => (
      <>
        <Badge tone={side === 'LONG' ? 'good' : 'bad'}>{side}</Badge> {symbol}
      </>
    ),
  },
  {
    id: 'quantity',
    header: 'Quantity',
    width: 'minmax(56px, 0.8fr)',
    align: 'end',
    cell: ({ quantity }) => <span className="number">{formatQuantity(quantity)}</span>,
  },
  {
    id: 'result',
    header: 'Result USD',
    width: 'minmax(120px, 1.1fr)',
    align: 'end',
    sortValue: ({ unrealizedPnlUsd }) => unrealizedPnlUsd,
    cell: (position) => <LiveResult position={position} />,
  },
  {
    id: 'stop',
    header: 'Stop',
    width: 'minmax(76px, 0.9fr)',
    align: 'end',
    cell: (position) => <Stop position={position} />,
  },
  {
    id: 'protection',
    header: 'Protection',
    width: 'minmax(92px, 0.9fr)',
    cell: (position) => <Protection position={position} />,
  },
];

/** What is open, with what it is worth now. */
export function OpenPositions() {
  const { data, error, refetch } = usePositions('all');
  return (
    <Panel
      title="Open positions"
      note={data === undefined ? undefined : String(data.length)}
      actions={<a href={routeTo('positions')}>All, with charts</a>}
      className="now-positions"
      flush
    >
      {data === undefined ? (
        error === null ? (
          <Waiting height="100%" label="Positions" />
        ) : (
          <ErrorState title="Positions cannot be read" error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Table
          label="Open positions"
          rows={data}
          columns={columns}
          rowKey={({ positionId }) => positionId}
          rowHeight={30}
          minWidth={520}
          onRowPress={({ positionId }) => goTo(routeTo('positions', { id: positionId }))}
          empty={<EmptyState title="No open position">Requests that are allowed open them.</EmptyState>}
        />
      )}
    </Panel>
  );
}

function Stop({ position }: { position: PositionRuntimeState }) {
  return <Figure>{formatPrice(position.stopLoss, useTickSize(position))}</Figure>;
}

function LiveResult({ position }: { position: PositionRuntimeState }) {
  const { unrealizedPnlUsd, unrealizedPnlPct } = usePositionValue(position);
  return (
    <>
      <Money value={unrealizedPnlUsd} signed unit="" /> <Percent value={unrealizedPnlPct} signed />
    </>
  );
}

function Protection({ position }: { position: PositionRuntimeState }) {
  const { ownership, protection } = position;
  const origin = stopOrigin(position);
  if (ownership === 'legacy') return <Badge tone="calm">legacy</Badge>;
  if (protection.nakedQuantity > 0) {
    return (
      <Badge tone="bad" icon="warn">
        naked {formatQuantity(protection.nakedQuantity)}
      </Badge>
    );
  }
  switch (protection.state) {
    case 'working':
      return (
        <Badge tone="good" icon="shield">
          {origin === 'fixed' ? 'fixed stop' : stopOriginNames[origin]}
        </Badge>
      );
    case 'pending':
      return (
        <Badge tone="warn" icon="clock">
          on its way
        </Badge>
      );
    case 'degraded':
      return (
        <Badge tone="bad" icon="warn">
          degraded
        </Badge>
      );
    case 'none':
      return <Badge tone="warn">by choice none</Badge>;
  }
}
