import { useMemo, useState } from 'react';
import { usePositions, usePrices } from '#data/index.ts';
import { Choice, EmptyState, ErrorState, Money, Panel, Table, TablePanel, useMedia, Waiting } from '#design/index.ts';
import { goTo, routeTo, useRoute } from '#page/route.ts';
import { MomentProvider } from './moment.tsx';
import { positionColumns, type TableWidth, tableMinWidth } from './position-columns.tsx';
import { PositionPlace } from './position-place.tsx';
import { type PositionFilter, positionRows, positionTotals } from './position-rows.ts';
import './positions.css';

const ROW_HEIGHT_PX = 44;

const select = (id: string | undefined): void => goTo(routeTo('positions', { id }), { replace: true });

/** Every open position with its live result and its protection; one of them with its chart and what can be done. */
export function PositionsView() {
  const { id } = useRoute().params;
  const isWide = useMedia('(width >= 1180px)');
  return (
    <MomentProvider>
      <div className={id !== undefined && isWide ? 'positions has-panel' : 'positions'}>
        <PositionsTable selectedId={id} isWide={isWide} />
        <PositionPlace id={id} onClose={() => select(undefined)} />
      </div>
    </MomentProvider>
  );
}

function PositionsTable({ selectedId, isWide }: { selectedId: string | undefined; isWide: boolean }) {
  const { data: positions, error, isPending, refetch } = usePositions('all');
  const { data: prices } = usePrices();
  const [filter, setFilter] = useState<PositionFilter>('all');
  const [text, setText] = useState('');
  const isPhone = useMedia('(width < 720px)');
  const isRoomy = useMedia('(width >= 1400px)');
  const rows = useMemo(
    () => positionRows(positions ?? [], prices, { filter, text }),
    [positions, prices, filter, text],
  );
  const beside: TableWidth = isRoomy ? 'beside' : 'tight';
  const width: TableWidth = isPhone ? 'phone' : selectedId !== undefined && isWide ? beside : 'whole';
  if (positions === undefined) {
    if (isPending) return <Waiting height="100%" label="Positions" />;
    return (
      <Panel title="Positions">
        <ErrorState title="The positions cannot be read" error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  return (
    <TablePanel
      label="Positions"
      head={<PositionsHead positions={positions} filter={filter} onFilter={setFilter} text={text} onText={setText} />}
    >
      <Table
        key={width}
        label="Open positions"
        rows={rows}
        columns={positionColumns[width]}
        rowKey={({ position }) => position.positionId}
        rowHeight={ROW_HEIGHT_PX}
        minWidth={tableMinWidth[width]}
        sortedBy={{ column: 'symbol', descending: false }}
        selectedKey={selectedId ?? null}
        onRowPress={({ position }) => select(position.positionId === selectedId ? undefined : position.positionId)}
        empty={<NoPositions isFiltered={positions.length > 0} />}
      />
    </TablePanel>
  );
}

function NoPositions({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon="filter" title="No position passes the filter">
        Choose another group above or clear the search.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="positions" title="No open position">
      A position appears here when an approved entry fills, or when one is found at the venue.
    </EmptyState>
  );
}

interface HeadProps {
  positions: Parameters<typeof positionTotals>[0];
  filter: PositionFilter;
  onFilter(filter: PositionFilter): void;
  text: string;
  onText(text: string): void;
}

function PositionsHead({ positions, filter, onFilter, text, onText }: HeadProps) {
  const { counts, unrealizedPnlUsd, notionalUsd, riskUsd, withoutStop, unknown } = positionTotals(positions);
  return (
    <>
      <Choice
        label="Which positions"
        value={filter}
        onChange={onFilter}
        options={[
          { value: 'all', label: `All ${counts.all}` },
          { value: 'runtime', label: `Runtime ${counts.runtime}` },
          { value: 'legacy', label: `Legacy ${counts.legacy}` },
          { value: 'naked', label: `Naked ${counts.naked}` },
        ]}
      />
      <input
        className="field-input positions-search"
        type="search"
        aria-label="Find positions by symbol, account, side or detector"
        placeholder="Find"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <dl className="positions-totals">
        <div>
          <dt>Unrealised</dt>
          <dd>
            <Money value={unrealizedPnlUsd} signed />
          </dd>
        </div>
        <div>
          <dt>Notional</dt>
          <dd>
            <Money value={notionalUsd} />
          </dd>
        </div>
        <div>
          <dt>At risk to stops</dt>
          <dd>
            {(riskUsd !== null || withoutStop.count === 0) && <Money value={riskUsd ?? 0} />}
            {withoutStop.count > 0 && (
              <span className="is-warn positions-without-stop">
                {withoutStop.count} without a stop, <Money value={withoutStop.notionalUsd} />
              </span>
            )}
          </dd>
        </div>
        {unknown > 0 && (
          <div>
            <dt>Without a value</dt>
            <dd className="is-warn number">{unknown}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
