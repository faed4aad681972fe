import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';

const KEY = 'questdb';
/**
 * A cursor is stored this often at most, and without a flush, for it would hold up the runner's thread. What was sent since
 * is sent again after a crash, and replaces itself.
 */
const DURABLE_EVERY_MS = 5_000;

/** Which records are in QuestDB: all up to `seq`. It only moves on what QuestDB has confirmed. */
export interface Cursor {
  readonly seq: number;
  /** Of the tables that `seq` speaks of; undefined before the first. */
  readonly tables: string | undefined;
  /** Confirmed up to `seq`; durable within seconds of work, and with `save`. */
  move(seq: number): void;
  /** Durable at once: back, or to other tables. */
  set(seq: number, tables: string): void;
  save(): void;
  /** As it is stored: the journal may have been another instance's meanwhile. */
  reload(): void;
}

/** A cursor beyond the journal's end, of another copy of it, begins at its end. */
export function createCursor(journal: Journal, clock: Clock, log: RunnerLog): Cursor {
  let seq = 0;
  let tables: string | undefined;
  let savedSeq: number | undefined;
  let savedAt = clock.elapsedMs();

  function reload(): void {
    const stored = parse(journal.readMeta(KEY));
    seq = Math.min(stored?.seq ?? journal.firstSeq - 1, journal.lastSeq);
    tables = stored?.tables;
    savedSeq = stored?.seq;
  }

  function save(): void {
    if (tables === undefined || seq === savedSeq) return;
    savedAt = clock.elapsedMs();
    try {
      journal.writeMeta(KEY, JSON.stringify({ seq, tables }), 'lazy');
      savedSeq = seq;
    } catch (error) {
      // The older one stands: more is sent again, nothing is lost.
      log.warn({ error: String(error) }, 'how far QuestDB has the records could not be stored');
    }
  }

  reload();
  return {
    get seq() {
      return seq;
    },
    get tables() {
      return tables;
    },
    move(to) {
      seq = to;
      if (clock.elapsedMs() - savedAt >= DURABLE_EVERY_MS) save();
    },
    set(to, of) {
      seq = to;
      tables = of;
      savedSeq = undefined;
      save();
    },
    save,
    reload,
  };
}

function parse(text: string | undefined): { seq: number; tables: string } | undefined {
  if (text === undefined) return undefined;
  try {
    const { seq, tables } = JSON.parse(text) as { seq?: unknown; tables?: unknown };
    const isGood = Number.isSafeInteger(seq) && (seq as number) >= 0 && typeof tables === 'string';
    return isGood ? { seq: seq as number, tables: tables as string } : undefined;
  } catch {
    return undefined;
  }
}
