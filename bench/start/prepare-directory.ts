/** A data directory as a long run leaves it: a million audit records, and a snapshot with a thousand positions. */
import { writeFileSync } from 'node:fs';
import type { Order } from '@inspector/contract';
import { type Engine, snapshotEngine, type VenuePosition } from '@inspector/engine';
import { createInputEncoder, type Journal, openSqliteJournal } from '@inspector/inspector/journal';
import { ENTRY_PRICE, holdPositions, symbolName } from '../held-engine.ts';
import { numbered, sampleRecords } from '../journal/sample-records.ts';

const BATCH = 10_000;

/** The account as its venue shows it. */
export interface VenueShown {
  walletBalance: number;
  availableBalance: number;
  positions: VenuePosition[];
  orders: Order[];
}

/** Writes the directory, and what the venue shows of the same account into `venueFile`. */
export function prepareDirectory(
  directory: string,
  venueFile: string,
  { records, positions }: { records: number; positions: number },
): void {
  const { engine, now } = holdPositions(positions, 1);
  const journal = openSqliteJournal({ directory, appKey: 'bench' });
  try {
    storeRecords(journal, records, now);
    storeEngine(journal, engine, now);
    writeFileSync(venueFile, JSON.stringify(shownOf(engine, positions)));
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

function shownOf(engine: Engine, positions: number): VenueShown {
  const walletBalance = 1000 * positions;
  return {
    walletBalance,
    availableBalance: walletBalance,
    positions: Array.from({ length: positions }, (_, symbol) => ({
      symbol: symbolName(symbol),
      side: symbol % 2 === 0 ? ('LONG' as const) : ('SHORT' as const),
      quantity: 1,
      entryPrice: ENTRY_PRICE,
    })),
    orders: [...engine.orders.values()].filter(({ phase }) => phase === 'working').map(({ order }) => order as Order),
  };
}
