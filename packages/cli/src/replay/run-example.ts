/** Runs an example (`NAME.ndjson` with `NAME.json` beside it) for tests and developers. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExpectedRecords, firstMissing, type MissingRecord } from './expected-records.ts';
import { runReplay } from './run-replay.ts';

export interface ExampleRun {
  about: string;
  /** As written, the summary last. */
  lines: string[];
  missing: MissingRecord | null;
}

/** `path` is that of the example without its extension. */
export async function runExample(path: string): Promise<ExampleRun> {
  const {
    about,
    venue,
    options,
    env = {},
    expected,
  } = JSON.parse(await readFile(`${path}.json`, 'utf8')) as ExpectedRecords;
  const folder = await mkdtemp(join(tmpdir(), 'inspector-example-'));
  try {
    const optionsFile = join(folder, 'options.json');
    const out = join(folder, 'audit.ndjson');
    await writeFile(optionsFile, JSON.stringify(options ?? {}));
    await runReplay({ input: `${path}.ndjson`, options: optionsFile, venue, env, out });
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
    const records = lines.map((line) => JSON.parse(line) as unknown);
    return { about, lines, missing: firstMissing(records, expected) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
