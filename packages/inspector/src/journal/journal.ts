/**
 * The port of durable storage: what the runner was told, what the engine recorded, and snapshots to start from.
 * Implementations: `openSqliteJournal` (a data directory) and `createMemoryJournal` (tests, the simulator).
 * One writer; `commit` is synchronous, so "returned" means "stored".
 */
import type { AuditRecord } from '@inspector/contract';
import type { EngineInput } from '@inspector/engine';

/** What one group commit stores. Inputs are numbered from 1 without a hole, and so are records (`seq`). */
export interface CommitBatch {
  firstInput: number;
  inputCount: number;
  /** The inputs in order, as `createInputEncoder` wrote them. The journal copies them before `commit` returns. */
  inputs: Uint8Array;
  /** `now` of the last input, for retention by age. */
  now: number;
  records: readonly AuditRecord[];
  /** The records as the JSON lines that are stored, where the caller has made them already. */
  lines?: readonly string[];
  /** Small values that hold from this commit on, stored with it or not at all; `readMeta` gives them back. */
  meta?: Readonly<Record<string, string>>;
}

/**
 * `full`: on disk when `commit` returns, power loss included.
 * `lazy`: handed to the operating system: the process may be killed, but a power loss may take it, until the next
 * `full` commit, which makes everything before it durable as well.
 */
export type Durability = 'full' | 'lazy';

/** The engine's state after input `input`, when the newest record was `seq`. `state` survives JSON. */
export interface Snapshot {
  input: number;
  seq: number;
  state: unknown;
}

/** Filters of `GET /inspector/risk/audit`; all given ones must hold. `from` and `to` are included, `afterSeq` is not. */
export interface AuditFilter {
  kind?: string;
  code?: string;
  symbol?: string;
  accountKey?: string;
  positionId?: string;
  traceId?: string;
  from?: number;
  to?: number;
  afterSeq?: number;
  /** At most so many records, the newest first. */
  limit: number;
}

export interface RetentionLimits {
  /** Inputs and records older than this are deleted; 0 keeps them for ever. */
  days: number;
  /** Above this the oldest are deleted, inputs before records; 0 is no limit. */
  maxMb: number;
}

/** What one round of retention deleted; `more` when another round has work. */
export interface RetentionResult {
  inputCommits: number;
  records: number;
  more: boolean;
}

export interface Journal {
  /** Number of the newest stored input, 0 when none was ever stored. */
  readonly lastInput: number;
  /** `seq` of the newest stored record, 0 when none. */
  readonly lastSeq: number;
  /** `seq` of the oldest record that retention has left; `lastSeq + 1` when none is stored. */
  readonly firstSeq: number;

  /** Stores all of `batch` or nothing. Throws JournalError; the same batch may then be tried again. */
  commit(batch: CommitBatch, durability: Durability): void;

  /** Keeps the newest two; older ones are deleted. */
  saveSnapshot(snapshot: Snapshot): void;
  /** Newest first. */
  snapshots(): Snapshot[];

  /** Visits the stored inputs with a number above `after`, in order. Market inputs are reused between visits. */
  readInputs(after: number, visit: (input: EngineInput, inputNumber: number) => void): void;

  /** Stored records as the JSON lines that they were written as, ascending, both ends included. */
  auditLines(fromSeq: number, toSeq: number): Iterable<string>;
  /** Newest first. Works in slices between which other work goes on, so a wide search never holds the writer up. */
  queryAudit(filter: AuditFilter): Promise<AuditRecord[]>;

  /** Counts the starts of this data directory: durable before it returns, from 1. */
  nextEpoch(): number;
  /** Small durable values of the edges (such as a cursor), by key. */
  readMeta(key: string): string | undefined;
  /** `full` unless said otherwise; `lazy` for what may come back older after a power loss. */
  writeMeta(key: string, value: string, durability?: Durability): void;

  /** One bounded round of deleting what `limits` no longer keep; never what recovery needs, never a gap. */
  retain(limits: RetentionLimits, now: number): RetentionResult;
  sizeBytes(): number;

  close(): void;
}
