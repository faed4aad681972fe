import { createWriteStream, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { DATABASE_FILE } from '../journal/data-directory.ts';
import type { RunnerLog } from '../runner/runner-port.ts';

/** A store that could not follow is kept beside the new one, the newest two: nothing that was decided is thrown away. */
const SET_ASIDE_KEPT = 2;
/** A copy that gives nothing for so long is given up; the whole may take as long as it is large. */
const SILENT_MS = 15_000;

export interface CopyStoreConfig {
  /** The acting instance, as the lease names it. */
  url: string;
  /** Admin token of its REST, null when it has none. */
  token: string | null;
  directory: string;
  now: () => number;
  log: RunnerLog;
}

/**
 * Replaces the store of a directory that nobody has open by that of the acting instance. Rejects when that does not give
 * it; the directory is then as it was.
 */
export async function copyStore({ url, token, directory, now, log }: CopyStoreConfig): Promise<void> {
  const part = join(directory, `${DATABASE_FILE}.part`);
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), SILENT_MS);
  try {
    const response = await fetch(`${url}/api/inspector/replica/store`, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: abort.signal,
    });
    if (!response.ok || response.body === null)
      throw new Error(`${url} answered ${response.status}: the store could not be copied`);
    const heard = async function* (source: AsyncIterable<Uint8Array>) {
      for await (const chunk of source) {
        clearTimeout(timer);
        timer = setTimeout(() => abort.abort(), SILENT_MS);
        yield chunk;
      }
    };
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
    await pipeline(body, heard, createWriteStream(part, { flush: true }));
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    clearTimeout(timer);
  }
  setAside(directory, now());
  renameSync(part, join(directory, DATABASE_FILE));
  log.info({ from: url, directory }, 'the store of the acting instance was copied');
}

/** A closed store has no log beside it; one of a process that was killed has, and it belongs to the old file. */
function setAside(directory: string, now: number): void {
  const file = join(directory, DATABASE_FILE);
  const aside = `${DATABASE_FILE}.replaced-`;
  for (const suffix of ['', '-wal']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, `${join(directory, aside)}${now}${suffix}`);
  }
  rmSync(`${file}-shm`, { force: true });
  const old = readdirSync(directory).filter((name) => name.startsWith(aside) && !name.endsWith('-wal'));
  for (const name of old.sort().slice(0, -SET_ASIDE_KEPT)) {
    rmSync(join(directory, name), { force: true });
    rmSync(join(directory, `${name}-wal`), { force: true });
  }
}
