/** Against a server that plays QuestDB, for what a real one cannot be made to do. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordTables } from './tables.ts';
import { isState, recordAt, store, testOutbox, until } from './test-outbox.ts';

interface FakeQuestdb {
  url: string;
  /** Bodies that were stored. */
  stored: string[];
  /** Of each statement, its first words. */
  asked: string[];
  /** Every connection is closed after its answer. */
  closes: boolean;
  /** What was stored can be read. */
  shows: boolean;
}

type Answer = { status: number; text?: string } | 'nothing';

/** Has tables as they should be; `onWrite` answers writes, a 204 by default. */
async function fakeQuestdb(onWrite: (body: string) => Answer = () => ({ status: 204 })): Promise<FakeQuestdb> {
  const fake: FakeQuestdb = { url: '', stored: [], asked: [], closes: false, shows: true };
  const tables = [...recordTables.map(({ name }) => name), 'inspector_equity'];
  function dataset(sql: string): unknown[][] {
    fake.asked.push(sql.slice(0, 40));
    if (sql.includes('FROM tables()')) return tables.map((name, id) => [name, id, true, true, 'ts']);
    if (sql.startsWith('SELECT count()')) return [[fake.shows ? 1 : 0]];
    const [, described] = /table_columns\('(\w+)'\)/.exec(sql) ?? [];
    if (described === undefined) return [];
    const table = recordTables.find(({ name }) => name === described);
    return Object.entries(table?.columns ?? {}).map(([name, type]) => [name, type, table?.keys.includes(name)]);
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://fake');
    if (fake.closes) response.setHeader('connection', 'close');
    if (url.pathname === '/exec') {
      response.end(JSON.stringify({ dataset: dataset(url.searchParams.get('query') ?? '') }));
      return;
    }
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const given = onWrite(body);
    if (given === 'nothing') return;
    if (given.status === 204) fake.stored.push(body);
    response.statusCode = given.status;
    response.end(given.text);
  }
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  fake.url = `http://127.0.0.1:${port}`;
  return fake;
}

const refuse = { status: 400, text: JSON.stringify({ code: 'invalid', message: 'a row that it does not like' }) };
const caughtUp = { state: 'ok', lag: 0 } as const;
const seqsOf = (stored: readonly string[]): Set<number> =>
  new Set(stored.flatMap((body) => [...body.matchAll(/^inspector_audit seq=(\d+)i/gm)].map(([, seq]) => Number(seq))));

test('rows that are refused are found by halving, set aside once and told; every other record arrives', async () => {
  const bad = new Set([1, 64, 65, 700, 1_999]);
  const isBad = (body: string) => [...seqsOf([body])].some((seq) => bad.has(seq));
  const fake = await fakeQuestdb((body) => (isBad(body) ? refuse : { status: 204 }));
  const { outbox, journal, directory, told } = testOutbox({ url: fake.url });
  store(journal, 2_500);
  outbox.start();
  await until('the copy', isState(outbox, { ...caughtUp, rejected: bad.size, sent: 2_500 - bad.size }));
  const arrived = seqsOf(fake.stored);
  assert.equal(arrived.size, 2_500 - bad.size);
  assert.ok([...bad].every((seq) => !arrived.has(seq)));
  const aside = readFileSync(join(directory, 'questdb-rejected.ndjson'), 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    aside.map((line) => JSON.parse(line)).map(({ seq, reason, record }) => ({ seq, reason, record })),
    [...bad].map((seq) => ({ seq, reason: 'a row that it does not like', record: recordAt(seq) })),
  );
  assert.deepEqual(told, ['QUESTDB_RECORDS_REJECTED']);
});

test('many bad rows at the beginning of a batch do not stop the good ones behind them', async () => {
  const fake = await fakeQuestdb((body) => (Math.min(...seqsOf([body])) <= 60 ? refuse : { status: 204 }));
  const { outbox, journal } = testOutbox({ url: fake.url });
  store(journal, 1_000);
  outbox.start();
  await until('the copy', isState(outbox, { ...caughtUp, rejected: 60, sent: 940 }));
});

test('a QuestDB that refuses everything is down; nothing is set aside, and all arrives when it takes rows again', async () => {
  let isRefusing = true;
  const fake = await fakeQuestdb(() => (isRefusing ? refuse : { status: 204 }));
  const { outbox, journal, told } = testOutbox({ url: fake.url });
  store(journal, 300);
  outbox.start();
  await until('it says so', () => /refuses every record: a row that/.test(outbox.state().reason ?? ''));
  assert.ok(isState(outbox, { state: 'down', rejected: 0, lag: 300 })());
  isRefusing = false;
  await until('the copy', isState(outbox, caughtUp));
  assert.equal(seqsOf(fake.stored).size, 300);
  assert.deepEqual(told, []);
});

test('after answers of 500, 503 and 429 the same bytes come again until they are taken', async () => {
  const answers = [500, 503, 429, 502, 500];
  const bodies: string[] = [];
  const fake = await fakeQuestdb((body) => {
    bodies.push(body);
    return { status: answers.shift() ?? 204 };
  });
  const { outbox, journal } = testOutbox({ url: fake.url });
  store(journal, 500);
  outbox.start();
  await until('a failure', () => bodies.length >= 2);
  store(journal, 5); // what has come since does not change the batch
  await until('the copy', isState(outbox, { ...caughtUp, rejected: 0 }));
  assert.equal(bodies.length, 7);
  assert.equal(new Set(bodies.slice(0, 6)).size, 1);
  assert.equal(seqsOf(fake.stored).size, 505);
});

test('the file of refused records does not grow beyond its bound', async () => {
  const fake = await fakeQuestdb((body) => (seqsOf([body]).has(2) ? refuse : { status: 204 }));
  const { outbox, journal, directory, logged } = testOutbox({ url: fake.url });
  const file = join(directory, 'questdb-rejected.ndjson');
  const full = '\n'.repeat(8 * 1024 * 1024);
  writeFileSync(file, full);
  store(journal, 3);
  outbox.start();
  await until('the copy', isState(outbox, { ...caughtUp, rejected: 1, sent: 2 }));
  assert.equal(readFileSync(file, 'utf8').length, full.length);
  assert.ok(logged.some((message) => message.includes('is full')));
});

test('a full queue of samples drops the oldest and counts them', async () => {
  const fake = await fakeQuestdb();
  const { outbox } = testOutbox({ url: fake.url });
  const sample = { accountKey: 'paper:futures', equityUsd: 1, drawdownPct: 0, dailyPnlUsd: 0, dailyPnlPct: 0 };
  const rest = {
    grossNotionalUsd: 0,
    exposurePct: 0,
    marginUsedUsd: 0,
    openPositions: 0,
    governorAction: 'ALLOW' as const,
  };
  for (let ts = 1; ts <= 10_005; ts++) outbox.sample([{ ts, ...sample, ...rest }]);
  assert.equal(outbox.state().samplesDropped, 5);
  outbox.start();
  const rows = () =>
    fake.stored
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('inspector_equity'));
  await until('the samples', () => rows().length === 10_000);
  assert.match(rows()[0]!, / 6000$/);
  assert.match(rows().at(-1)!, / 10005000$/);
});

test('over a connection that is not known to be the same as before nothing is written without a look', async () => {
  const fake = await fakeQuestdb();
  fake.closes = true;
  const { outbox, journal } = testOutbox({ url: fake.url });
  store(journal, 5_000);
  outbox.start();
  await until('the copy', isState(outbox, caughtUp));
  assert.equal(fake.stored.length, 3);
  const looks = fake.asked.filter((sql) => sql.startsWith('SELECT table_name')).length;
  assert.equal(looks, 3, 'one look for each write');
  assert.equal(outbox.state().lastErrorAt, undefined);
});

test('a QuestDB that does not show what it takes is sent everything twice at most', async () => {
  const fake = await fakeQuestdb();
  fake.closes = true; // so that it is looked at before each write
  fake.shows = false;
  const { outbox, journal } = testOutbox({ url: fake.url });
  store(journal, 9_000);
  outbox.start();
  await until('the copy', isState(outbox, caughtUp));
  assert.equal(seqsOf(fake.stored).size, 9_000);
  assert.ok(outbox.state().sent <= 18_000);
});

test('a cursor that is damaged, or ahead of the journal, begins where the journal allows', async () => {
  for (const stored of ['nonsense', '{"seq":-1,"tables":"0 1 2"}', '{"seq":900,"tables":"0 1 2"}']) {
    const fake = await fakeQuestdb();
    fake.shows = false;
    const { journal } = testOutbox({ url: fake.url });
    store(journal, 10);
    journal.writeMeta('questdb', stored);
    const { outbox } = testOutbox({ url: fake.url, journal });
    assert.equal(outbox.state().cursor, stored.includes('900') ? 10 : 0, stored);
    outbox.start();
    await until('the copy', () => seqsOf(fake.stored).size === 10);
    await outbox.stop();
    assert.deepEqual(JSON.parse(journal.readMeta('questdb')!), { seq: 10, tables: '0 1 2' });
  }
});
