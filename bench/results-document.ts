/** RESULTS.md: of each row the last full run, with machine, commit, and what it leaves out. */
import type { KeptResult } from './kept-results.ts';
import { rows } from './rows.ts';
import { markdownTableOf } from './table.ts';

export function resultsDocument(results: readonly KeptResult[]): string {
  return `${[
    '# Benchmark results',
    '',
    'Of each row the last full run of `npm run bench -- --write [ROW …]`; `bench/results.json` has the same for programs. Absolute figures move from machine to machine; what counts is the ratio, measured in turn with its peer in the same run (medians of rounds). What else ran on the two cores lowers the figures, not the ratios.',
    '',
    markdownTableOf(results.flatMap(({ lines }) => lines)),
    '',
    ...results.flatMap(sectionOf),
  ].join('\n')}\n`;
}

function sectionOf({ row, date, commit, machine, load, lines }: KeptResult): string[] {
  const known = rows.find(({ id }) => id === row);
  return [
    '',
    `## ${row}: ${known?.title ?? ''}`,
    '',
    ...(known?.method ?? []),
    '',
    `Measured ${date} UTC at ${commit}, on ${machine}; load at the end (1, 5, 15 min) ${load}.`,
    '',
    ...lines.flatMap(({ what, detail }) => detail.map((text) => `- ${what}: ${text}`)),
  ];
}
