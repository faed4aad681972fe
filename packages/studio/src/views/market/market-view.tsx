import { useMemo, useState } from 'react';
import { useLiquidity, usePrices } from '#data/index.ts';
import { Choice, EmptyState, ErrorState, Panel, Table, TablePanel, useMedia, Waiting } from '#design/index.ts';
import { goTo, routeTo, useRoute } from '#page/route.ts';
import './market.css';
import { marketColumns, type TableWidth, tableMinWidth } from './market-columns.tsx';
import { marketConditions } from './market-conditions.ts';
import { MarketPlace } from './market-place.tsx';
import { filterCounts, filteredRows, type MarketFilter, type MarketRow, marketRows } from './market-rows.ts';
import { useMarketRecords } from './use-market-records.ts';

const ROW_HEIGHT_PX = 40;

const select = (symbol: string | undefined): void => goTo(routeTo('market', { symbol }), { replace: true });

/** What Inspector sees of every market: prices with source and age, books, regimes, and what was wrong with the data. */
export function MarketView() {
  const { symbol: selectedKey } = useRoute().params;
  const isWide = useMedia('(width >= 1180px)');
  const isPhone = useMedia('(width < 720px)');
  const { data: prices, error, isPending, refetch } = usePrices();
  const { data: liquidity } = useLiquidity();
  const { records, error: recordsError } = useMarketRecords();
  const conditions = useMemo(() => marketConditions(records), [records]);
  const rows = useMemo(
    () => (prices === undefined ? undefined : marketRows({ prices, liquidity, conditions })),
    [prices, liquidity, conditions],
  );
  if (rows === undefined) {
    if (isPending) return <Waiting height="100%" label="Markets" />;
    return (
      <Panel title="Market">
        <ErrorState title="The prices cannot be read" error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  const selected = rows.find(({ key }) => key === selectedKey);
  const width: TableWidth = isPhone ? 'phone' : selected !== undefined && isWide ? 'beside' : 'whole';
  return (
    <div className={selected !== undefined && isWide ? 'market has-panel' : 'market'}>
      <MarketTable
        rows={rows}
        width={width}
        selectedKey={selected?.key ?? null}
        note={recordsError === null ? null : `Regimes and events cannot be read: ${recordsError.code}`}
      />
      {selected !== undefined && <MarketPlace row={selected} records={records} onClose={() => select(undefined)} />}
    </div>
  );
}

interface MarketTableProps {
  rows: readonly MarketRow[];
  width: TableWidth;
  selectedKey: string | null;
  note: string | null;
}

function MarketTable({ rows, width, selectedKey, note }: MarketTableProps) {
  const [filter, setFilter] = useState<MarketFilter>('all');
  const [text, setText] = useState('');
  const shown = useMemo(() => filteredRows(rows, filter, text), [rows, filter, text]);
  const counts = filterCounts(rows);
  return (
    <TablePanel
      label="Markets"
      head={
        <>
          <Choice
            label="Which markets"
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'all', label: `All ${counts.all}` },
              { value: 'stale', label: `Stale ${counts.stale}` },
              { value: 'events', label: `With events ${counts.events}` },
            ]}
          />
          <input
            className="field-input market-search"
            type="search"
            aria-label="Find markets by symbol, connector, source or regime"
            placeholder="Find"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {note !== null && (
            <p className="market-note is-bad" role="alert">
              {note}
            </p>
          )}
        </>
      }
    >
      <Table
        key={width}
        label="Markets"
        rows={shown}
        columns={marketColumns[width]}
        rowKey={({ key }) => key}
        rowHeight={ROW_HEIGHT_PX}
        minWidth={tableMinWidth[width]}
        sortedBy={{ column: 'symbol', descending: false }}
        selectedKey={selectedKey}
        onRowPress={({ key }) => select(key === selectedKey ? undefined : key)}
        empty={
          rows.length === 0 ? (
            <EmptyState icon="market" title="No price has come yet">
              Symbols appear here with the first price or book of a connector.
            </EmptyState>
          ) : (
            <EmptyState icon="filter" title="No market passes the filter">
              Choose another group above or clear the search.
            </EmptyState>
          )
        }
      />
    </TablePanel>
  );
}
