/** The table as it is printed and as RESULTS.md keeps it. */
import type { Line } from './row.ts';

const headings = ['row', 'what', 'figure', 'wanted', 'ratio', 'wanted', ''];

export function verdictOf({ figureMet, ratioMet }: Line): string {
  if (figureMet && ratioMet) return 'pass';
  if (ratioMet) return 'short (figure)';
  return figureMet ? 'short (ratio)' : 'short';
}

function cellsOf(line: Line): string[] {
  const { row, what, figure, figureWanted, ratio, ratioWanted } = line;
  return [row, what, figure, figureWanted, ratio === null ? '' : ratio.toPrecision(3), ratioWanted, verdictOf(line)];
}

/** For a terminal: columns as wide as they need be. */
export function tableOf(lines: readonly Line[]): string {
  const cells = [headings, ...lines.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** For a document. */
export function markdownTableOf(lines: readonly Line[]): string {
  const rowOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [rowOf(headings), rowOf(headings.map(() => '---')), ...lines.map((line) => rowOf(cellsOf(line)))].join('\n');
}
