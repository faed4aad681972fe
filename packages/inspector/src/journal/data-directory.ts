import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { JournalError } from './journal-error.ts';

export const DATABASE_FILE = 'inspector.db';
export const LOCK_FILE = 'lock.db';
export const HOLDER_FILE = 'holder.json';

/** "INSP" as a number, in the database's header: what makes the file ours. */
export const APPLICATION_ID = 0x494e5350;
export const SCHEMA_VERSION = 1;

const HEADER_BYTES = 100;
const HEADER_TEXT = 'SQLite format 3\0';
/** Offsets in the file's header, https://www.sqlite.org/fileformat.html#the_database_header */
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/**
 * What may lie beside our files: an options file, generated tokens and keys, the stores of the Provider and the paper
 * venue, what a file system puts into its root.
 */
const WELCOME = /^\.|^lost\+found$|\.json$|token|secret|key|^(provider|paper)\b/;

/**
 * Makes sure that the directory is ours to use: creates it when missing, refuses one with other contents. Changes
 * nothing in a directory that it refuses. Throws DATA_DIR_UNWRITABLE, _FOREIGN, _CORRUPT or _NEWER.
 */
export function prepareDirectory(directory: string): { isNew: boolean } {
  try {
    mkdirSync(directory, { recursive: true });
    if (!statSync(directory).isDirectory()) {
      throw new JournalError('DATA_DIR_UNWRITABLE', `data directory ${directory} is not a directory`);
    }
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unwritable(directory, error);
  }
  const names = readdirSync(directory);
  const isOurs = names.includes(DATABASE_FILE) || names.includes(LOCK_FILE);
  const stranger = isOurs ? undefined : names.find((name) => !WELCOME.test(name));
  if (stranger !== undefined) {
    throw new JournalError(
      'DATA_DIR_FOREIGN',
      `data directory ${directory} holds ${stranger} and no data of Inspector: give an empty or new directory`,
    );
  }
  return { isNew: !names.includes(DATABASE_FILE) || checkHeader(join(directory, DATABASE_FILE)) === 'empty' };
}

/**
 * The database of a directory that someone only reads, held or not. Throws DATA_DIR_FOREIGN when there is none,
 * _CORRUPT or _NEWER.
 */
export function databaseToRead(directory: string): string {
  const file = join(directory, DATABASE_FILE);
  if (!existsSync(file) || checkHeader(file) === 'empty') {
    throw new JournalError('DATA_DIR_FOREIGN', `${directory} holds no data of Inspector`);
  }
  return file;
}

/** Reads the header without SQLite, which would already write to the file. */
function checkHeader(file: string): 'empty' | 'ours' {
  const header = Buffer.alloc(HEADER_BYTES);
  let length: number;
  try {
    const descriptor = openSync(file, 'r+');
    length = readSync(descriptor, header, 0, HEADER_BYTES, 0);
    closeSync(descriptor);
  } catch (error) {
    throw unwritable(file, error);
  }
  if (length === 0) return 'empty'; // a first start that was killed before its first transaction
  if (length < HEADER_BYTES || header.toString('latin1', 0, HEADER_TEXT.length) !== HEADER_TEXT) {
    throw new JournalError('DATA_DIR_CORRUPT', `${file} is not a readable database: it was overwritten or cut off`);
  }
  if (header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) {
    throw new JournalError('DATA_DIR_FOREIGN', `${file} is a database of another program`);
  }
  const version = header.readUInt32BE(USER_VERSION_AT);
  if (version > SCHEMA_VERSION) {
    throw new JournalError(
      'DATA_DIR_NEWER',
      `${file} was written by a newer version (layout ${version}, this one knows ${SCHEMA_VERSION})`,
    );
  }
  return 'ours';
}

function unwritable(path: string, error: unknown): JournalError {
  if (error instanceof JournalError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new JournalError('DATA_DIR_UNWRITABLE', `data directory ${path} cannot be used: ${reason}`, error);
}
