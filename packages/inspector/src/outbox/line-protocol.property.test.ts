/** Any record is given back by QuestDB as it was, and any filter finds there what it finds in the journal. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type AuditRecord, auditKinds, severities } from '@inspector/contract';
import { type QuestdbServer, questdbMissing, startQuestdb } from '@inspector/servers';
import fc from 'fast-check';
import type { AuditFilter } from '../journal/journal.ts';
import { equityRow } from './equity-row.ts';
import { questdbAddress } from './questdb-address.ts';
import { createQuestdbClient } from './questdb-client.ts';
import { recordRows } from './record-rows.ts';
import { ask, isState, newAppKey, testOutbox, until } from './test-outbox.ts';

const skip = (await questdbMissing()) ?? false;

/** Text with everything that has a meaning to line protocol, SQL or JSON, lone surrogates included. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary' }) },
  {
    weight: 3,
    arbitrary: fc.string({
      unit: fc.constantFrom('"', '\\', "'", '\n', '\r', '\t', ' ', ',', '=', '\0', 'n', 'é', '🙂', '--', ';'),
    }),
  },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('\ud800', 'a', '\udfff') }) },
  { weight: 1, arbitrary: fc.constantFrom('', 'null', 'NaN', '1i', 't', '{}', "' OR 1=1 --", '\\', '"') },
);
const maybe = fc.option(text, { nil: undefined });
const time = fc.oneof(
  fc.integer({ min: 0, max: 253_402_300_799_999 }),
  fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 }),
  fc.double({ min: 0, max: 2_000_000_000_000, noNaN: true }),
);
const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });

const data = fc.oneof(
  fc.dictionary(text, fc.jsonValue()),
  fc.record({
    decision: text,
    request: fc.record({ side: fc.jsonValue() }),
    sizing: fc.record({ quantity: value, price: value, notionalUsd: value, method: fc.option(text, { nil: null }) }),
    inputs: fc.record({ equityUsd: value }),
    violations: fc.oneof(fc.jsonValue(), fc.array(fc.record({ code: text }))),
    exit: fc.boolean(),
    governor: fc.record({ action: text }),
  }),
  fc.record({
    side: text,
    quantity: value,
    entryPrice: value,
    protection: fc.record({ state: text, nakedQuantity: value }),
  }),
);

const anyRecord = fc.record({
  ts: time,
  kind: fc.constantFrom(...auditKinds),
  code: text,
  severity: fc.constantFrom(...severities),
  accountKey: maybe,
  symbol: maybe,
  positionId: maybe,
  requestId: maybe,
  orderId: maybe,
  detectorSysname: maybe,
  traceId: text,
  causationId: maybe,
  actor: maybe,
  message: text,
  data,
  epoch: fc.nat(),
});

/** As the journal would give it back. */
const asStored = (record: unknown): AuditRecord => JSON.parse(JSON.stringify(record)) as AuditRecord;

describe('against a real QuestDB', { skip }, () => {
  let server: QuestdbServer;
  before(async () => {
    server = (await startQuestdb())!;
  });
  after(() => server.kill());

  test('a record comes back as it was, whatever is in it', async () => {
    const { outbox, journal } = testOutbox({ url: server.url });
    outbox.start();
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 40 }), async (drawn) => {
        const before = journal.lastSeq;
        const records = drawn.map((each, index) => asStored({ seq: before + 1 + index, ...each }));
        journal.commit({ firstInput: 1, inputCount: 0, inputs: new Uint8Array(), now: 0, records }, 'full');
        outbox.poke();
        const filter = { afterSeq: before, limit: records.length };
        await until('they are found', async () => (await outbox.query(filter)).length === records.length);
        assert.deepEqual(await outbox.query(filter), records.toReversed());
      }),
      { numRuns: 25 },
    );
    assert.deepEqual([outbox.state().rejected, outbox.state().lag], [0, 0]);
  });

  test('numbers of the tables for charts come back to the last bit', async () => {
    const appKey = newAppKey();
    const client = createQuestdbClient(questdbAddress(server.url));
    after(() => client.close());
    const drawn = fc.sample(value, 300);
    const edges = [Number.NaN, Number.POSITIVE_INFINITY, 1e308, 5e-324, -0.1, 2 ** 53 + 2, -1e21, 0, null];
    const values = [...drawn, ...edges];
    const rows = values.map((equityUsd, index) =>
      equityRow(
        {
          ts: index,
          accountKey: 'paper:futures',
          equityUsd,
          drawdownPct: null,
          dailyPnlUsd: null,
          dailyPnlPct: null,
          grossNotionalUsd: null,
          exposurePct: null,
          marginUsedUsd: null,
          openPositions: null,
          governorAction: 'ALLOW',
        },
        appKey,
      ),
    );
    await client.write(Buffer.from(rows.join('')), { deadlineMs: 10_000 });
    const sql = `SELECT equity_usd FROM inspector_equity WHERE app_key = '${appKey}' ORDER BY ts LIMIT 1000`;
    await until('they are found', async () => (await ask(server.url, sql)).length === values.length);
    const expected = values.map((each) => (each === null || !Number.isFinite(each) ? null : each + 0));
    assert.deepEqual(
      (await ask(server.url, sql)).flat().map((each) => (each === null ? null : Number(each) + 0)),
      expected,
    );
  });

  test('every filter finds what it finds in the journal', async () => {
    const { outbox, journal } = testOutbox({ url: server.url });
    const pick = (values: readonly string[], seq: number) => values[(seq * 7919) % values.length]!;
    const codes = ['OK', 'DRAWDOWN', "it's", 'a"b', '\\', 'ünï', "' OR '1'='1"];
    const symbols = ['BTCUSDT', 'ETHUSDT', '1000PEPEUSDT', "X' --"];
    const records = Array.from({ length: 6_000 }, (_, index) =>
      asStored({
        seq: index + 1,
        ts: 1_700_000_000_000 + ((index * 31) % 9_000),
        kind: pick(auditKinds, index),
        code: pick(codes, index + 3),
        severity: 'info',
        symbol: index % 5 === 0 ? undefined : pick(symbols, index),
        accountKey: index % 7 === 0 ? undefined : `paper:${index % 3}`,
        positionId: index % 2 === 0 ? undefined : `p${index % 50}`,
        traceId: `t${index % 900}`,
        message: 'm'.repeat(index % 90),
        data: { index },
        epoch: 1,
      }),
    );
    journal.commit({ firstInput: 1, inputCount: 0, inputs: new Uint8Array(), now: 0, records }, 'full');
    outbox.start();
    await until('the copy', isState(outbox, { state: 'ok', lag: 0 }));
    await until('it shows', async () => (await outbox.query({ limit: 5_000 })).length === 5_000);
    await until(
      'all of it',
      async () => (await outbox.query({ afterSeq: 0, to: 1e15, limit: 5_000 })).at(-1)?.seq === 1_001,
    );
    const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
    const filterTime = fc.oneof(
      fc.integer({ min: 1_699_999_999_990, max: 1_700_000_009_010 }),
      fc.constantFrom(0, 1_700_000_000_000.5, 1e18, Number.MAX_VALUE),
    );
    const filters = fc.record({
      kind: optional(fc.constantFrom(...auditKinds)),
      code: optional(fc.constantFrom(...codes, 'NONE')),
      symbol: optional(fc.constantFrom(...symbols, '')),
      accountKey: optional(fc.constantFrom('paper:0', 'paper:1', 'paper')),
      positionId: optional(fc.constantFrom('p1', 'p49', "p'")),
      traceId: optional(fc.constantFrom('t1', 't899', 't\0')),
      from: optional(filterTime),
      to: optional(filterTime),
      afterSeq: optional(fc.oneof(fc.integer({ min: 0, max: 6_100 }), fc.constant(Number.MAX_SAFE_INTEGER))),
      limit: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.constantFrom(1, 499, 500, 501, 5_000)),
    });
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(filters, async (drawn) => {
        const filter = JSON.parse(JSON.stringify(drawn)) as AuditFilter;
        const found = await outbox.query(filter);
        assert.deepEqual(found, await journal.queryAudit(filter), JSON.stringify(filter));
        hits += found.length;
      }),
      { numRuns: 80 },
    );
    assert.ok(hits > 0, 'some filters found something');
  });
});

test('a time that QuestDB cannot store is told and not sent', () => {
  const record = asStored({
    seq: 1,
    kind: 'STARTED',
    code: 'OK',
    severity: 'info',
    traceId: 't',
    message: '',
    data: {},
    epoch: 1,
  });
  const kindAt = (ts: number) => recordRows({ ...record, ts }, '', 'app').kind;
  assert.deepEqual([-1, 0, 253_402_300_799_999, 253_402_300_800_000].map(kindAt), ['unfit', 'rows', 'rows', 'unfit']);
});
