import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { AuditRecord, Order } from '@inspector/contract';
import { redisMissing } from '@inspector/servers';
import { decisionsOf, isRefusedUnheard } from './testing/decisions.ts';
import { auditOf, call, healthOf, LEASE_MS, type Member, type Pair, startPair, TOKEN, until } from './testing/pair.ts';
import { agree, openOf, positionsOf } from './testing/positions.ts';
import { requestLoad } from './testing/request-load.ts';

const skip = redisMissing() ?? false;

interface Fault {
  /** What happens to the instance that acts. */
  strike(pair: Pair): void;
  /** It comes back, if it was gone, and finds that it was replaced. */
  back(pair: Pair): Promise<void>;
  /** All that it had stored is known to the one that took over, so it follows from where it stands. */
  follows?: true;
}

const faults: Record<string, Fault> = {
  'killed with SIGKILL': {
    strike: ({ first }) => void first.program.child.kill('SIGKILL'),
    back: ({ first }) => first.start(),
  },
  'stopped in order': {
    strike: ({ first }) => void first.program.child.kill('SIGTERM'),
    async back({ first }) {
      assert.equal(await first.program.ended, 0, first.program.stderr());
      await first.start();
    },
    follows: true,
  },
  'frozen with SIGSTOP': {
    strike: ({ first }) => void first.program.child.kill('SIGSTOP'),
    async back({ first }) {
      first.program.child.kill('SIGCONT');
      await begunAgain(first);
    },
  },
  'cut off from Redis': {
    strike: ({ first }) => first.line.cut(),
    async back({ first }) {
      first.line.mend();
      await begunAgain(first);
    },
  },
};

/** It steps down by itself and goes on as a standby. */
const begunAgain = (member: Member) =>
  member.program.logged('another instance acts: this one begins again as its standby');

for (const [name, fault] of Object.entries(faults)) {
  test(
    `an Inspector that is ${name} under load is replaced by its standby, which knows all that was promised`,
    { skip },
    (t) => takeover(t, fault),
  );
}

async function takeover(t: TestContext, fault: Fault): Promise<void> {
  const pair = await startPair(t);
  const { first, second, providerUrl } = pair;
  const load = requestLoad(pair.redis.url);
  t.after(() => load.stop());
  await until(async () => (await positionsOf(providerUrl)).length >= 2, 'positions are open under load');

  // What is promised: a lock, a changed option, and every record that anybody has seen.
  await call(first.url, '/inspector/system/standdown', {
    enabled: true,
    scope: 'symbol:paper:futures:SOLUSDT',
    reason: 'promised before the fault',
    actor: 'test',
  });
  const { options, version } = await putLeverage(first, 7);
  assert.equal(options.tradeSettings.maxLeverage, 7);
  const seen = await auditOf(first);

  const struckAt = Date.now();
  fault.strike(pair);
  await until(async () => (await healthOf(second)).ready, 'the standby acts');
  const started = (await auditOf(second)).findLast(({ kind }) => kind === 'STARTED')!;
  t.diagnostic(
    `lease ${LEASE_MS} ms: it acted ${started.ts - struckAt} ms after the fault, and was ready ${Date.now() - struckAt} ms after it`,
  );

  // R1: nothing that was answered or shown is lost.
  assertPrefix(await auditOf(second), seen);
  const after = await call<{ options: typeof options; version: number }>(second.url, '/inspector/options');
  assert.deepEqual([after.options.tradeSettings.maxLeverage, after.version], [7, version]);
  const { locks } = await call<{ locks: { scope: string }[] }>(second.url, '/inspector/governor/state');
  assert.ok(locks.some(({ scope }) => scope === 'symbol:paper:futures:SOLUSDT'));

  // It goes on deciding, and the one that was replaced can do nothing any more.
  const asked = load.asked.length;
  await until(async () => load.asked.length > asked + 50, 'more is asked');
  const late = await lateOrder(providerUrl, started.epoch - 1);
  assert.deepEqual([late.status, late.code], [409, 'FENCED']);
  await fault.back(pair);
  await until(
    async () => (await healthOf(first)).startupReasons.some((each) => each.startsWith('STANDBY')),
    'it stands by',
  );
  await load.stop();

  // R2: every request that Redis took was answered for, none was decided twice; what is held is what the venue holds.
  let open: string[] = [];
  await until(
    async () => {
      const trail = await auditOf(second);
      const decided = decisionsOf(trail);
      open = load.asked.filter((id) => !decided.has(id) && !isRefusedUnheard(trail, id));
      return open.length === 0;
    },
    () => `every request is answered for; ${open.length} are not, such as ${open.slice(0, 5)}`,
  );
  const records = await auditOf(second);
  assertWhole(records);
  for (const [requestId, count] of decisionsOf(records))
    assert.equal(count, 1, `${requestId} was decided ${count} times`);
  const orders = await call<{ data: Order[] }>(providerUrl, '/orders/paper/futures?state=recent&limit=5000');
  const entries = orders.data.filter(({ source, reduceOnly }) => source.type === 'inspector' && reduceOnly !== true);
  assert.equal(new Set(entries.map(({ clientOrderId }) => clientOrderId)).size, entries.length);
  await until(() => agree(second, providerUrl), 'Inspector and venue agree');

  // R3: what is held is protected.
  await until(async () => {
    const held = await openOf(second);
    return held.every(({ status, protection }) => status !== 'open' || protection.state === 'working');
  }, 'every position has a working stop');

  // The one that came back has the same trail.
  let own: AuditRecord[] = [];
  await until(
    async () => {
      own = await auditOf(first);
      return own.length >= records.length;
    },
    () => `the one that came back has ${records.length} records; it has ${own.length}`,
  );
  assertPrefix(own, records);
  if (fault.follows) {
    assert.ok(
      !first.program.logs.some(({ msg }) => String(msg).startsWith('the store of the acting instance was copied')),
    );
  }
}

async function putLeverage({ url }: Member, maxLeverage: number) {
  const response = await fetch(`${url}/api/inspector/options`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ options: { tradeSettings: { maxLeverage } } }),
  });
  assert.equal(response.status, 200);
  return (await response.json()) as { options: { tradeSettings: { maxLeverage: number } }; version: number };
}

/** An order of the instance before, as it might still lie in a socket. */
async function lateOrder(providerUrl: string, epoch: number): Promise<{ status: number; code?: string }> {
  const order = {
    clientOrderId: `late${Date.now()}`,
    connectorType: 'paper',
    marketType: 'futures',
    symbol: { name: 'ETHUSDT' },
    side: 'BUY',
    type: 'MARKET',
    quantity: 0.01,
    source: { type: 'inspector', key: 'inspector' },
    epoch,
  };
  const response = await fetch(`${providerUrl}/api/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ order }),
  });
  return { status: response.status, ...((await response.json()) as { code?: string }) };
}

/** `seq` from 1 without a hole. */
function assertWhole(records: readonly AuditRecord[]): void {
  for (const [index, { seq }] of records.entries()) assert.equal(seq, index + 1);
}

function assertPrefix(records: readonly AuditRecord[], seen: readonly AuditRecord[]): void {
  assertWhole(records);
  for (const record of seen) assert.deepEqual(records[record.seq - 1], record);
}
