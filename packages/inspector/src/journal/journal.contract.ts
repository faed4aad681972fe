/** What every journal must do; run against each implementation by its own test file. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import type { EngineInput } from '@inspector/engine';
import fc from 'fast-check';
import { createInputEncoder } from './input-encoder.ts';
import type { AuditFilter, CommitBatch, Journal } from './journal.ts';

/** A record with the given fields; the rest is filled in. */
export function recordOf(seq: number, fields: Partial<AuditRecord> = {}): AuditRecord {
  return {
    seq,
    ts: 1_000_000 + seq,
    kind: 'REQUEST_DECIDED',
    code: 'OK',
    severity: 'info',
    traceId: `trace-${seq}`,
    message: `record ${seq} “with” ünïcode`,
    data: { decision: 'ALLOW', seq },
    epoch: 1,
    ...fields,
  };
}

/** The batch that follows what `journal` holds. */
export function batchOf(journal: Journal, inputs: EngineInput[], records: Partial<AuditRecord>[]): CommitBatch {
  const encoder = createInputEncoder();
  for (const input of inputs) encoder.append(input);
  return {
    firstInput: journal.lastInput + 1,
    inputCount: inputs.length,
    inputs: encoder.bytes(),
    now: inputs.at(-1)?.now ?? 0,
    records: records.map((fields, index) => recordOf(journal.lastSeq + 1 + index, fields)),
  };
}

const clock = (now: number): EngineInput => ({ kind: 'clock', now });

function inputsAfter(journal: Journal, after: number): [number, EngineInput][] {
  const seen: [number, EngineInput][] = [];
  journal.readInputs(after, (input, number) => seen.push([number, { ...input }]));
  return seen;
}

/** `open` gives an empty journal, which the test closes. */
export function journalContract(name: string, open: () => Journal): void {
  const check = (does: string, body: (journal: Journal) => void | Promise<void>) =>
    test(`${name}: ${does}`, async () => {
      const journal = open();
      try {
        await body(journal);
      } finally {
        journal.close();
      }
    });

  check('values of a commit are stored with it, and not when it fails', (journal) => {
    journal.commit({ ...batchOf(journal, [clock(1)], []), meta: { position: '1-0' } }, 'lazy');
    assert.equal(journal.readMeta('position'), '1-0');
    const gap = { ...batchOf(journal, [clock(2)], []), firstInput: 9, meta: { position: '2-0' } };
    assert.throws(() => journal.commit(gap, 'full'));
    assert.equal(journal.readMeta('position'), '1-0');
  });

  check('records that come with their lines are stored as these', (journal) => {
    const records = Array.from({ length: 70 }, () => ({}));
    const batch = batchOf(journal, [clock(1)], records);
    const lines = batch.records.map((record) => `${JSON.stringify(record).slice(0, -1)},"as":"given"}`);
    journal.commit({ ...batch, lines }, 'full');
    assert.deepEqual([...journal.auditLines(1, 70)], lines);
  });

  check('an empty journal counts from nothing', (journal) => {
    assert.deepEqual([journal.lastInput, journal.lastSeq, journal.firstSeq], [0, 0, 1]);
    assert.deepEqual(inputsAfter(journal, 0), []);
    assert.deepEqual(journal.snapshots(), []);
  });

  check('gives back inputs by number and records as the lines that they were written as', (journal) => {
    journal.commit(batchOf(journal, [clock(5), clock(7)], [{ symbol: 'BTCUSDT' }]), 'full');
    journal.commit(batchOf(journal, [clock(9)], []), 'lazy');
    journal.commit(batchOf(journal, [clock(11)], [{}, {}]), 'full');
    assert.deepEqual([journal.lastInput, journal.lastSeq, journal.firstSeq], [4, 3, 1]);
    assert.deepEqual(inputsAfter(journal, 1), [
      [2, clock(7)],
      [3, clock(9)],
      [4, clock(11)],
    ]);
    const lines = [recordOf(1, { symbol: 'BTCUSDT' }), recordOf(2), recordOf(3)].map((each) => JSON.stringify(each));
    assert.deepEqual([...journal.auditLines(1, 3)], lines);
    assert.deepEqual([...journal.auditLines(2, 2)], [lines[1]]);
  });

  check('refuses a batch that would leave a hole, in inputs or in records', (journal) => {
    journal.commit(batchOf(journal, [clock(5)], [{}]), 'full');
    const batch = batchOf(journal, [clock(6)], [{}]);
    assert.throws(() => journal.commit({ ...batch, firstInput: 3 }, 'full'));
    assert.throws(() => journal.commit({ ...batch, records: [recordOf(3)] }, 'full'));
    journal.commit(batch, 'full');
    assert.deepEqual([journal.lastInput, journal.lastSeq], [2, 2]);
  });

  check('copies what it is given: the caller may reuse the bytes', (journal) => {
    const encoder = createInputEncoder();
    encoder.append(clock(1));
    journal.commit({ firstInput: 1, inputCount: 1, inputs: encoder.bytes(), now: 1, records: [] }, 'full');
    encoder.reset();
    encoder.append(clock(2));
    assert.deepEqual(inputsAfter(journal, 0), [[1, clock(1)]]);
  });

  check('keeps the newest two snapshots, newest first', (journal) => {
    for (let i = 1; i <= 4; i++) {
      journal.commit(batchOf(journal, [clock(i)], [{}]), 'full');
      journal.saveSnapshot({ input: i, seq: i, state: { equity: i, none: null } });
    }
    assert.deepEqual(journal.snapshots(), [
      { input: 4, seq: 4, state: { equity: 4, none: null } },
      { input: 3, seq: 3, state: { equity: 3, none: null } },
    ]);
  });

  check('counts epochs from 1 and keeps small values', (journal) => {
    assert.deepEqual([journal.nextEpoch(), journal.nextEpoch()], [1, 2]);
    assert.equal(journal.readMeta('cursor'), undefined);
    journal.writeMeta('cursor', '17');
    journal.writeMeta('cursor', '18');
    assert.equal(journal.readMeta('cursor'), '18');
  });

  check('searches newest first, by every filter alone and together', async (journal) => {
    const fields: Partial<AuditRecord>[] = [];
    for (let i = 0; i < 3000; i++) {
      fields.push({
        kind: i % 7 === 0 ? 'ORDER_SENT' : 'REQUEST_DECIDED',
        code: i % 5 === 0 ? 'DRAWDOWN' : 'OK',
        traceId: `trace-${i % 400}`,
        ...(i % 3 === 0 ? { symbol: i > 1500 ? 'BTCUSDT' : 'ETHUSDT' } : {}),
        ...(i % 900 === 0 ? { positionId: `position-${i}`, accountKey: 'paper:futures' } : {}),
      });
    }
    for (let i = 0; i < fields.length; i += 500) {
      journal.commit(batchOf(journal, [clock(i)], fields.slice(i, i + 500)), 'full');
    }
    const all = fields.map((each, index) => recordOf(index + 1, each)).reverse();
    const filters: AuditFilter[] = [
      { limit: 10 },
      { limit: 5000 },
      { limit: 7, kind: 'ORDER_SENT' },
      { limit: 5000, code: 'DRAWDOWN', symbol: 'ETHUSDT' },
      { limit: 5000, positionId: 'position-900' },
      { limit: 5000, accountKey: 'paper:futures' },
      { limit: 5000, traceId: 'trace-11' },
      { limit: 5000, traceId: 'no such trace' },
      { limit: 5000, from: 1_000_100, to: 1_000_200 },
      { limit: 100, to: 1_001_024, kind: 'ORDER_SENT' },
      { limit: 5000, afterSeq: 2990 },
      { limit: 2, afterSeq: 2990 },
      { limit: 5000, afterSeq: 3000 },
    ];
    for (const filter of filters) {
      const { from = 0, to = Number.POSITIVE_INFINITY, afterSeq = 0, limit, ...values } = filter;
      const expected = all
        .filter((record) => record.ts >= from && record.ts <= to && record.seq > afterSeq)
        .filter((record) => Object.entries(values).every(([key, value]) => record[key as 'kind'] === value))
        .slice(0, limit);
      assert.deepEqual(await journal.queryAudit(filter), expected, JSON.stringify(filter));
    }
  });

  check('retention by age cuts the old end, never what recovery needs, and leaves no hole', (journal) => {
    const day = 86_400_000;
    for (let i = 1; i <= 10; i++) {
      const batch = batchOf(journal, [clock(i * day)], [{ ts: i * day }, { ts: i * day }]);
      journal.commit(batch, 'full');
    }
    assert.deepEqual(journal.retain({ days: 1, maxMb: 0 }, 20 * day), { inputCommits: 0, records: 0, more: false });
    journal.saveSnapshot({ input: 6, seq: 12, state: {} });
    journal.saveSnapshot({ input: 9, seq: 18, state: {} });
    let deleted = 0;
    for (;;) {
      const result = journal.retain({ days: 7, maxMb: 0 }, 12 * day);
      deleted += result.records;
      if (!result.more) break;
    }
    assert.equal(deleted, 8); // days 1 to 4 are older than 7 days on day 12
    assert.equal(journal.firstSeq, 9);
    assert.deepEqual(
      [...journal.auditLines(1, 99)].map((line) => (JSON.parse(line) as AuditRecord).seq),
      [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
    );
    while (journal.retain({ days: 1, maxMb: 0 }, 99 * day).more);
    assert.equal(journal.firstSeq, 13);
    assert.equal(inputsAfter(journal, 0)[0]![0], 7);
    journal.commit(batchOf(journal, [clock(99 * day)], [{}]), 'full');
    assert.deepEqual([journal.lastInput, journal.lastSeq], [11, 21]);
  });

  check('retention by size deletes inputs before records', (journal) => {
    const large = 'x'.repeat(3000);
    for (let i = 1; i <= 40; i++) {
      const input: EngineInput = { kind: 'command', now: i, command: 'noise', actor: large.repeat(10), fields: {} };
      journal.commit(batchOf(journal, [input], [{ message: large }]), 'full');
    }
    journal.saveSnapshot({ input: 39, seq: 39, state: {} });
    journal.saveSnapshot({ input: 40, seq: 40, state: {} });
    while (journal.retain({ days: 0, maxMb: 0.5 }, 0).more);
    assert.ok(journal.sizeBytes() <= 0.5 * 1024 * 1024);
    assert.ok(inputsAfter(journal, 0).length > 0, 'only as much as needed');
    assert.equal(journal.firstSeq, 1);
    while (journal.retain({ days: 0, maxMb: 0.01 }, 0).more);
    assert.equal(inputsAfter(journal, 0)[0]![0], 40);
    assert.equal(journal.firstSeq, 40);
  });

  check('any cut into batches stores the same inputs and records', (journal) => {
    let inputs = 0;
    let records = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 200 })), { maxLength: 6 }), (cuts) => {
        for (const [inputCount, recordCount] of cuts) {
          const batch = new Array<EngineInput>(inputCount).fill(clock(1));
          journal.commit(batchOf(journal, batch, new Array(recordCount).fill({})), recordCount ? 'full' : 'lazy');
          inputs += inputCount;
          records += recordCount;
        }
        assert.deepEqual([journal.lastInput, journal.lastSeq], [inputs, records]);
      }),
      { numRuns: 20 },
    );
    assert.equal(inputsAfter(journal, 0).length, inputs);
    let expected = 1;
    for (const line of journal.auditLines(1, records)) assert.equal((JSON.parse(line) as AuditRecord).seq, expected++);
    assert.equal(expected, records + 1);
  });
}
