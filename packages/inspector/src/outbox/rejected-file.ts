import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunnerLog } from '../runner/runner-port.ts';
import type { Refusal } from './next-batch.ts';

const FILE = 'questdb-rejected.ndjson';
/** Past this nothing more is put aside, only counted. The records are in the journal in any case. */
const FILE_BYTES = 8 * 1024 * 1024;

/** Where records lie that QuestDB refuses, a JSON line each: `at`, `seq`, `reason` and the `record`. */
export interface RejectedFile {
  /** Never rejects: what cannot be put aside is told in the log. */
  add(refused: readonly Refusal[], at: number): Promise<void>;
}

export function rejectedFile(directory: string, log: RunnerLog): RejectedFile {
  const path = join(directory, FILE);
  return {
    async add(refused, at) {
      try {
        let bytes = await sizeOf(path);
        let lines = '';
        let left = 0;
        for (const { seq, reason, source } of refused) {
          const line = `{"at":${at},"seq":${seq},"reason":${JSON.stringify(reason)},"record":${source}}\n`;
          bytes += Buffer.byteLength(line);
          if (bytes > FILE_BYTES) left += 1;
          else lines += line;
        }
        if (lines !== '') await appendFile(path, lines, { mode: 0o600 });
        if (left > 0)
          log.warn(
            { file: path, left },
            'the file of records that QuestDB refuses is full: look at it and move it away',
          );
      } catch (error) {
        log.warn(
          { error: String(error) },
          'records that QuestDB refuses could not be put aside; they are in the journal',
        );
      }
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0; // not there yet
  }
}
