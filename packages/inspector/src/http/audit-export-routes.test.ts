import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { test } from 'node:test';
import { AuditRecordSchema } from '@inspector/contract';
import { listenService } from '@inspector/service';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { auditRecord } from '../views/test-records.ts';
import { csvRow } from './audit-csv.ts';
import { type ExportConfig, exportChunks } from './audit-export.ts';
import { testInspector } from './test-inspector.ts';

const url = '/api/inspector/audit/export';
const columns = Object.keys(AuditRecordSchema.properties);

const lines = (text: string) => text.split('\n').slice(0, -1);
const seqs = (text: string) => lines(text).map((line) => JSON.parse(line).seq);

/** RFC 4180, read back. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  assert.deepEqual(rows.pop(), []);
  return rows;
}

function journalOf(...given: Parameters<typeof auditRecord>[1][]) {
  const journal = createMemoryJournal();
  const records = given.map((each, index) => auditRecord(index + 1, each));
  journal.commit({ firstInput: 1, inputCount: 0, inputs: new Uint8Array(), now: 1, records }, 'full');
  return { journal, records };
}

async function exported(config: Partial<ExportConfig> & Pick<ExportConfig, 'journal'>): Promise<string> {
  let text = '';
  for await (const chunk of exportChunks({ format: 'ndjson', filter: {}, ...config })) text += chunk;
  return text;
}

test('records leave as they are stored, oldest first, as a file', async (t) => {
  const { app, ports, record, close } = await testInspector();
  t.after(close);
  record({ message: 'a "quoted"\nline' }, { data: { deep: [1, { x: null }] } }, {});
  const { statusCode, headers, body } = await app.inject(url);
  assert.equal(statusCode, 200);
  assert.equal(headers['content-type'], 'application/x-ndjson; charset=utf-8');
  assert.equal(headers['content-disposition'], 'attachment; filename="audit-20231114T221320Z.ndjson"');
  assert.deepEqual(lines(body), [...ports.journal.auditLines(1, 3)]);
});

test('without records there are none, and of CSV the header', async (t) => {
  const { app, close } = await testInspector();
  t.after(close);
  const ndjson = await app.inject(url);
  assert.deepEqual([ndjson.statusCode, ndjson.body], [200, '']);
  const csv = await app.inject(`${url}?format=csv`);
  assert.equal(csv.headers['content-type'], 'text/csv; charset=utf-8; header=present');
  assert.equal(csv.body, `${columns.join(',')}\r\n`);
});

test('a row has every field of the record, in the order of the contract, whatever is in it', async (t) => {
  const { app, record, close } = await testInspector();
  t.after(close);
  const given = { symbol: 'A,B', message: 'says "stop"\r\nand ends', data: { a: 'x, "y"' }, actor: 'ann' };
  record(given, {});
  const [head, row, other] = rowsOf((await app.inject(`${url}?format=csv`)).body);
  assert.deepEqual(head, columns);
  const cells = Object.fromEntries(columns.map((name, index) => [name, row?.[index]]));
  assert.deepEqual(
    [cells.seq, cells.symbol, cells.message, cells.data, cells.actor, cells.orderId],
    ['1', 'A,B', given.message, '{"a":"x, \\"y\\""}', 'ann', ''],
  );
  assert.equal(other?.length, columns.length);
});

test('what a spreadsheet would take for a formula begins with an apostrophe', () => {
  const messageOf = (message: string) => rowsOf(csvRow({ message }))[0]?.[columns.indexOf('message')];
  for (const begin of ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
    assert.equal(messageOf(`${begin}1+1`), `'${begin}1+1`);
    assert.equal(messageOf(`a${begin}1+1`), `a${begin}1+1`);
  }
  assert.equal(messageOf('=HYPERLINK("http://x","y")'), '\'=HYPERLINK("http://x","y")');
  assert.equal(messageOf("'quoted"), "'quoted");
  assert.equal(csvRow({ seq: 7, ts: 1.5 }), `7,1.5${','.repeat(columns.length - 2)}\r\n`);
});

test('is filtered by every parameter, as the search is', async (t) => {
  const { app, record, close } = await testInspector();
  t.after(close);
  record(
    { kind: 'ORDER_SENT', code: 'NEW', symbol: 'BTCUSDT', accountKey: 'a', positionId: 'p1', traceId: 't1' },
    { kind: 'ORDER_SENT', code: 'FILLED', symbol: 'ETHUSDT', accountKey: 'b', positionId: 'p2', traceId: 't1' },
    { kind: 'DATA_GAP', code: 'DATA_GAP', traceId: 't2', data: { symbol: 'BTCUSDT', code: 'NEW' } },
    { message: '"symbol":"ETHUSDT"', data: { kind: 'ORDER_SENT' } },
  );
  const queries = [
    '',
    'kind=ORDER_SENT',
    'code=FILLED',
    'code=NEW',
    'symbol=BTCUSDT',
    'symbol=ETHUSDT',
    'accountKey=b',
  ];
  queries.push('positionId=p1', 'traceId=t1', 'from=2000', 'from=2001', 'from=4001', 'to=2000', 'to=1999', 'to=999');
  queries.push(
    'from=2000&to=3000',
    'from=3000&to=2000',
    'afterSeq=0',
    'afterSeq=2',
    'afterSeq=4',
    'afterSeq=1&to=2000',
  );
  queries.push('kind=ORDER_SENT&symbol=ETHUSDT', 'symbol=NONE', 'from=1e300', 'afterSeq=9007199254740991');
  for (const query of queries) {
    const { data } = (await app.inject(`/api/inspector/risk/audit?${query}`)).json();
    const wanted = data.map(({ seq }: { seq: number }) => seq).toReversed();
    assert.deepEqual(seqs((await app.inject(`${url}?${query}`)).body), wanted, query);
    assert.equal(rowsOf((await app.inject(`${url}?format=csv&${query}`)).body).length, wanted.length + 1, query);
  }
  const bad = ['format=xml', 'format=', 'limit=1', 'kind=NONSENSE', 'from=yesterday', 'from=-1', 'afterSeq=-1'];
  for (const query of [...bad, 'afterSeq=1.5', 'symbol=', 'other=1']) {
    const answer = await app.inject(`${url}?${query}`);
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'VALIDATION_FAILED'], query);
  }
  assert.equal((await app.inject({ url, method: 'HEAD' })).statusCode, 405);
});

test('as many as may be leave whole, one more is cut and says so', async () => {
  const { journal } = journalOf({}, { symbol: 'X' }, {}, { symbol: 'X' }, { symbol: 'X' });
  assert.equal(seqs(await exported({ journal, limit: 5 })).length, 5);
  const cut = lines(await exported({ journal, limit: 4 })).map((line) => JSON.parse(line));
  assert.deepEqual(
    cut.map(({ kind, seq }) => seq ?? kind),
    [1, 2, 3, 4, 'EXPORT_CUT'],
  );
  assert.deepEqual(cut.at(-1).data, { records: 4, lastSeq: 4 });
  const filter = { symbol: 'X' };
  assert.equal(seqs(await exported({ journal, filter, limit: 3 })).length, 3);
  const rows = rowsOf(await exported({ journal, filter, limit: 2, format: 'csv' }));
  const last = Object.fromEntries(columns.map((name, index) => [name, rows.at(-1)?.[index]]));
  assert.equal(rows.length, 1 + 2 + 1);
  assert.deepEqual([last.kind, last.data], ['EXPORT_CUT', '{"records":2,"lastSeq":4}']);
  assert.match(String(last.message), /afterSeq=4/);
});

test('what is stored while it runs is not in it', async () => {
  const { journal } = journalOf({}, {});
  const chunks = exportChunks({ journal, format: 'ndjson', filter: {} });
  const late = { firstInput: 1, inputCount: 0, inputs: new Uint8Array(), now: 1, records: [auditRecord(3)] };
  const first = chunks.next();
  journal.commit(late, 'full');
  assert.deepEqual(seqs((await first).value ?? ''), [1, 2]);
});

/** Records without end, and whether somebody still reads them. */
function endless() {
  const state = { read: 0, ended: false };
  function* auditLines(fromSeq: number, toSeq: number): Generator<string> {
    try {
      for (let seq = fromSeq; seq <= toSeq; seq += 1) {
        state.read += 1;
        yield JSON.stringify(auditRecord(seq, { message: 'x'.repeat(1_000) }));
      }
    } finally {
      state.ended = true;
    }
  }
  const queryAudit = async () => [];
  return { state, journal: { firstSeq: 1, lastSeq: 1e9, auditLines, queryAudit } };
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!holds()) {
    assert.ok(performance.now() < deadline, `${what} did not come about`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A caller that takes the first chunk and then no more. */
function begun(address: string, agent = false) {
  return new Promise<{ abort: () => void; status: number }>((resolve, reject) => {
    const call = httpRequest(`${address}${url}`, { agent }, (response) => {
      response.once('data', () => {
        response.pause();
        resolve({ abort: () => call.destroy(), status: response.statusCode ?? 0 });
      });
      response.on('error', () => {});
    });
    call.on('error', reject).end();
  });
}

test('reading goes no further than it is taken, ends when the caller goes, and two at once are the most', async (t) => {
  const { state, journal } = endless();
  const { app, close } = await testInspector({ ports: { journal } });
  t.after(close);
  const address = await listenService(app, { host: '127.0.0.1', port: 0 });
  const first = await begun(address);
  const second = await begun(address);
  assert.deepEqual([first.status, second.status], [200, 200]);
  const refused = await fetch(address + url);
  const { code } = (await refused.json()) as { code: string };
  assert.deepEqual([refused.status, code, refused.headers.get('retry-after')], [503, 'OVERLOADED', '5']);

  let before = -1;
  await until('reading stops', () => {
    const stands = state.read === before;
    before = state.read;
    return stands;
  });
  assert.ok(state.read < 100_000, `${state.read} records were read for nobody`);
  first.abort();
  await until('the reading ends', () => state.ended);
  const third = await begun(address);
  assert.equal(third.status, 200);
  second.abort();
  third.abort();
});

test('a caller that takes nothing for a minute is let go', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { state, journal } = endless();
  const { app, close } = await testInspector({ ports: { journal } });
  t.after(close);
  const address = await listenService(app, { host: '127.0.0.1', port: 0 });
  const { abort } = await begun(address);
  let before = -1;
  while (state.read !== before) {
    before = state.read;
    for (let turns = 0; turns < 200; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  t.mock.timers.tick(59_999);
  for (let turns = 0; turns < 200; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(state.ended, false);
  t.mock.timers.tick(1);
  for (let turns = 0; turns < 1_000 && !state.ended; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(state.ended, true);
  abort();
});
