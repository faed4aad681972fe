import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AuditRecord, NodeHealth } from '@inspector/contract';
import { openPidFiles, type StartedProcess } from '#pid-files.ts';
import { identityOf } from '#process-identity.ts';
import { readState } from '#state-file.ts';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const ANSWER_MS = 5_000;
/** The whole trail of a test. */
const RECORDS = 5_000;

export type InspectorName = 'inspector' | 'standby';

/** Lease and trail of one of the two Inspectors, as it says itself. */
export interface InstanceState {
  role: string;
  epoch: number;
  lastSeq: number;
  /** Records that QuestDB does not have; undefined where none is configured. */
  questdbLag: number | undefined;
}

/** A stack that a test has started, as a person would, and what it can be asked. */
export interface RunningStack {
  main: ChildProcess;
  /** Exit code of the stack's own process. */
  ended: Promise<number | null>;
  output(): string;
  addresses(): Record<string, string>;
  /** Every process that it was ever seen to run, the newest of a name last. */
  seen(): readonly StartedProcess[];
  /** The process of a part that runs now. */
  running(name: string): StartedProcess | undefined;
  instance(name: InspectorName): Promise<InstanceState>;
  /** The one that acts. */
  acting(): Promise<InspectorName | undefined>;
  /** GET below /api/inspector of the one that acts, through the Provider's proxy. */
  ask<T>(path: string): Promise<T>;
  /** POST at the same place. */
  tell(path: string, body: unknown): Promise<void>;
  /** The trail of an instance, oldest first. */
  records(name: InspectorName): Promise<AuditRecord[]>;
  /** Rows of a query. */
  query(sql: string): Promise<number[][]>;
  /** Ends with the command that a person uses; resolves with its exit code. */
  stop(): Promise<{ code: number | null; output: string }>;
}

async function json<T>(url: string, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, {
    headers: { connection: 'close', ...headers },
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} of ${new URL(url).pathname}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

export async function startStackProgram(t: TestContext, directory: string, withinMs: number): Promise<RunningStack> {
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: process.env.HOME, STACK_DIR: directory };
  for (const name of ['PROVIDER', 'INSPECTOR', 'STACK_STANDBY', 'STACK_REDIS', 'STACK_QUESTDB'])
    env[`${name}_PORT`] = '0';
  if (process.env.QUESTDB_HOME !== undefined) env.QUESTDB_HOME = process.env.QUESTDB_HOME;
  const run = (words: readonly string[]) => {
    const child = spawn(process.execPath, [MAIN, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    return { child, output: () => output, ended: new Promise<number | null>((done) => child.once('close', done)) };
  };

  const main = run([]);
  const pidFiles = openPidFiles(directory);
  const seen: StartedProcess[] = [];
  const look = () => {
    const now = pidFiles.running();
    for (const started of now) if (!seen.some(({ identity }) => identity === started.identity)) seen.push(started);
    return now;
  };
  const looking = setInterval(look, 50);
  t.after(() => {
    clearInterval(looking);
    main.child.kill('SIGKILL');
    for (const { pid, identity } of seen) if (identityOf(pid) === identity) process.kill(pid, 'SIGKILL');
  });

  let hasEnded = false;
  void main.ended.then(() => {
    hasEnded = true;
  });
  await until('the stack is up', withinMs, () => {
    if (hasEnded) return true;
    return readState(directory)?.upAt != null;
  });
  if (hasEnded) throw new Error(`the stack ended:\n${main.output()}`);
  const { addresses } = readState(directory)!;
  const authorization = `Bearer ${readFileSync(join(directory, 'provider-token'), 'utf8').trim()}`;

  async function instance(name: InspectorName): Promise<InstanceState> {
    const { data } = await json<{ data: NodeHealth[] }>(`${addresses[name]}/api/inspector/health/nodes`);
    const figures = (node: string) => data.find((each) => each.name === node)?.data as Record<string, unknown>;
    return {
      role: String(figures('lease')?.role),
      epoch: Number(figures('lease')?.epoch),
      lastSeq: Number(figures('journal')?.lastSeq),
      questdbLag: figures('questdb')?.lag as number | undefined,
    };
  }

  return {
    main: main.child,
    ended: main.ended,
    output: main.output,
    addresses: () => addresses,
    seen: () => seen,
    running: (name) => look().find((started) => started.name === name),
    instance,
    async acting() {
      for (const name of ['inspector', 'standby'] as const) {
        const state = await instance(name).catch(() => undefined);
        if (state?.role === 'active') return name;
      }
      return undefined;
    },
    ask: (path) => json(`${addresses.provider}/api/inspectors/inspector/inspector${path}`, { authorization }),
    async tell(path, body) {
      const response = await fetch(`${addresses.provider}/api/inspectors/inspector/inspector${path}`, {
        method: 'POST',
        headers: { authorization, connection: 'close', 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status} of ${path}: ${text.slice(0, 300)}`);
    },
    async records(name) {
      const url = `${addresses[name]}/api/inspector/risk/audit?limit=${RECORDS}`;
      return (await json<{ data: AuditRecord[] }>(url)).data.reverse();
    },
    async query(sql) {
      const url = `${addresses.questdb}/exec?query=${encodeURIComponent(sql)}`;
      return (await json<{ dataset: number[][] }>(url)).dataset;
    },
    async stop() {
      const stopping = run(['stop']);
      const code = await stopping.ended;
      return { code, output: stopping.output() };
    },
  };
}
