import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type RedisServer, redisMissing } from '@inspector/servers';
import { decisionsOf, isRefusedUnheard } from './testing/decisions.ts';
import { auditOf, call, healthOf, startAlone, until } from './testing/pair.ts';
import { agree, openOf, positionsOf } from './testing/positions.ts';
import { requestLoad } from './testing/request-load.ts';

const skip = redisMissing() ?? false;
const APPEND_ONLY = 'appendonlydir';

interface Fault {
  /** Well before it strikes. */
  prepare?(redis: RedisServer): void;
  strike(redis: RedisServer): Promise<void> | void;
  heal(redis: RedisServer): Promise<void> | void;
  /** Whether connections are lost, and with them, it may be, what was being published. */
  breaks: boolean;
  /** Whether Redis may have forgotten what it had acknowledged. */
  forgets: boolean;
}

const faults: Record<string, Fault> = {
  'killed and started again': {
    strike: (redis) => redis.kill(),
    heal: (redis) => redis.start(),
    breaks: true,
    forgets: false,
  },
  'frozen for longer than the lease': {
    strike: (redis) => redis.pause(),
    heal: (redis) => redis.resume(),
    breaks: false,
    forgets: false,
  },
  'restarted empty': {
    strike: (redis) => redis.kill(),
    heal: (redis) => redis.startEmpty(),
    breaks: true,
    forgets: true,
  },
  'restarted without its last seconds, as after a failover': {
    prepare: (redis) =>
      cpSync(join(redis.directory, APPEND_ONLY), join(redis.directory, 'before'), { recursive: true }),
    strike: (redis) => redis.kill(),
    heal(redis) {
      rmSync(join(redis.directory, APPEND_ONLY), { recursive: true });
      cpSync(join(redis.directory, 'before'), join(redis.directory, APPEND_ONLY), { recursive: true });
      return redis.start();
    },
    breaks: true,
    forgets: true,
  },
};

for (const [name, fault] of Object.entries(faults)) {
  test(`a Redis that is ${name} shuts entries, not exits, and nothing is done twice`, { skip }, (t) =>
    survive(t, fault),
  );
}

async function survive(t: TestContext, fault: Fault): Promise<void> {
  const { redis, first, providerUrl } = await startAlone(t);
  const load = requestLoad(redis.url);
  t.after(() => load.stop());
  await until(async () => (await positionsOf(providerUrl)).length >= 2, 'positions are open under load');
  fault.prepare?.(redis);
  const asked = load.asked.length;
  await until(async () => load.asked.length > asked + 20, 'more is asked');
  const seen = await auditOf(first);

  await fault.strike(redis);
  await until(async () => !(await healthOf(first)).ok, 'it says that it is not well');

  // Entries are shut: nothing is promised that nobody else would know. Exits go on.
  const check = {
    request: { requestId: 'in the outage', ...ethereum, side: 'LONG', quantity: 0.01, detectorSysname: 'me' },
  };
  await until(async () => {
    const refused = await call(first.url, '/inspector/risk/check', check).catch((error: Error) => error.message);
    return typeof refused === 'string' && /503.*STORE_UNAVAILABLE/.test(refused);
  }, 'a check is refused');
  const [position] = await positionsOf(providerUrl);
  const mine = (await openOf(first)).find(({ symbol }) => symbol === position?.symbol);
  assert.ok(position && mine);
  const closing = call(first.url, `/inspector/risk/positions/${mine.positionId}/close`, {
    reason: 'test',
    actor: 'me',
  });
  closing.catch(() => {}); // its answer waits for Redis, and may be 503: in force, but not known elsewhere
  await until(
    async () => (await positionsOf(providerUrl)).every(({ symbol }) => symbol !== position.symbol),
    'the position is closed at the venue',
  );

  await fault.heal(redis);
  await until(async () => (await healthOf(first)).ready, 'it is ready again');
  const after = load.asked.length;
  await until(async () => load.asked.length > after + 20, 'more is asked again');
  await load.stop();

  // What Redis still had is answered for; nothing was decided twice; the trail is one.
  let open: string[] = [];
  await until(
    async () => {
      const records = await auditOf(first);
      const decided = decisionsOf(records);
      const asked = fault.forgets ? load.asked.slice(after) : load.asked;
      open = asked.filter((id) => !decided.has(id) && !isRefusedUnheard(records, id));
      return open.length === 0;
    },
    () => `every request is answered for; ${open.length} are not, such as ${open.slice(0, 5)}`,
  );
  const records = await auditOf(first);
  for (const [index, { seq }] of records.entries()) assert.equal(seq, index + 1);
  for (const record of seen) assert.deepEqual(records[record.seq - 1], record);
  for (const [requestId, count] of decisionsOf(records)) assert.equal(count, 1, `${requestId}: ${count} decisions`);
  const gap = records.find(({ kind, message }) => kind === 'DATA_GAP' && message.includes('may be missing'));
  if (fault.breaks) assert.ok(gap, 'the gap is on record');
  await until(() => agree(first, providerUrl), 'Inspector and venue agree');
}

const ethereum = { connectorType: 'paper', marketType: 'futures', symbol: { name: 'ETHUSDT' } };
