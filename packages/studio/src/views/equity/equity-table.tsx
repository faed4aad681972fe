import type { EquityPoint } from '@inspector/contract';
import { type Column, Money, Percent, Table, Time } from '#design/index.ts';

const columns: readonly Column<EquityPoint>[] = [
  {
    id: 'time',
    header: 'Time',
    width: 'minmax(96px, 1fr)',
    cell: ({ ts }) => <Time ts={ts} />,
    sortValue: ({ ts }) => ts,
  },
  {
    id: 'equity',
    header: 'Equity, USD',
    width: 'minmax(92px, 1fr)',
    align: 'end',
    cell: ({ equityUsd }) => <Money value={equityUsd} unit="" />,
    sortValue: ({ equityUsd }) => equityUsd,
  },
  {
    id: 'drawdown',
    header: 'Drawdown',
    width: 'minmax(72px, 1fr)',
    align: 'end',
    cell: ({ drawdownPct }) => <Percent value={drawdownPct} />,
    sortValue: ({ drawdownPct }) => drawdownPct,
  },
  {
    id: 'day',
    header: 'Day, USD',
    width: 'minmax(80px, 1fr)',
    align: 'end',
    cell: ({ dailyPnlUsd }) => <Money value={dailyPnlUsd} signed unit="" />,
    sortValue: ({ dailyPnlUsd }) => dailyPnlUsd,
  },
  {
    id: 'day-percent',
    header: 'Day',
    width: 'minmax(72px, 1fr)',
    align: 'end',
    cell: ({ dailyPnlPct }) => <Percent value={dailyPnlPct} signed />,
    sortValue: ({ dailyPnlPct }) => dailyPnlPct,
  },
  {
    id: 'exposure',
    header: 'Exposure, USD',
    width: 'minmax(96px, 1fr)',
    align: 'end',
    cell: ({ exposureUsd }) => <Money value={exposureUsd} unit="" />,
    sortValue: ({ exposureUsd }) => exposureUsd,
  },
];

/** The chart's points as rows, newest first. */
export function EquityTable({ points }: { points: readonly EquityPoint[] }) {
  return (
    <Table
      label="Equity and drawdown over time"
      rows={points}
      columns={columns}
      rowKey={({ ts }) => ts}
      rowHeight={28}
      minWidth={600}
      sortedBy={{ column: 'time', descending: true }}
    />
  );
}
