import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { type RedisServer, startRedis } from '@inspector/servers';
import { type RunningProgram, startProgram } from '#testing/run-program.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { type RedisProxy, redisProxy } from './redis-proxy.ts';

export const LEASE_MS = 2_000;
export const TOKEN = 'a-token-of-the-takeover-test';
/** A wait that fails the test instead of hanging it; the machine may be busy with other tests. */
const PATIENCE_MS = 60_000;

/** Limits that let a busy bot through, so that entries are under way at any moment. */
const options = {
  riskManagement: { maxTradesPerDay: 0, maxLossTradesPerDay: 0, minRiskRewardRatio: 0, riskPerTradePercent: 0 },
  strategyLogic: { cooldownPeriod: 0, maxConsecutiveLosses: 0 },
  tradeSettings: { maxOrdersPerSecond: 0 },
};

/** One Inspector of a pair, in its own process with its own data directory and its own line to Redis. */
export interface Member {
  name: string;
  program: RunningProgram;
  url: string;
  line: RedisProxy;
  dataDir: string;
  start(): Promise<void>;
}

export interface Pair {
  redis: RedisServer;
  providerUrl: string;
  provider: RunningProgram;
  first: Member;
  second: Member;
}

/** Redis, a Provider, and two Inspectors of one key: the first acts, the second stands by. All ends with the test. */
export async function startPair(t: TestContext): Promise<Pair> {
  const { member, ...rest } = await startAlone(t);
  return { ...rest, second: await member('second') };
}

type Alone = Omit<Pair, 'second'> & {
  /** One more of the same key. */
  member(name: string): Promise<Member>;
};

/** The same with one Inspector, which acts. */
export async function startAlone(t: TestContext): Promise<Alone> {
  const directory = temporaryDirectory(t);
  // With everysec a kill may take what was acknowledged in the last two seconds: that has a test of its own.
  const redis = (await startRedis({ args: ['--appendfsync', 'always'] })) as RedisServer;
  t.after(() => redis.stop());
  writeFileSync(join(directory, 'options.json'), JSON.stringify(options));
  const shared = {
    PROVIDER_API_TOKEN: TOKEN,
    INSPECTOR_LEASE_MS: String(LEASE_MS),
    INSPECTOR_OPTIONS_FILE: join(directory, 'options.json'),
    INSPECTOR_PORT: '0',
    PROVIDER_PORT: '0',
  };
  const env = { ...shared, EVENT_BUS_URL: redis.url, INSPECTOR_DATA_DIR: join(directory, 'provider') };
  const provider = started(t, ['provider'], env);
  const providerUrl = String((await provider.logged('Provider is up')).provider);

  const member = async (name: string): Promise<Member> => {
    const line = await redisProxy(redis.port);
    t.after(() => line.close());
    const dataDir = join(directory, name);
    const own = { ...shared, EVENT_BUS_URL: line.url, INSPECTOR_DATA_DIR: dataDir, PROVIDER_URL: providerUrl };
    const made = { name, line, dataDir } as Member;
    made.start = async () => {
      made.program = started(t, ['serve'], own);
      made.url = String((await made.program.logged('Inspector is up')).inspector);
    };
    await made.start();
    return made;
  };
  const first = await member('first');
  await until(async () => (await healthOf(first)).ready, 'the first one is ready');
  return { redis, providerUrl, provider, first, member };
}

function started(t: TestContext, args: readonly string[], env: Record<string, string>): RunningProgram {
  const program = startProgram(args, env);
  t.after(async () => {
    program.child.kill('SIGCONT');
    program.child.kill('SIGKILL');
    await program.ended;
  });
  return program;
}

export async function until(condition: () => Promise<boolean>, what: string | (() => string)): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  let last: unknown = 'it was not so';
  for (;;) {
    try {
      if (await condition()) return;
    } catch (error) {
      last = error;
    }
    const wanted = typeof what === 'string' ? what : what();
    if (Date.now() > deadline) throw new Error(`it did not come to pass that ${wanted} (${last})`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function call<T>(url: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${url}/api${path}`, {
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

export const healthOf = ({ url }: Member) =>
  fetch(`${url}/api/inspector/health`, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.json() as Promise<{ ok: boolean; ready: boolean; startupReasons: string[] }>,
  );

/** The whole trail, oldest first. */
export async function auditOf({ url }: Member): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  let to: number | undefined;
  for (;;) {
    const until = to === undefined ? '' : `&to=${to}`;
    const { data } = await call<{ data: AuditRecord[] }>(url, `/inspector/risk/audit?limit=5000${until}`);
    const known = new Set(records.map(({ seq }) => seq));
    const news = data.filter(({ seq }) => !known.has(seq));
    records.push(...news);
    if (news.length === 0 || data.length < 5000) break;
    to = data.at(-1)!.ts;
  }
  return records.sort((a, b) => a.seq - b.seq);
}
