import type { Column } from '#design/index.ts';
import {
  BookCell,
  DepthCell,
  EventsCell,
  ImbalanceCell,
  PriceCell,
  RegimeCell,
  SourceCell,
  SpreadCell,
  StateCell,
  SymbolCell,
} from './market-cells.tsx';
import { eventCount } from './market-conditions.ts';
import { isStale, type MarketRow } from './market-rows.ts';

export type TableWidth = 'whole' | 'beside' | 'phone';

type MarketColumn = Column<MarketRow>;

const symbol: MarketColumn = {
  id: 'symbol',
  header: 'Symbol',
  width: 'minmax(104px, 1.2fr)',
  cell: (row) => <SymbolCell row={row} />,
  sortValue: ({ symbol: name, key }) => `${name} ${key}`,
};

const price: MarketColumn = {
  id: 'price',
  header: 'Price',
  width: 'minmax(88px, 1fr)',
  align: 'end',
  cell: (row) => <PriceCell row={row} />,
  sortValue: (row) => row.price?.price,
};

const source: MarketColumn = {
  id: 'source',
  header: 'Source, age',
  width: 'minmax(118px, 1fr)',
  cell: (row) => <SourceCell row={row} />,
  sortValue: (row) => (isStale(row) ? 1e12 : 0) + (row.price?.ageMs ?? 1e12),
};

const spread: MarketColumn = {
  id: 'spread',
  header: 'Spread',
  width: 'minmax(70px, 0.8fr)',
  align: 'end',
  cell: (row) => <SpreadCell row={row} />,
  sortValue: ({ book }) => book?.spreadPct,
};

const book: MarketColumn = {
  id: 'book',
  header: 'Ask / bid',
  width: 'minmax(88px, 1fr)',
  align: 'end',
  cell: (row) => <BookCell row={row} />,
};

const depth: MarketColumn = {
  id: 'depth',
  header: 'Top depth',
  width: 'minmax(88px, 1fr)',
  align: 'end',
  cell: (row) => <DepthCell row={row} />,
  sortValue: (row) => row.book?.topDepthUsd,
};

const imbalance: MarketColumn = {
  id: 'imbalance',
  header: 'Imbalance',
  width: 'minmax(104px, 1fr)',
  align: 'end',
  cell: (row) => <ImbalanceCell row={row} />,
  sortValue: (row) => row.book?.imbalance,
};

const regime: MarketColumn = {
  id: 'regime',
  header: 'Regime',
  width: 'minmax(128px, 1.1fr)',
  cell: (row) => <RegimeCell row={row} />,
  sortValue: ({ condition }) => condition.regime?.regime,
};

const events: MarketColumn = {
  id: 'events',
  header: 'Events, 24 h',
  width: 'minmax(150px, 1.6fr)',
  cell: (row) => <EventsCell row={row} />,
  sortValue: ({ condition }) => -eventCount(condition),
};

const state: MarketColumn = {
  id: 'state',
  header: 'State',
  width: 'minmax(96px, 1fr)',
  cell: (row) => <StateCell row={row} />,
  sortValue: (row) => (isStale(row) ? -1e9 : -eventCount(row.condition)),
};

export const marketColumns: Readonly<Record<TableWidth, readonly MarketColumn[]>> = {
  whole: [symbol, price, source, spread, book, depth, imbalance, regime, events],
  beside: [symbol, price, source, spread, regime],
  phone: [symbol, price, state],
};

/** Narrower than this the table scrolls sideways, px. */
export const tableMinWidth: Readonly<Record<TableWidth, number>> = { whole: 1080, beside: 580, phone: 0 };
