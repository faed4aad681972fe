import type { ReactNode } from 'react';

/** Rows that are shown; the figures above count them all. */
const SHOWN_ROWS = 8;

interface PreviewTableProps<Row> {
  label: string;
  /** Of the columns; all but the first `textColumns` are figures. */
  headers: readonly string[];
  textColumns: number;
  rows: readonly Row[];
  /** What the rows are, for those that are not shown. */
  unit: string;
  /** A `tr` with its key. */
  children(row: Row): ReactNode;
}

/** The first rows of what a kill would cancel or close, and how many more there are. */
export function PreviewTable<Row>({ label, headers, textColumns, rows, unit, children }: PreviewTableProps<Row>) {
  return (
    <>
      <table className="kill-table" aria-label={label}>
        <thead>
          <tr>
            {headers.map((header, at) => (
              <th key={header} scope="col" className={at < textColumns ? undefined : 'is-end'}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.slice(0, SHOWN_ROWS).map(children)}</tbody>
      </table>
      {rows.length > SHOWN_ROWS && (
        <p className="faint">
          and {rows.length - SHOWN_ROWS} more {unit}
        </p>
      )}
    </>
  );
}
