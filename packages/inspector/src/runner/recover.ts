import type { EngineInput, Output } from '@inspector/engine';
import type { Journal, Snapshot } from '../journal/journal.ts';
import { JournalError } from '../journal/journal-error.ts';
import type { EngineCore, Genesis } from './engine-core.ts';

/** What a stored snapshot holds besides the engine. */
export interface StoredState {
  /** `now` of the last input that it contains: time never goes back over a restart. */
  now: number;
  engine: unknown;
}

export interface Recovered<E> {
  engine: E;
  now: number;
  /** Inputs replayed on top of the snapshot. */
  replayed: number;
}

/** Stores the engine as it is after the newest stored input. Nothing may be pending. */
export function storeSnapshot<E>(core: EngineCore<E>, engine: E, place: { journal: Journal; now: number }): void {
  const state: StoredState = { now: place.now, engine: core.snapshot(engine) };
  place.journal.saveSnapshot({ input: place.journal.lastInput, seq: core.lastSeq(engine), state });
}

/**
 * The engine as it was when the journal ended: the newest snapshot and the inputs after it, through the same `step`.
 * A new directory gets a first snapshot of an engine made from `genesis`, so that every later start begins with one.
 * Throws JOURNAL_DIVERGED when the records are not, byte for byte, the stored ones, or the state is not the stored
 * one: then this version of the engine decides otherwise than the one that wrote the journal, or state leaked in.
 */
export function recover<E>(core: EngineCore<E>, journal: Journal, genesis: Genesis): Recovered<E> {
  const [newest] = journal.snapshots();
  if (!newest) {
    if (journal.lastInput > 0) throw new JournalError('DATA_DIR_CORRUPT', 'the journal has inputs and no snapshot');
    const engine = core.create({ ...genesis, epoch: 0 });
    storeSnapshot(core, engine, { journal, now: 0 });
    return { engine, now: 0, replayed: 0 };
  }
  const state = newest.state as StoredState;
  const engine = restored(core, newest, state);
  if (JSON.stringify(core.snapshot(engine)) !== JSON.stringify(state.engine)) {
    throw new JournalError(
      'JOURNAL_DIVERGED',
      `the snapshot at input ${newest.input} does not restore to the state that was stored`,
    );
  }
  return replayTail(core, engine, { journal, input: newest.input, seq: newest.seq, now: state.now });
}

function restored<E>(core: EngineCore<E>, snapshot: Snapshot, state: StoredState): E {
  try {
    return core.restore(state.engine);
  } catch (error) {
    const message = `the snapshot at input ${snapshot.input} cannot be restored by this version: ${error}`;
    throw new JournalError('JOURNAL_DIVERGED', message, error);
  }
}

interface Tail {
  journal: Journal;
  input: number;
  seq: number;
  now: number;
}

function replayTail<E>(core: EngineCore<E>, engine: E, tail: Tail): Recovered<E> {
  const stored = tail.journal.auditLines(tail.seq + 1, tail.journal.lastSeq)[Symbol.iterator]();
  let now = tail.now;
  let expected = tail.input + 1;
  tail.journal.readInputs(tail.input, (input, number) => {
    if (number !== expected) throw new JournalError('DATA_DIR_CORRUPT', `input ${expected} is missing in the journal`);
    expected++;
    now = input.now;
    for (const record of stepped(core, engine, input).records) {
      const line = stored.next();
      const computed = JSON.stringify(record);
      if (line.done || line.value !== computed) throw diverged(number, computed, line.done ? 'nothing' : line.value);
    }
  });
  if (expected !== tail.journal.lastInput + 1) {
    throw new JournalError(
      'DATA_DIR_CORRUPT',
      `inputs ${expected} to ${tail.journal.lastInput} are missing in the journal`,
    );
  }
  const surplus = stored.next();
  if (!surplus.done) throw diverged(expected - 1, 'nothing', surplus.value);
  return { engine, now, replayed: expected - 1 - tail.input };
}

function stepped<E>(core: EngineCore<E>, engine: E, input: EngineInput): Output {
  try {
    return core.step(engine, input);
  } catch (error) {
    throw new JournalError(
      'JOURNAL_DIVERGED',
      `a stored input of kind ${input.kind} makes the engine fail: ${error}`,
      error,
    );
  }
}

function diverged(input: number, computed: string, stored: string): JournalError {
  return new JournalError('JOURNAL_DIVERGED', `replaying input ${input} gave ${computed}, the audit holds ${stored}`);
}
