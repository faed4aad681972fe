import type { Journal } from '../../journal/journal.ts';
import type { RunnerLog } from '../../runner/runner-port.ts';

const KEY = 'alerts';
/** Alerts whose end is not known that are kept apart; past it the oldest counts as told. */
const OPEN_LIMIT = 2000;
/** Alerts that were told before an older one was; past it some are told twice after a crash. */
const AHEAD_LIMIT = 500;

/** Which alerts a target was told of: all up to `seq`, and some after it. Survives the process. */
export interface Progress {
  /** The instance that wrote it; alerts of others may have been told by them. */
  readonly epoch: number;
  readonly seq: number;
  isTold(seq: number): boolean;
  /** It is to be told. */
  open(seq: number): void;
  /** It was told, or is given up. */
  close(seqs: readonly number[]): void;
  /** It is not for this target. */
  pass(seq: number): void;
  /** Everything up to `seq` was opened or passed: until then `seq` stays where it was stored. */
  caughtUp(seq: number): void;
}

interface Stored {
  seq: number;
  epoch: number;
  told: number[];
}

export interface ProgressStore {
  of(name: string): Progress;
  /** From here on `epoch` writes; what is not caught up stays as it was stored. */
  begin(epoch: number): void;
  save(): void;
}

/** A target that is new begins at the journal's end: it is told what happens from now on. */
export function createProgressStore(journal: Journal, names: readonly string[], log: RunnerLog): ProgressStore {
  const stored = parse(journal.readMeta(KEY));
  const all = new Map(names.map((name) => [name, createProgress(stored[name] ?? fresh(journal.lastSeq))]));
  let epoch = 0;
  let isBroken = false;

  function save(): void {
    const text = JSON.stringify(Object.fromEntries([...all].map(([name, { toStore }]) => [name, toStore(epoch)])));
    try {
      // Seldom and small, and not worth a flush: what comes back older is told again.
      journal.writeMeta(KEY, text, 'lazy');
      isBroken = false;
    } catch (error) {
      if (!isBroken) log.warn({ error: String(error) }, 'which alerts were told could not be stored');
      isBroken = true;
    }
  }

  return {
    of: (name) => all.get(name)!,
    begin(given) {
      epoch = given;
      save();
    },
    save,
  };
}

const fresh = (seq: number): Stored => ({ seq, epoch: 0, told: [] });

function createProgress(stored: Stored): Progress & { toStore(epoch: number): Stored } {
  const open = new Set<number>();
  const told = new Set(stored.told);
  let highest = stored.seq;
  let isCaughtUp = false;

  function cursor(): number {
    if (!isCaughtUp) return stored.seq;
    return open.size === 0 ? highest : Math.min(...open) - 1;
  }

  function forget(): void {
    const upTo = cursor();
    for (const seq of told) if (seq <= upTo) told.delete(seq);
    while (told.size > AHEAD_LIMIT) told.delete(Math.max(...told));
  }

  return {
    epoch: stored.epoch,
    get seq() {
      return cursor();
    },
    isTold: (seq) => seq <= stored.seq || told.has(seq),
    open(seq) {
      open.add(seq);
      highest = Math.max(highest, seq);
      if (open.size > OPEN_LIMIT) open.delete(Math.min(...open));
    },
    close(seqs) {
      for (const seq of seqs) if (open.delete(seq)) told.add(seq);
      forget();
    },
    pass(seq) {
      highest = Math.max(highest, seq);
      told.add(seq);
      forget();
    },
    caughtUp(seq) {
      isCaughtUp = true;
      highest = Math.max(highest, seq);
      forget();
    },
    toStore: (epoch) => ({ seq: cursor(), epoch: isCaughtUp ? epoch : stored.epoch, told: [...told] }),
  };
}

/** What is damaged counts as absent: the target then begins anew. */
function parse(text: string | undefined): Record<string, Stored> {
  if (text === undefined) return {};
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>).filter(
      (entry): entry is [string, Stored] => isStored(entry[1]),
    );
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, epoch, told } = value as Partial<Stored>;
  return isCount(seq) && isCount(epoch) && Array.isArray(told) && told.every(isCount);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
