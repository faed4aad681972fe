import type { Column } from '#design/index.ts';
import {
  HeldCell,
  MarkCell,
  PnlCell,
  Price,
  ProtectionCell,
  RiskCell,
  SizeCell,
  StopCell,
  SymbolCell,
} from './position-cells.tsx';
import type { PositionRow } from './position-rows.ts';
import { protectionUrgency } from './protection-look.ts';

/** What fits: the whole table, beside an open panel, beside it on a small screen, or on a phone. */
export type TableWidth = 'whole' | 'beside' | 'tight' | 'phone';

const symbol = (isShort: boolean): Column<PositionRow> => ({
  id: 'symbol',
  header: 'Symbol',
  width: isShort ? 'minmax(96px, 1fr)' : 'minmax(132px, 1.4fr)',
  cell: ({ position }) => <SymbolCell position={position} isShort={isShort} />,
  sortValue: ({ position }) => `${position.symbol} ${position.accountKey}`,
});

const size: Column<PositionRow> = {
  id: 'size',
  header: 'Size',
  width: 'minmax(88px, 1fr)',
  align: 'end',
  cell: ({ position }) => <SizeCell position={position} />,
  sortValue: ({ position }) => position.notionalUsd,
};

const mark: Column<PositionRow> = {
  id: 'mark',
  header: 'Mark / entry',
  width: 'minmax(80px, 1fr)',
  align: 'end',
  cell: ({ position, isStale }) => <MarkCell position={position} isStale={isStale} />,
  sortValue: ({ position }) => position.markPrice,
};

const pnl: Column<PositionRow> = {
  id: 'pnl',
  header: 'PnL, USD',
  width: 'minmax(76px, 1fr)',
  align: 'end',
  cell: ({ position }) => <PnlCell position={position} />,
  sortValue: ({ position }) => position.unrealizedPnlUsd,
};

const stop: Column<PositionRow> = {
  id: 'stop',
  header: 'Stop',
  width: 'minmax(104px, 1fr)',
  align: 'end',
  cell: ({ position }) => <StopCell position={position} />,
  sortValue: ({ position }) => position.stopDistancePct,
};

const target: Column<PositionRow> = {
  id: 'target',
  header: 'Target',
  width: 'minmax(80px, 1fr)',
  align: 'end',
  cell: ({ position }) => <Price position={position} value={position.takeProfit} />,
  sortValue: ({ position }) => position.takeProfit,
};

const risk: Column<PositionRow> = {
  id: 'risk',
  header: 'Risk, USD',
  width: 'minmax(76px, 1fr)',
  align: 'end',
  cell: ({ position }) => <RiskCell position={position} />,
  sortValue: ({ position }) => position.riskUsd,
};

const protection = (isShort: boolean): Column<PositionRow> => ({
  id: 'protection',
  header: 'Protection',
  width: isShort ? '106px' : 'minmax(122px, 1fr)',
  cell: ({ position }) => <ProtectionCell position={position} />,
  sortValue: ({ position }) => protectionUrgency(position),
});

const held: Column<PositionRow> = {
  id: 'held',
  header: 'Held',
  width: 'minmax(92px, 1fr)',
  align: 'end',
  cell: ({ position }) => <HeldCell position={position} />,
  sortValue: ({ position }) => -position.entryTime,
};

export const positionColumns: Readonly<Record<TableWidth, readonly Column<PositionRow>[]>> = {
  whole: [symbol(false), size, mark, pnl, stop, target, risk, protection(false), held],
  beside: [symbol(false), size, mark, pnl, stop, protection(false)],
  tight: [symbol(false), mark, pnl, stop, protection(false)],
  phone: [symbol(true), pnl, protection(true)],
};

/** Narrower than this the table scrolls sideways, px. */
export const tableMinWidth: Readonly<Record<TableWidth, number>> = {
  whole: 1000,
  beside: 690,
  tight: 590,
  phone: 0,
};
