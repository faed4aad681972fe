/** The whole program as its user meets it: one process, its REST, its proxy, its sockets, its end and its beginning again. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { AuditRecord, Envelope, PositionRuntimeState } from '@inspector/contract';
import { io } from 'socket.io-client';
import { type RunningProgram, runProgram, startProgram } from '#testing/run-program.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';

interface Up extends RunningProgram {
  inspector: string;
  provider: string;
  token: string;
}

async function up(t: TestContext, dataDir: string): Promise<Up> {
  const env = { INSPECTOR_DATA_DIR: dataDir, INSPECTOR_PORT: '0', PROVIDER_PORT: '0', PAPER_SEED: '7' };
  const program = startProgram(['up'], env);
  t.after(() => program.child.kill('SIGKILL'));
  const { open, inspector, provider } = await program.logged('Inspector is up');
  const token = String(open).split('#token=')[1]!;
  return { ...program, inspector: String(inspector), provider: String(provider), token };
}

interface Answer {
  status: number;
  // Bodies are judged by what the tests read of them.
  body: Record<string, never> & { data: never[]; count: number };
}

async function call(
  url: string,
  { body, token, method }: { body?: object; token?: string; method?: string } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** Asks until the answer is there; what comes of market and venue comes when it comes. */
async function until<T>(ask: () => Promise<T | undefined>, what: string): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail(`it did not come to pass that ${what}`);
}

const positionsOf = async ({ inspector }: Up): Promise<PositionRuntimeState[]> =>
  (await call(`${inspector}/api/inspector/risk/runtime-positions`)).body.data;

const protectedPosition = (running: Up): Promise<PositionRuntimeState> =>
  until(
    async () =>
      (await positionsOf(running)).find(
        ({ protection }) => protection.state === 'working' && protection.nakedQuantity === 0,
      ),
    'a position is protected',
  );

const auditOf = async ({ inspector }: Up, query: string): Promise<AuditRecord[]> =>
  (await call(`${inspector}/api/inspector/risk/audit?${query}`)).body.data;

const ten = [
  '/inspector/options',
  '/inspector/health',
  '/inspector/risk/dashboard',
  '/inspector/risk/kpi',
  '/inspector/risk/runtime-positions',
  '/inspector/risk/prices',
  '/inspector/risk/liquidity',
  '/inspector/risk/audit?limit=200',
  '/inspector/risk/audit/questdb?limit=200',
];

test('up protects a position, answers directly and through the proxy, keeps everything over kill -9, and proves the kill', async (t) => {
  const dataDir = temporaryDirectory(t);
  const first = await up(t, dataDir);
  const held = await protectedPosition(first);

  await t.test('all ten calls answer, directly and through the proxy', async () => {
    for (const path of ten) {
      assert.equal((await call(`${first.inspector}/api${path}`)).status, 200, path);
      const proxied = await call(`${first.provider}/api/inspectors/inspector${path}`, { token: first.token });
      assert.equal(proxied.status, 200, `proxied ${path}`);
    }
    const body = { options: { tradeSettings: { maxLeverage: 9 } } };
    const put = await call(`${first.inspector}/api/inspector/options`, { body, method: 'PUT' });
    assert.deepEqual([put.status, put.body.version], [200, 2]);
    const again = { body, method: 'PUT', token: first.token };
    assert.equal((await call(`${first.provider}/api/inspectors/inspector/inspector/options`, again)).status, 200);
    assert.equal((await call(`${first.provider}/api/inspectors/inspector/inspector/options`)).status, 401);
  });

  const scope = 'symbol:paper:futures:DOGEUSDT';
  const standDown = { enabled: true, reason: 'kept over a crash', actor: 'tester', scope };
  assert.equal((await call(`${first.inspector}/api/inspector/system/standdown`, { body: standDown })).status, 200);
  const [newest] = await auditOf(first, 'limit=1');
  const account = await call(`${first.provider}/api/accounts/paper/futures`, { token: first.token });

  await t.test('a second start says who holds the directory', async () => {
    const env = { INSPECTOR_DATA_DIR: dataDir, INSPECTOR_PORT: '0', PROVIDER_PORT: '0' };
    const second = startProgram(['up'], env);
    assert.equal(await second.ended, 1);
    assert.match(second.stderr(), new RegExp(`DATA_DIR_HELD: .*process ${first.child.pid}`));
    assert.doesNotMatch(second.stderr(), /\n\s+at /, 'no stack trace');
  });

  await t.test('the audit can be exported while it runs', async () => {
    const out = join(dataDir, 'part.ndjson');
    const args = ['audit', 'export', '--out', out, '--from', '2', '--to', '4'];
    const exported = await runProgram(args, { INSPECTOR_DATA_DIR: dataDir });
    assert.deepEqual([exported.code, exported.stdout], [0, '']);
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as AuditRecord).seq),
      [2, 3, 4],
    );
    const beyond = await runProgram([...args.slice(0, 4), '--from', '999999'], { INSPECTOR_DATA_DIR: dataDir });
    assert.equal(beyond.code, 1);
    assert.match(beyond.stderr, /RANGE_EMPTY/);
  });

  first.child.kill('SIGKILL');
  await first.ended;
  const second = await up(t, dataDir);
  // The Provider has forgotten it: once it is said to be up, the first call finds it again.
  const found = await call(`${second.provider}/api/inspectors/inspector/inspector/options`, { token: second.token });
  assert.equal(found.status, 200);

  await t.test('after kill -9 the token, options, locks, audit, account and position are there', async () => {
    assert.equal(second.token, first.token);
    const options = await call(`${second.inspector}/api/inspector/options`);
    assert.equal(
      (options.body as unknown as { options: { tradeSettings: { maxLeverage: number } } }).options.tradeSettings
        .maxLeverage,
      9,
    );
    const governor = await call(`${second.inspector}/api/inspector/governor/state`);
    const { locks } = governor.body as unknown as { locks: { scope: string; code: string }[] };
    assert.ok(locks.some((lock) => lock.scope === scope && lock.code === 'STAND_DOWN_ACTIVE'));
    const [kept] = await auditOf(second, `limit=1&to=${newest!.ts}`);
    assert.ok(kept !== undefined && kept.seq >= newest!.seq - 1, 'the audit goes on where it was');
    const opened = await auditOf(second, `limit=5&kind=POSITION_OPENED&positionId=${held.positionId}`);
    assert.equal(opened.length, 1, 'the position was opened once');
    const now = await call(`${second.provider}/api/accounts/paper/futures`, { token: second.token });
    const balance = (answer: Answer): number => (answer.body as unknown as { walletBalance: number }).walletBalance;
    assert.ok(Math.abs(balance(now) - balance(account)) < 500, 'the paper account goes on');
    await until(
      async () => ((await call(`${second.inspector}/api/inspector/health`)).status === 200 ? true : undefined),
      'it is ready again',
    );
    const trail = await auditOf(second, 'limit=5000');
    assert.deepEqual(
      trail.map(({ seq }) => seq).reverse(),
      trail.map((_, index) => index + 1),
      'the audit has no hole',
    );
  });

  await t.test('the kill switch ends verified flat, tells it at /ws, and can be re-armed', async () => {
    const socket = io(second.provider, { path: '/ws', auth: { token: second.token }, transports: ['websocket'] });
    const phases: string[] = [];
    socket.on('INSPECTOR_RISK_KILL_SWITCH', (envelope: Envelope<'INSPECTOR_RISK_KILL_SWITCH'>) =>
      phases.push(envelope.payload.phase),
    );
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    const trigger = { scope: 'global', reason: 'test', confirm: true };
    const triggered = await call(`${second.inspector}/api/inspector/kill-switch/trigger`, { body: trigger });
    assert.equal(triggered.status, 202);
    const { incidentId } = triggered.body as unknown as { incidentId: string };
    await until(async () => (phases.includes('VERIFIED_FLAT') ? true : undefined), 'the kill is verified flat');
    assert.deepEqual(phases.slice(0, 2), ['TRIGGERED', 'BLOCKED']);
    socket.close();
    const venue = await call(`${second.provider}/api/accounts/paper/futures`, { token: second.token });
    const { positions, openOrders } = venue.body as unknown as { positions: unknown[]; openOrders: unknown[] };
    assert.deepEqual([positions.length, openOrders.length], [0, 0], 'the venue itself shows nothing');
    const rearm = { incidentId, reason: 'test', actor: 'tester' };
    assert.equal((await call(`${second.inspector}/api/inspector/kill-switch/rearm`, { body: rearm })).status, 200);
  });

  await t.test('SIGTERM ends it with 0 and says what is kept', async () => {
    second.child.kill('SIGTERM');
    assert.equal(await second.ended, 0);
    assert.match(String(second.logs.at(-1)?.msg), /^stopped in .*: [\d,]+ audit records and .* are kept in /);
    assert.equal(second.stderr(), '');
  });
});
