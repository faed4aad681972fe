/** results.json: of each row its last full run, with machine and commit. A row can be measured alone, in a quiet hour. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Line } from './row.ts';

const PATH = fileURLToPath(new URL('results.json', import.meta.url));

export interface KeptResult {
  row: string;
  date: string;
  commit: string;
  machine: string;
  /** 1, 5 and 15 min, at the end of the row. What else ran shared the cores. */
  load: string;
  lines: Line[];
}

export function keptResults(): KeptResult[] {
  return existsSync(PATH) ? (JSON.parse(readFileSync(PATH, 'utf8')) as KeptResult[]) : [];
}

/** What was measured now, as it is kept. */
export function resultOf(row: string, lines: Line[]): KeptResult {
  return {
    row,
    date: new Date().toISOString().slice(0, 16),
    commit: commit(),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(1)} GB, ${process.platform}, Node.js ${process.version}`,
    load: loadavg()
      .map((load) => load.toFixed(1))
      .join(', '),
    lines,
  };
}

/** The kept ones with these in the place of theirs, in the order of `ids`. */
export function merged(
  kept: readonly KeptResult[],
  measured: readonly KeptResult[],
  ids: readonly string[],
): KeptResult[] {
  const byRow = new Map([...kept, ...measured].map((result) => [result.row, result]));
  return ids.flatMap((id) => byRow.get(id) ?? []);
}

export function keep(results: readonly KeptResult[]): void {
  writeFileSync(PATH, `${JSON.stringify(results, null, 2)}\n`);
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
