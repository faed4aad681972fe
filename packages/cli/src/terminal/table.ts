export interface TableLayout {
  /** Columns that hold numbers, counted from 0. */
  alignRight?: readonly number[];
  indent?: string;
}

const GAP = '  ';

/** Rows in columns, each as wide as its widest cell; no line ends in blanks. */
export function table(
  rows: readonly (readonly string[])[],
  { alignRight = [], indent = '' }: TableLayout = {},
): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  const right = new Set(alignRight);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (right.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join(GAP);
  return rows.map((row) => `${indent}${line(row)}`.trimEnd()).join('\n');
}
