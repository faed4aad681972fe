import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { type Sorting, type SortValue, sortRows } from './sort-rows.ts';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  /** A grid track: `88px`, `minmax(120px, 1fr)`. */
  width: string;
  /** `end` for figures. */
  align?: 'start' | 'end';
  cell(row: Row): ReactNode;
  /** With it the header sorts. */
  sortValue?(row: Row): SortValue;
}

export interface TableProps<Row> {
  /** What the rows are, for assistive technology. */
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey(row: Row): string | number;
  /** In px; every row has it. */
  rowHeight?: number;
  /** Narrower than this the table scrolls sideways. */
  minWidth?: number;
  sortedBy?: Sorting;
  /** Makes rows pressable, by mouse and by Enter. */
  onRowPress?(row: Row): void;
  selectedKey?: string | number | null;
  /** As high as its rows, without scrolling of its own: for a few. */
  fitted?: boolean;
  /** In place of rows where there are none. */
  empty?: ReactNode;
}

/** Rows beyond the edge that are drawn all the same, so that scrolling shows no blank. */
const OVERSCAN_ROWS = 8;

/** A table of any length: only what is seen is on the page. It fills the height of its place. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, rows, columns, rowHeight = 32, minWidth, sortedBy, fitted = false, empty } = props;
  const [sorting, setSorting] = useState<Sorting | undefined>(sortedBy);
  const scrolled = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => sorted(rows, columns, sorting), [rows, columns, sorting]);
  const virtual = useVirtualizer({
    count: fitted ? 0 : shown.length,
    getScrollElement: () => scrolled.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
  });
  const style = {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--row-height': `${rowHeight}px`,
    ...(minWidth === undefined ? {} : { '--table-width': `${minWidth}px` }),
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table element does not allow
    <div
      className={fitted ? 'table is-fitted' : 'table'}
      ref={scrolled}
      style={style}
      role="table"
      aria-label={label}
      aria-rowcount={shown.length + 1}
      // What scrolls must be reachable by keyboard.
      tabIndex={fitted ? undefined : 0}
    >
      <HeadRow columns={columns} sorting={sorting} onSort={setSorting} />
      {shown.length === 0 ? (
        empty
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div className="table-rows" role="rowgroup" style={fitted ? undefined : { height: virtual.getTotalSize() }}>
          {fitted
            ? shown.map((row, index) => <BodyRow key={props.rowKey(row)} row={row} index={index} table={props} />)
            : virtual.getVirtualItems().map(({ index, start }) => {
                const row = shown[index];
                if (row === undefined) return null;
                return <BodyRow key={props.rowKey(row)} row={row} index={index} top={start} table={props} />;
              })}
        </div>
      )}
    </div>
  );
}

interface HeadRowProps<Row> {
  columns: readonly Column<Row>[];
  sorting: Sorting | undefined;
  onSort(sorting: Sorting): void;
}

function HeadRow<Row>({ columns, sorting, onSort }: HeadRowProps<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div role="rowgroup" className="table-row table-head">
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: a header is not operated, its button is */}
      <div role="row" style={{ display: 'contents' }}>
        {columns.map(({ id, header, align, sortValue }) => {
          const isSorted = sorting?.column === id;
          const order = isSorted ? (sorting.descending ? 'descending' : 'ascending') : undefined;
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div
              key={id}
              role="columnheader"
              className={align === 'end' ? 'table-cell is-end' : 'table-cell'}
              aria-sort={order}
            >
              {sortValue === undefined ? (
                header
              ) : (
                <button
                  type="button"
                  className="table-sort"
                  onClick={() => onSort({ column: id, descending: isSorted ? !sorting.descending : align === 'end' })}
                >
                  {header}
                  <span className="table-sort-mark" aria-hidden="true">
                    {isSorted ? (sorting.descending ? '▼' : '▲') : ''}
                  </span>
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface BodyRowProps<Row> {
  row: Row;
  index: number;
  top?: number;
  table: TableProps<Row>;
}

function BodyRow<Row>({ row, index, top, table }: BodyRowProps<Row>) {
  const { columns, onRowPress, selectedKey, rowKey } = table;
  const isSelected = selectedKey !== undefined && selectedKey !== null && rowKey(row) === selectedKey;
  const names = ['table-row', ...(onRowPress ? ['is-pressable'] : []), ...(isSelected ? ['is-selected'] : [])];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    onRowPress?.(row);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: a row that does nothing is not operated
    <div
      role="row"
      aria-rowindex={index + 2}
      className={names.join(' ')}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
      {...(onRowPress === undefined ? {} : { tabIndex: 0, onClick: () => onRowPress(row), onKeyDown })}
    >
      {columns.map(({ id, align, cell }) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div key={id} role="cell" className={align === 'end' ? 'table-cell is-end' : 'table-cell'}>
          {cell(row)}
        </div>
      ))}
    </div>
  );
}

function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting | undefined) {
  const value = columns.find(({ id }) => id === sorting?.column)?.sortValue;
  return sorting === undefined || value === undefined ? rows : sortRows(rows, value, sorting.descending);
}
