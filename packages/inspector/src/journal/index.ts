/** Durable storage: the port, its implementations, and what keeps a data directory within its limits. */

export { type AuditReader, openAuditReader } from './audit-reader.ts';
export { decodeInputs } from './input-decoder.ts';
export { createInputEncoder, type InputEncoder } from './input-encoder.ts';
export type * from './journal.ts';
export { JournalError, type JournalErrorCode } from './journal-error.ts';
export { createMemoryJournal } from './memory-journal.ts';
export { startRetention } from './retention-schedule.ts';
export { openSqliteJournal, type SqliteJournal, type SqliteJournalConfig } from './sqlite-journal.ts';
