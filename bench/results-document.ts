/** RESULTS.md: the last full run, with the machine, the commit, and what each row leaves out. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import type { Line, Size } from './row.ts';
import { rows } from './rows.ts';
import { markdownTableOf } from './table.ts';

export function resultsDocument(lines: readonly Line[], size: Size): string {
  const measured = rows.filter(({ id }) => lines.some((line) => line.row === id));
  return `${[
    '# Benchmark results',
    '',
    `The last ${size} run of \`npm run bench -- --write\`. Absolute figures move from machine to machine; what counts is the ratio, measured in turn with its peer in the same run (medians of rounds).`,
    '',
    `- date: ${new Date().toISOString()}`,
    `- commit: ${commit()}`,
    `- machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(1)} GB, ${process.platform}, Node.js ${process.version}`,
    `- load at the end (1, 5, 15 min): ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}: what else ran shared the two cores, and lowers the figures, not the ratios`,
    '',
    markdownTableOf(lines),
    '',
    ...measured.flatMap(({ id, title, method }) => [
      '',
      `## ${id}: ${title}`,
      '',
      ...method,
      '',
      ...lines
        .filter(({ row }) => row === id)
        .flatMap(({ what, detail }) => detail.map((text) => `- ${what}: ${text}`)),
    ]),
  ].join('\n')}\n`;
}

function commit(): string {
  try {
    const head = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    const dirty = execFileSync('git', ['status', '--porcelain', '--', 'packages'], { encoding: 'utf8' }).trim() !== '';
    return dirty ? `${head}, with changes` : head;
  } catch {
    return 'unknown';
  }
}
