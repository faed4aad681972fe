/** P6: records made durable: as many as go, and acknowledged at a fixed rate. */
import { type Journal, openSqliteJournal } from '@inspector/inspector/journal';
import { openDiskFlush } from '../flush-disk.ts';
import { START_MS } from '../held-engine.ts';
import { type Percentiles, percentilesOf, percentilesText } from '../percentiles.ts';
import { measureRounds, perSecondText } from '../rounds.ts';
import type { Line, Row, Size } from '../row.ts';
import { withDirectory } from '../temporary-directory.ts';
import { openPlainStore } from './plain-store.ts';
import { numbered, sampleRecords } from './sample-records.ts';

const BATCH = 1000;
const RECORDS_PER_SECOND = 5000;
const NO_INPUTS = new Uint8Array(0);
const plans = {
  full: { batches: 50, warmups: 1, rounds: 7, phases: 200, phaseMs: 50 },
  short: { batches: 2, warmups: 0, rounds: 1, phases: 2, phaseMs: 50 },
};

export const durableAudit: Row = {
  id: 'P6',
  title: 'durable audit',
  method: [
    `Saturated: batches of ${BATCH} records of the engine (decisions, intents, results, positions, protection) as JSON, one full commit each, with the journal's own search blocks; the peer inserts the same JSON row by row into one plain table of the same store and settings, same batches.`,
    'At 5,000 records a second: each is acknowledged by the commit that holds it, latency from the moment that it was due; beside it, every 50 ms in turn, 4 KiB appended and flushed with fsync to a file on the same disk.',
    'Left out: inputs (none are stored here), the engine, snapshots, readers.',
  ],
  run: (size) => withDirectory((directory) => run(directory, size)),
};

function run(directory: string, size: Size): Line[] {
  const plan = plans[size];
  const samples = sampleRecords();
  const bytes = samples.reduce((sum, record) => sum + JSON.stringify(record).length, 0) / samples.length;
  const journal = openSqliteJournal({ directory, appKey: 'bench' });
  const plain = openPlainStore(directory);
  try {
    let plainSeq = 0;
    const result = measureRounds({
      warmups: plan.warmups,
      rounds: plan.rounds,
      work: plan.batches * BATCH,
      candidate: () => {
        for (let batch = 0; batch < plan.batches; batch++)
          commit(journal, numbered(samples, journal.lastSeq + 1, BATCH));
      },
      peer: () => {
        for (let batch = 0; batch < plan.batches; batch++) {
          plain.insert(numbered(samples, plainSeq + 1, BATCH));
          plainSeq += BATCH;
        }
      },
    });
    const saturated: Line = {
      row: 'P6',
      what: `saturated, ${bytes.toFixed(0)} bytes a record`,
      figure: perSecondText(result.perSecond),
      figureWanted: '≥ 150 K/s',
      figureMet: result.perSecond >= 150_000,
      ratio: result.ratio,
      ratioWanted: '≥ 0.6 of plain batched inserts',
      ratioMet: result.ratio >= 0.6,
      detail: [result.rounds],
    };
    return [saturated, ...acknowledged(journal, directory, plan)];
  } finally {
    plain.close();
    journal.close();
  }
}

function commit(journal: Journal, records: ReturnType<typeof numbered>): void {
  const firstInput = journal.lastInput + 1;
  journal.commit({ firstInput, inputCount: 0, inputs: NO_INPUTS, now: START_MS, records }, 'full');
}

function acknowledged(journal: Journal, directory: string, plan: { phases: number; phaseMs: number }): Line[] {
  const samples = sampleRecords();
  const latencies: number[] = [];
  const flushes: number[] = [];
  const disk = openDiskFlush(directory);
  for (let phase = 0; phase < plan.phases; phase++) {
    disk.flushFor(plan.phaseMs, flushes);
    acknowledgeFor(journal, samples, plan.phaseMs, latencies);
  }
  disk.close();
  const own = percentilesOf(Float64Array.from(latencies));
  const flush = percentilesOf(Float64Array.from(flushes));
  const detail = [`acknowledged: ${percentilesText(own, 'ms')}`, `one fsync: ${percentilesText(flush, 'ms')}`];
  return [ackLine('p50', own, flush, 2, detail), ackLine('p99', own, flush, 3, [])];
}

function ackLine(at: 'p50' | 'p99', own: Percentiles, flush: Percentiles, most: number, detail: string[]): Line {
  const ratio = own[at] / flush[at];
  return {
    row: 'P6',
    what: `acknowledged at 5 K/s, ${at}`,
    figure: `${own[at].toPrecision(3)} ms`,
    figureWanted: '',
    figureMet: true,
    ratio,
    ratioWanted: `≤ ${most} × one fsync`,
    ratioMet: ratio <= most,
    detail,
  };
}

/** Records fall due one every 0.2 ms; a commit takes all that are due, as the runner does. */
function acknowledgeFor(journal: Journal, samples: ReturnType<typeof sampleRecords>, ms: number, into: number[]): void {
  const intervalMs = 1000 / RECORDS_PER_SECOND;
  const count = Math.floor(ms / intervalMs);
  const begun = performance.now();
  for (let done = 0; done < count; ) {
    while (performance.now() < begun + done * intervalMs);
    const due = Math.min(count, Math.floor((performance.now() - begun) / intervalMs) + 1);
    commit(journal, numbered(samples, journal.lastSeq + 1, due - done));
    const now = performance.now();
    for (; done < due; done++) into.push(now - (begun + done * intervalMs));
  }
}
