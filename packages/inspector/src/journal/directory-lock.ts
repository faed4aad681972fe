import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HOLDER_FILE, LOCK_FILE } from './data-directory.ts';
import { JournalError, journalErrorOf } from './journal-error.ts';

/** One process per data directory. */
export interface DirectoryLock {
  release(): void;
}

interface Holder {
  pid: number;
  since: string;
}

/**
 * Takes the directory for this process, or throws DATA_DIR_HELD naming who has it and since when.
 *
 * The lock is the operating system's, held through an open exclusive transaction on a file of its own: it ends with
 * the process, however that ends, so nothing is stale after `kill -9`. Who holds it stands in a second file, because
 * opening and closing the locked file itself would drop a POSIX lock. The database stays readable for other processes.
 */
export function lockDirectory(directory: string): DirectoryLock {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(directory, LOCK_FILE));
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const failure = journalErrorOf(error, `locking data directory ${directory}`);
    throw failure.code === 'DATA_DIR_HELD' ? heldBy(directory, error) : failure;
  }
  const held = database;
  const holder: Holder = { pid: process.pid, since: new Date().toISOString() };
  try {
    writeFileSync(join(directory, HOLDER_FILE), `${JSON.stringify(holder)}\n`);
  } catch {
    // A full disk must not keep a governor from starting: a second start then only knows less about us.
  }
  return { release: () => held.close() };
}

function heldBy(directory: string, cause: unknown): JournalError {
  const holder = readHolder(directory);
  const who = holder ? `process ${holder.pid} since ${holder.since}` : 'another process';
  return new JournalError('DATA_DIR_HELD', `data directory ${directory} is held by ${who}: one Inspector each`, cause);
}

function readHolder(directory: string): Holder | undefined {
  try {
    const value = JSON.parse(readFileSync(join(directory, HOLDER_FILE), 'utf8')) as Partial<Holder>;
    return typeof value.pid === 'number' && typeof value.since === 'string'
      ? { pid: value.pid, since: value.since }
      : undefined;
  } catch {
    return undefined;
  }
}
