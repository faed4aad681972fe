/** A data directory as a long run leaves it: a million audit records, and a snapshot with a thousand positions. */
import { type Engine, snapshotEngine } from '@inspector/engine';
import { createInputEncoder, type Journal, openSqliteJournal } from '@inspector/inspector/journal';
import { holdPositions } from '../held-engine.ts';
import { numbered, sampleRecords } from '../journal/sample-records.ts';

const BATCH = 10_000;

export function prepareDirectory(directory: string, records: number, positions: number): void {
  const { engine, now } = holdPositions(positions, 1);
  const journal = openSqliteJournal({ directory, appKey: 'bench' });
  try {
    storeRecords(journal, records, now);
    storeEngine(journal, engine, now);
  } finally {
    journal.close();
  }
}

function storeRecords(journal: Journal, count: number, now: number): void {
  const samples = sampleRecords();
  const encoder = createInputEncoder();
  while (journal.lastSeq < count) {
    encoder.reset();
    encoder.append({ kind: 'clock', now });
    const records = numbered(samples, journal.lastSeq + 1, Math.min(BATCH, count - journal.lastSeq));
    const firstInput = journal.lastInput + 1;
    journal.commit({ firstInput, inputCount: 1, inputs: encoder.bytes(), now, records }, 'lazy');
  }
}

function storeEngine(journal: Journal, engine: Engine, now: number): void {
  engine.lastSeq = journal.lastSeq;
  const state = { now, engine: snapshotEngine(engine) };
  journal.saveSnapshot({ input: journal.lastInput, seq: journal.lastSeq, state });
}
