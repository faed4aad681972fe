/**
 * `npm run bench [-- --short] [-- --write] [-- P1 P6 …]`: measures the rows, each in a process of its own, and prints their
 * table. `--write` keeps them in bench/results.json and RESULTS.md; `--short` only shows that every row still runs.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type KeptResult, keep, keptResults, merged, resultOf } from './kept-results.ts';
import { resultsDocument } from './results-document.ts';
import type { Line, Size } from './row.ts';
import { rows } from './rows.ts';
import { tableOf } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean' }, write: { type: 'boolean' }, measure: { type: 'string' } },
});
const size: Size = values.short === true ? 'short' : 'full';

if (values.measure === undefined) measureAll();
else await measureOne(values.measure);

/** In the child: one row, its lines as JSON on stdout. */
async function measureOne(id: string): Promise<void> {
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`there is no row ${id}`);
  process.stdout.write(JSON.stringify(await row.run(size)));
}

function measureAll(): void {
  const wanted = rows.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
  const results: KeptResult[] = [];
  for (const { id, title } of wanted) {
    process.stderr.write(`${id}  ${title} …\n`);
    results.push(resultOf(id, measured(id)));
  }
  process.stdout.write(`${tableOf(results.flatMap(({ lines }) => lines))}\n`);
  if (values.write === true) write(results);
}

function write(results: readonly KeptResult[]): void {
  if (size === 'short') throw new Error('a short run measures nothing that is worth keeping');
  const all = merged(
    keptResults(),
    results.filter(({ lines }) => lines.length > 0),
    rows.map(({ id }) => id),
  );
  keep(all);
  const path = fileURLToPath(new URL('RESULTS.md', import.meta.url));
  writeFileSync(path, resultsDocument(all));
  process.stdout.write(`written to ${path}\n`);
}

/** A process of its own: what the compiler learnt from one row must not help or hurt the next. */
function measured(id: string): Line[] {
  const args = [
    '--expose-gc',
    fileURLToPath(import.meta.url),
    '--measure',
    id,
    ...(size === 'short' ? ['--short'] : []),
  ];
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${id} ended with ${status}`);
  return JSON.parse(stdout) as Line[];
}
