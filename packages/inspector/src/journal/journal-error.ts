/**
 * An operating error of the store: handled where it can be, shown with its code where it cannot.
 *
 * - `DATA_DIR_HELD` another process owns the directory
 * - `DATA_DIR_FOREIGN` the directory holds something that is not ours, or another Inspector's data
 * - `DATA_DIR_CORRUPT` ours, but it cannot be read back
 * - `DATA_DIR_NEWER` written by a newer version of Inspector
 * - `DATA_DIR_UNWRITABLE` no permission, read-only, or not a directory
 * - `JOURNAL_FULL` no space left; `JOURNAL_IO` a read, write or flush failed: both may pass, and are tried again
 * - `JOURNAL_DIVERGED` replaying the journal gave another audit than the stored one: a bug
 */
export type JournalErrorCode =
  | 'DATA_DIR_HELD'
  | 'DATA_DIR_FOREIGN'
  | 'DATA_DIR_CORRUPT'
  | 'DATA_DIR_NEWER'
  | 'DATA_DIR_UNWRITABLE'
  | 'JOURNAL_FULL'
  | 'JOURNAL_IO'
  | 'JOURNAL_DIVERGED';

export class JournalError extends Error {
  readonly code: JournalErrorCode;

  constructor(code: JournalErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'JournalError';
    this.code = code;
  }
}

/** Primary result codes of SQLite, https://www.sqlite.org/rescode.html */
const SQLITE_PERM = 3;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** The SQLite result code of an error that `node:sqlite` threw, without its extension; NaN for any other error. */
export function sqliteCodeOf(error: unknown): number {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return Number.NaN;
  return error.errcode & 0xff;
}

/** Names what SQLite threw while `doing` something. */
export function journalErrorOf(error: unknown, doing: string): JournalError {
  if (error instanceof JournalError) return error;
  const text = error instanceof Error ? error.message : String(error);
  switch (sqliteCodeOf(error)) {
    case SQLITE_NOTADB:
      return new JournalError('DATA_DIR_FOREIGN', `${doing}: the file is not a database`, error);
    case SQLITE_CORRUPT:
      return new JournalError('DATA_DIR_CORRUPT', `${doing}: ${text}`, error);
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return new JournalError('DATA_DIR_UNWRITABLE', `${doing}: ${text}`, error);
    case SQLITE_FULL:
      return new JournalError('JOURNAL_FULL', `${doing}: no space left`, error);
    case SQLITE_BUSY:
      return new JournalError('DATA_DIR_HELD', `${doing}: another process holds the database`, error);
    default:
      return new JournalError('JOURNAL_IO', `${doing}: ${text}`, error);
  }
}
