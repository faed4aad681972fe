import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { createAuditTail } from './audit-tail.ts';
import { LATENCY_SAMPLES } from './bounds.ts';
import { createBusLatency } from './bus-latency.ts';
import { createFollowed } from './followed.ts';
import { rangeHash } from './range-hash.ts';
import { auditRecord } from './test-records.ts';
import { createViews } from './views.ts';

describe('views', () => {
  test('take records in order and pass over one that came before', () => {
    const views = createViews(0);
    views.apply(auditRecord(1));
    views.apply(auditRecord(1));
    views.apply(auditRecord(2));
    assert.equal(views.lastSeq, 2);
    assert.equal(views.tail.latest(10).length, 2);
  });

  test('refuse a hole and stay where they were', () => {
    const views = createViews(5);
    views.apply(auditRecord(6));
    assert.throws(() => views.apply(auditRecord(8)), { code: 'AUDIT_HOLE', expectedSeq: 7, seenSeq: 8 });
    assert.equal(views.lastSeq, 6);
  });

  test('count how often a decided request came again; checks are no requests', () => {
    const views = createViews(0);
    const decided = { kind: 'REQUEST_DECIDED', requestId: 'r1' } as const;
    views.apply(auditRecord(1, { ...decided, code: 'OK' }));
    views.apply(auditRecord(2, { ...decided, code: 'REQUEST_DUPLICATE' }));
    views.apply(auditRecord(3, { ...decided, requestId: 'r2', code: 'OK', data: { check: true } }));
    views.apply(auditRecord(4, { ...decided, requestId: 'r3', code: 'REQUEST_DUPLICATE' }));
    assert.deepEqual(views.requests.latest(5), [
      { requestId: 'r3', ts: 4_000, code: 'REQUEST_DUPLICATE', duplicates: 1 },
      { requestId: 'r1', ts: 1_000, code: 'OK', duplicates: 1 },
    ]);
  });

  test('gather the records of a cause, the newest active first', () => {
    const views = createViews(0);
    views.apply(auditRecord(1, { traceId: 'a', kind: 'REQUEST_DECIDED' }));
    views.apply(auditRecord(2, { traceId: 'b', kind: 'ORDER_SENT' }));
    views.apply(auditRecord(3, { traceId: 'a', kind: 'ORDER_INTENT' }));
    views.apply(auditRecord(4, { traceId: 'a', kind: 'ORDER_INTENT' }));
    assert.deepEqual(views.traces.latest(5), [
      { traceId: 'a', count: 3, firstTs: 1_000, lastTs: 4_000, kinds: ['REQUEST_DECIDED', 'ORDER_INTENT'] },
      { traceId: 'b', count: 1, firstTs: 2_000, lastTs: 2_000, kinds: ['ORDER_SENT'] },
    ]);
    assert.equal(views.traces.latest(1).length, 1);
  });

  test('tell anomalies from the ordinary, and a refusal is ordinary', () => {
    const views = createViews(0);
    views.apply(auditRecord(1, { kind: 'ORDER_SENT' }));
    views.apply(auditRecord(2, { kind: 'DATA_GAP', severity: 'warn' }));
    views.apply(auditRecord(3, { kind: 'REQUEST_DECIDED', severity: 'warn' }));
    views.apply(auditRecord(4, { kind: 'ALERT_SENT', severity: 'critical' }));
    assert.deepEqual(
      views.anomalies.latest(10).map((record) => record.seq),
      [4, 2],
    );
    assert.deepEqual(views.anomalies.counts(), { DATA_GAP: 1, ALERT_SENT: 1 });
  });

  test('tell a kill from its trigger to the proof; a re-arm is a step but not in the range', () => {
    const views = createViews(0);
    const phases = ['TRIGGERED', 'BLOCKED', 'CLOSING', 'VERIFIED_FLAT', 'REARMED'];
    const step = { incidentId: 'k1', scope: 'global', reason: 'drill', actor: 'ann' };
    for (const [index, code] of phases.entries()) {
      const remaining = { orders: 0, positions: Math.max(0, 2 - index) };
      views.apply(auditRecord(index + 1, { kind: 'KILL_SWITCH', code, data: { ...step, phase: code, remaining } }));
    }
    const incident = views.incidents.find('k1');
    assert.deepEqual(
      incident?.steps.map((each) => each.phase),
      phases,
    );
    assert.deepEqual([incident?.fromSeq, incident?.toSeq, incident?.actor], [1, 4, 'ann']);
    assert.equal(views.incidents.latestId, 'k1');
    assert.equal(views.incidents.find('k2'), undefined);
  });
});

describe('audit tail', () => {
  const filled = (limit: number, count: number) => {
    const tail = createAuditTail(limit);
    for (let seq = 1; seq <= count; seq += 1) {
      tail.apply(auditRecord(seq, { symbol: seq % 2 === 0 ? 'EVEN' : 'ODD' }));
    }
    return tail;
  };
  const seqs = (records: { seq: number }[] | undefined) => records?.map((record) => record.seq);

  test('keeps the newest and answers newest first', () => {
    assert.deepEqual(seqs(filled(3, 5).latest(10)), [5, 4, 3]);
    assert.deepEqual(seqs(filled(3, 5).latest(2)), [5, 4]);
  });

  test('answers a filter that it holds everything for', () => {
    const tail = filled(4, 10);
    assert.deepEqual(seqs(tail.find({ limit: 2, symbol: 'EVEN' }, 1)), [10, 8]);
    assert.deepEqual(seqs(tail.find({ limit: 50, afterSeq: 7 }, 1)), [10, 9, 8]);
    assert.deepEqual(seqs(tail.find({ limit: 50, afterSeq: 6 }, 1)), [10, 9, 8, 7]);
    assert.deepEqual(seqs(tail.find({ limit: 50, from: 8_000, to: 9_000 }, 1)), [9, 8]);
  });

  test('leaves to the store what may lie further back', () => {
    const tail = filled(4, 10);
    assert.equal(tail.find({ limit: 3, symbol: 'EVEN' }, 1), undefined);
    assert.equal(tail.find({ limit: 50, afterSeq: 5 }, 1), undefined);
    assert.equal(tail.find({ limit: 50, from: 7_000 }, 1), undefined);
    assert.equal(createAuditTail(4).find({ limit: 1 }, 1), undefined);
  });

  test('answers all that there is when the store begins no earlier', () => {
    assert.deepEqual(seqs(filled(4, 3).find({ limit: 50, kind: 'DAY_ROLLED' }, 1)), []);
    assert.deepEqual(seqs(filled(4, 10).find({ limit: 50, symbol: 'ODD' }, 7)), [9, 7]);
  });
});

test('what was put in first is forgotten when too much is followed', () => {
  const followed = createFollowed<number>(2);
  followed.set('a', 1);
  followed.set('b', 2);
  followed.set('a', 3);
  followed.set('c', 4);
  assert.deepEqual([followed.get('a'), followed.get('b'), followed.get('c')], [undefined, 2, 4]);
});

test('the hash of a range is that of its lines, whatever the slices', async () => {
  const journal = createMemoryJournal();
  const records = Array.from({ length: 450 }, (_, index) => auditRecord(index + 1));
  journal.commit({ firstInput: 1, inputCount: 0, inputs: new Uint8Array(), now: 1, records }, 'full');
  const { createHash } = await import('node:crypto');
  const lines = records.slice(9, 440).map((record) => `${JSON.stringify(record)}\n`);
  assert.equal(await rangeHash(journal, 10, 440), createHash('sha256').update(lines.join('')).digest('hex'));
  assert.notEqual(await rangeHash(journal, 10, 441), await rangeHash(journal, 10, 440));
});

test('bus latency keeps the last samples of each type', () => {
  const latency = createBusLatency();
  latency.note('A', -5);
  for (let ms = 1; ms <= LATENCY_SAMPLES; ms += 1) latency.note('A', ms);
  latency.note('B', 7);
  assert.deepEqual(latency.byType(), {
    A: { count: LATENCY_SAMPLES + 1, p50Ms: 256, p99Ms: 507, maxMs: 512 },
    B: { count: 1, p50Ms: 7, p99Ms: 7, maxMs: 7 },
  });
});
