/** Against a real QuestDB: whatever happens to it, afterwards every record is there once. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type QuestdbServer, questdbMissing, startQuestdb } from '@inspector/servers';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { systemClock } from '../runner/clock.ts';
import { createOutbox } from './outbox.ts';
import { isQuestdbFailure } from './questdb-failure.ts';
import {
  ask,
  everythingOnce,
  isState,
  newAppKey,
  recordAt,
  store,
  temporaryDirectory,
  testOutbox,
  until,
} from './test-outbox.ts';

const skip = (await questdbMissing()) ?? false;
const caughtUp = { state: 'ok', lag: 0 } as const;

describe('with a real QuestDB', { skip }, () => {
  let server: QuestdbServer;
  before(async () => {
    server = (await startQuestdb())!;
  });
  beforeEach(() => server.start());
  after(() => server.kill());

  test('tables are made with days, deduplication and symbols; records and their rows are in them', async () => {
    const { outbox, journal, appKey } = testOutbox({ url: server.url });
    store(journal, 3_000);
    outbox.start();
    await until('the copy', isState(outbox, caughtUp));
    await everythingOnce(server.url, appKey, journal);
    const tables = await ask(
      server.url,
      `SELECT table_name, partitionBy, walEnabled, dedup FROM tables() WHERE table_name LIKE 'inspector_%' ORDER BY table_name`,
    );
    assert.deepEqual(
      tables,
      ['audit', 'decisions', 'equity', 'positions'].map((name) => [`inspector_${name}`, 'DAY', true, true]),
    );
    const keys = await ask(server.url, `SELECT "column" FROM table_columns('inspector_audit') WHERE upsertKey = true`);
    assert.deepEqual(keys.flat().sort(), ['app_key', 'seq', 'ts']);
    const [position] = await ask(
      server.url,
      `SELECT event, code, position_id, symbol, quantity, side FROM inspector_positions WHERE app_key = '${appKey}' AND seq = 4`,
    );
    assert.deepEqual(position, ['POSITION_UPDATED', 'RUNTIME', 'p1', 'BTCUSDT', 4, null]);
  });

  test('samples of equity arrive, a sample that is sent again does not double', async () => {
    const { outbox, appKey } = testOutbox({ url: server.url });
    const sample = {
      ts: 1_700_000_000_000,
      accountKey: 'paper:futures',
      equityUsd: 10_000.5,
      drawdownPct: 0,
      dailyPnlUsd: -3,
      dailyPnlPct: null,
      grossNotionalUsd: 1e6,
      exposurePct: 100,
      marginUsedUsd: 20,
      openPositions: 3,
      governorAction: 'ALLOW' as const,
    };
    outbox.sample([sample, { ...sample, accountKey: 'paper:spot' }, sample]);
    outbox.start();
    const sql = `SELECT account_key, equity_usd, drawdown_pct, daily_pnl_usd, daily_pnl_pct, gross_notional_usd, exposure_pct,
      margin_used_usd, open_positions, governor_action FROM inspector_equity WHERE app_key = '${appKey}' ORDER BY account_key`;
    await until('the samples', async () => (await ask(server.url, sql)).length === 2);
    const rest = [10_000.5, 0, -3, null, 1e6, 100, 20, 3, 'ALLOW'];
    assert.deepEqual(await ask(server.url, sql), [
      ['paper:futures', ...rest],
      ['paper:spot', ...rest],
    ]);
    assert.equal(outbox.state().samplesDropped, 0);
  });

  test('QuestDB that is down at the start holds nothing up, and gets everything when it comes', async () => {
    await server.kill();
    const { outbox, journal, appKey } = testOutbox({ url: server.url });
    outbox.start();
    store(journal, 500);
    const says = /cannot be reached at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)/;
    await until('it says so', () => says.test(outbox.state().reason ?? ''));
    assert.ok(isState(outbox, { state: 'down', lag: 500 })());
    await assert.rejects(outbox.query({ limit: 1 }), { code: 'QUESTDB_UNAVAILABLE' });
    store(journal, 500);
    await server.start();
    await until('the copy', isState(outbox, caughtUp));
    await everythingOnce(server.url, appKey, journal);
  });

  test('killed again and again under load, it has every record once', async () => {
    const appKey = newAppKey();
    const stored = openSqliteJournal({ directory: temporaryDirectory(), appKey });
    after(() => stored.close());
    const { outbox, journal } = testOutbox({ url: server.url, appKey, journal: stored });
    outbox.start();
    let isLoading = true;
    const load = (async () => {
      while (isLoading) {
        store(journal, 100);
        outbox.poke();
        await wait(20);
      }
    })();
    for (let round = 0; round < 3; round++) {
      const { sent } = outbox.state();
      await until('records flow', () => outbox.state().sent > sent + 1_000);
      await server.kill();
      await wait(200);
      await server.start();
    }
    isLoading = false;
    await load;
    await until('the copy', isState(outbox, caughtUp));
    await everythingOnce(server.url, appKey, journal);
    assert.equal(outbox.state().rejected, 0);
    await outbox.stop();
  });

  test('paused for longer than a deadline, it has every record once', async () => {
    const { outbox, journal, appKey } = testOutbox({ url: server.url });
    outbox.start();
    store(journal, 2_000);
    await until('the copy', isState(outbox, caughtUp));
    server.pause();
    try {
      store(journal, 2_000);
      outbox.poke();
      await wait(12_000);
      assert.equal(outbox.state().lag, 2_000);
      await assert.rejects(outbox.query({ limit: 1 }), (error) => isQuestdbFailure(error, 'slow'));
    } finally {
      server.resume();
    }
    await until('the copy', isState(outbox, caughtUp));
    await everythingOnce(server.url, appKey, journal);
  });

  test('answers that are lost after the write cost a resend, not a record nor a double', async () => {
    let dropped = 0;
    const proxy = createServer((client) => {
      const upstream = connect(Number(new URL(server.url).port), '127.0.0.1');
      let isWriting = false;
      let isBeingDropped = false;
      client.on('data', (bytes: Buffer) => {
        if (bytes.includes('POST /write')) {
          isWriting = true;
          isBeingDropped = dropped < 5;
        } else if (bytes.includes('GET /exec')) {
          isWriting = false;
          isBeingDropped = false;
        }
        upstream.write(bytes);
      });
      upstream.on('data', (bytes: Buffer) => {
        if (!isBeingDropped) return void client.write(bytes);
        assert.ok(isWriting && bytes.includes('204'), 'QuestDB has stored the batch');
        dropped += 1;
        client.destroy();
        upstream.destroy();
      });
      const end = (other: Socket) => () => void other.destroy();
      client.on('close', end(upstream)).on('error', end(upstream));
      upstream.on('close', end(client)).on('error', end(client));
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    after(() => proxy.close());
    const { port } = proxy.address() as { port: number };
    const { outbox, journal, appKey } = testOutbox({ url: `http://127.0.0.1:${port}` });
    store(journal, 5_000);
    outbox.start();
    await until('the copy', isState(outbox, caughtUp));
    assert.equal(dropped, 5);
    await everythingOnce(server.url, appKey, journal);
    await outbox.stop();
  });

  test('a process that is killed between a write and its cursor sends again, and nothing doubles', async () => {
    const directory = temporaryDirectory();
    const appKey = newAppKey();
    const journal = openSqliteJournal({ directory, appKey });
    store(journal, 30_000);
    journal.close();
    const worker = fileURLToPath(new URL('./crash-outbox.ts', import.meta.url));
    for (const killAfter of [1, 3, 2]) {
      const child = spawn(process.execPath, [worker, directory, appKey, server.url], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const lines = createInterface({ input: child.stdout });
      let writes = 0;
      for await (const line of lines) {
        if (line === 'wrote' && ++writes >= killAfter) break;
      }
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      assert.ok(writes >= killAfter, 'the process wrote before it was killed');
    }
    const again = openSqliteJournal({ directory, appKey });
    after(() => again.close());
    assert.ok(Number(JSON.parse(again.readMeta('questdb') ?? '{}').seq) < 30_000, 'it was killed under way');
    const { outbox } = testOutbox({ url: server.url, journal: again, appKey, directory });
    outbox.start();
    await until('the copy', isState(outbox, caughtUp));
    await everythingOnce(server.url, appKey, again);
    await outbox.stop();
    assert.equal(JSON.parse(again.readMeta('questdb')!).seq, 30_000);
  });

  test('restarted empty, it is filled again from the first record', async () => {
    const { outbox, journal, appKey, logged } = testOutbox({ url: server.url });
    outbox.start();
    store(journal, 5_000);
    await until('the copy', isState(outbox, caughtUp));
    await server.startEmpty();
    store(journal, 10);
    await until('it is filled again', () => outbox.state().sent >= 10_010);
    await until('the copy', isState(outbox, caughtUp));
    await everythingOnce(server.url, appKey, journal);
    assert.ok(logged.some((message) => /filled from the beginning|has lost records/.test(message)));
  });

  test('restarted empty with a batch under way, and its tables made by another Inspector, it is filled from the first record', async () => {
    const [one, other] = [testOutbox({ url: server.url }), testOutbox({ url: server.url })];
    store(one.journal, 3_000);
    one.outbox.start();
    await until('the copy', isState(one.outbox, caughtUp));
    await server.kill();
    store(one.journal, 1_000);
    one.outbox.poke();
    await until('a batch waits', isState(one.outbox, { state: 'down', lag: 1_000 }));
    store(other.journal, 10);
    other.outbox.start();
    await server.startEmpty();
    await until('the copy', () => isState(one.outbox, caughtUp)() && isState(other.outbox, caughtUp)());
    await everythingOnce(server.url, one.appKey, one.journal);
    await everythingOnce(server.url, other.appKey, other.journal);
  });

  test('tables that are dropped or emptied under a connection are filled again, without a restart', async () => {
    const { outbox, journal, appKey } = testOutbox({ url: server.url });
    outbox.start();
    store(journal, 3_000);
    await until('the copy', isState(outbox, caughtUp));
    await ask(server.url, 'DROP TABLE inspector_decisions');
    store(journal, 3);
    outbox.poke();
    await until('it is filled again', () => outbox.state().sent >= 6_003);
    await everythingOnce(server.url, appKey, journal);
    await ask(server.url, 'TRUNCATE TABLE inspector_audit');
    await until('it is filled again', () => outbox.state().sent >= 9_006);
    await everythingOnce(server.url, appKey, journal);
  });

  test('a record that QuestDB cannot take is set aside and told; the rest arrives', async () => {
    const { outbox, journal, appKey, directory, told } = testOutbox({ url: server.url });
    const poisoned = { 700: -5, 1500: 253_402_300_800_000 };
    store(journal, 3_000, (seq) => (seq in poisoned ? { ts: poisoned[seq as 700] } : {}));
    outbox.start();
    await until('the copy', isState(outbox, { ...caughtUp, rejected: 2, sent: 2_998 }));
    await everythingOnce(server.url, appKey, journal, 2);
    const aside = readFileSync(join(directory, 'questdb-rejected.ndjson'), 'utf8').trimEnd().split('\n');
    assert.deepEqual(
      aside.map((line) => JSON.parse(line).record),
      [recordAt(700, { ts: -5 }), recordAt(1_500, { ts: 253_402_300_800_000 })],
    );
    assert.match(JSON.parse(aside[0]!).reason, /1970 to 9999/);
    assert.deepEqual(told, ['QUESTDB_RECORDS_REJECTED']);
  });

  test('what another instance has sent is not sent again', async () => {
    const first = testOutbox({ url: server.url });
    store(first.journal, 9_000);
    first.outbox.start();
    await until('the copy', isState(first.outbox, caughtUp));
    await everythingOnce(server.url, first.appKey, first.journal);
    await first.outbox.stop();

    const second = testOutbox({ url: server.url, appKey: first.appKey });
    store(second.journal, 9_500);
    second.outbox.start();
    await until('the copy', isState(second.outbox, caughtUp));
    assert.equal(second.outbox.state().sent, 500);
    await everythingOnce(server.url, second.appKey, second.journal);
    await second.outbox.stop();

    const other = testOutbox({ url: server.url, appKey: first.appKey });
    store(other.journal, 9_000, (seq) => ({ ts: 1_750_000_000_000 + seq, epoch: 2 }));
    other.outbox.start();
    await until('the copy', isState(other.outbox, { ...caughtUp, sent: 9_000 }));
    assert.deepEqual(other.told, ['QUESTDB_FOREIGN_RECORDS']);
    await until('its records are found', async () => {
      const [newest] = await other.outbox.query({ limit: 1, to: 1_750_000_009_000 });
      const found = await other.outbox.query({ limit: 3, afterSeq: 8_990 });
      assert.equal(newest?.seq, 9_500);
      assert.equal(found.length, 3);
      return (
        (await other.outbox.query({ limit: 1_000, afterSeq: 8_500 })).filter(({ epoch }) => epoch === 2).length === 500
      );
    });
  });

  test('what QuestDB holds of records that are behind the cursor and what it lacks of a hole is told apart', async () => {
    const first = testOutbox({ url: server.url });
    store(first.journal, 6_000, (seq) => (seq === 5_001 ? { ts: -1 } : {}));
    first.outbox.start();
    await until('the copy', isState(first.outbox, { lag: 0, rejected: 1 }));
    await until('all of it shows', async () => (await first.outbox.query({ limit: 1 }))[0]?.seq === 6_000);
    await first.outbox.stop();
    const second = testOutbox({ url: server.url, appKey: first.appKey });
    store(second.journal, 6_000, (seq) => (seq === 5_001 ? { ts: 1_700_000_000_000 } : {}));
    second.outbox.start();
    await until('the copy', isState(second.outbox, caughtUp));
    assert.equal(second.outbox.state().sent, 1_000, 'from the hole on it is sent again');
    await everythingOnce(server.url, second.appKey, second.journal);
  });

  test('retention that deletes what was not sent is counted and told', async () => {
    const { outbox, journal, appKey, told } = testOutbox({ url: server.url });
    outbox.start();
    store(journal, 100);
    await until('the copy', isState(outbox, caughtUp));
    await outbox.stop();
    store(journal, 100);
    journal.saveSnapshot({ input: 0, seq: 150, state: {} });
    journal.retain({ days: 1, maxMb: 0 }, Date.now());
    assert.equal(journal.firstSeq, 151);
    outbox.start();
    await until('the copy', isState(outbox, { ...caughtUp, deleted: 50, sent: 150 }));
    assert.deepEqual(told, ['QUESTDB_RECORDS_DELETED']);
    const [row] = await ask(server.url, `SELECT count() FROM inspector_audit WHERE app_key = '${appKey}'`);
    assert.ok(Number(row?.[0]) <= 150);
  });

  test('an address that is not QuestDB, a table of another make and missing credentials say what to do', async () => {
    const stranger = createServer((socket) => socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno'));
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    after(() => stranger.close());
    const { port } = stranger.address() as { port: number };
    const wrong = testOutbox({ url: `http://user:hunter2@127.0.0.1:${port}` });
    wrong.outbox.start();
    await until('it says so', () => /is not QuestDB \(404/.test(wrong.outbox.state().reason ?? ''));
    assert.equal(wrong.outbox.state().state, 'down');
    await wrong.outbox.stop();
    assert.ok(!wrong.logged.join().includes('hunter2'));

    const locked = (await startQuestdb({ settings: { QDB_HTTP_USER: 'ann', QDB_HTTP_PASSWORD: 'it is: secret/' } }))!;
    after(() => locked.kill());
    const { host } = new URL(locked.url);
    for (const url of [locked.url, `http://ann:wrong@${host}`]) {
      const refused = testOutbox({ url });
      refused.outbox.start();
      await until('it says so', () => /refuses the credentials \(401\)/.test(refused.outbox.state().reason ?? ''));
      assert.equal(refused.outbox.state().state, 'down');
      await assert.rejects(refused.outbox.query({ limit: 1 }), (error) => isQuestdbFailure(error, 'unauthorized'));
      await refused.outbox.stop();
    }
    const allowed = testOutbox({ url: `http://ann:${encodeURIComponent('it is: secret/')}@${host}` });
    store(allowed.journal, 10);
    allowed.outbox.start();
    await until('the copy', isState(allowed.outbox, caughtUp));
    await until('it is found', async () => (await allowed.outbox.query({ limit: 10 })).length === 10);
    await allowed.outbox.stop();

    // On that server, now with a table that somebody else has made.
    const open = `http://ann:${encodeURIComponent('it is: secret/')}@${host}`;
    await ask(open, 'DROP TABLE inspector_decisions');
    await ask(
      open,
      'CREATE TABLE inspector_decisions (ts TIMESTAMP, seq LONG, app_key SYMBOL, code DOUBLE) TIMESTAMP(ts) PARTITION BY DAY WAL',
    );
    const foreign = testOutbox({ url: open });
    foreign.outbox.start();
    await until('it says so', () => foreign.outbox.state().state === 'down');
    await until('why', () =>
      /inspector_decisions .* code is DOUBLE, not SYMBOL; rename/.test(foreign.outbox.state().reason ?? ''),
    );
  });

  test('a table without deduplication or with columns missing is put right', async () => {
    await ask(server.url, 'DROP TABLE inspector_positions');
    await ask(
      server.url,
      'CREATE TABLE inspector_positions (ts TIMESTAMP, seq LONG, app_key SYMBOL) TIMESTAMP(ts) PARTITION BY DAY WAL',
    );
    const { outbox, journal, appKey } = testOutbox({ url: server.url });
    store(journal, 100);
    outbox.start();
    await until('the copy', isState(outbox, caughtUp));
    await everythingOnce(server.url, appKey, journal);
    const keys = await ask(
      server.url,
      `SELECT "column" FROM table_columns('inspector_positions') WHERE upsertKey = true`,
    );
    assert.deepEqual(keys.flat().sort(), ['app_key', 'seq', 'ts']);
  });

  test('a stop is quick while QuestDB hangs, and a start goes on from there', async () => {
    const { outbox, journal, appKey } = testOutbox({ url: server.url });
    outbox.start();
    store(journal, 100);
    await until('the copy', isState(outbox, caughtUp));
    server.pause();
    try {
      store(journal, 100);
      outbox.poke();
      await wait(300);
      // A stop that waited for the write under way would take its deadline, 10 s.
      const hangs = wait(8_000, 'hangs', { ref: false });
      assert.equal(await Promise.race([outbox.stop().then(() => 'stopped'), hangs]), 'stopped');
    } finally {
      server.resume();
    }
    assert.equal(outbox.state().lag, 100);
    outbox.start();
    await until('the copy', isState(outbox, caughtUp));
    await everythingOnce(server.url, appKey, journal);
  });
});

test('an address that is none is refused at once', () => {
  const log = { info() {}, warn() {}, error() {} };
  const journal = {} as never;
  assert.throws(() => createOutbox({ url: 'ftp://h:1', appKey: 'a', journal, directory: '', clock: systemClock, log }));
});
