import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildPage } from './build-page.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A start takes about two seconds; a machine with much else to do takes longer. */
const START_LIMIT_MS = 60_000;

/** What the Inspector keeps in the data directory; the paper venue and the Provider have files of their own. */
const inspectorFiles = ['inspector.db', 'inspector.db-wal', 'inspector.db-shm'];

/** The token that the page is opened with. */
export const ADMIN_TOKEN = 'admin-token-of-the-tests-0123456789';

/** Whatever lasts as long as the system: a test, or a script that keeps what is to be ended. */
export interface Scope {
  after(end: () => Promise<void>): void;
}

export interface RunningSystem {
  /** The Provider, without a path. */
  url: string;
  /** The address that opens the page with the admin's token. */
  openUrl: string;
  port: number;
  /** GET of the Inspector through the proxy: `read('/risk/kpi')`. Rejects when it is refused. */
  read<Answer>(path: string): Promise<Answer>;
  /** A call that changes something; answers status and body. */
  send(method: string, path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  /** Ends the process at once, as a crash would. Its data stay. */
  kill(): Promise<void>;
  /** Starts again on the same port, with the same data unless the Inspector has forgotten its own: then it meets an account. */
  restart(how?: { forgetting: boolean }): Promise<void>;
}

/** `inspector up` with the simulated market, the example detector and the built page, on free ports; ended with the test. */
export async function runningSystem(t: Scope, env: Record<string, string> = {}): Promise<RunningSystem> {
  buildPage();
  const directory = mkdtempSync(join(tmpdir(), 'studio-'));
  let running = await start({ ...env, INSPECTOR_DATA_DIR: directory, PROVIDER_PORT: '0' });
  const { url } = running;
  const port = Number(new URL(url).port);
  t.after(async () => {
    await end(running.child);
    rmSync(directory, { recursive: true, force: true });
  });
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/api/inspectors/inspector/inspector${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const read = async <Answer>(path: string): Promise<Answer> => {
    const { status, body } = await call('GET', path);
    if (status >= 300) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return body as Answer;
  };
  return {
    url,
    openUrl: `${url}/#token=${ADMIN_TOKEN}`,
    port,
    read,
    send: call,
    kill: () => end(running.child),
    async restart({ forgetting } = { forgetting: false }) {
      await end(running.child);
      if (forgetting) for (const name of inspectorFiles) rmSync(join(directory, name), { force: true });
      running = await start({ ...env, INSPECTOR_DATA_DIR: directory, PROVIDER_PORT: String(port) });
    },
  };
}

async function start(env: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(root, 'packages/cli/src/main.ts'), 'up'], {
    // Only what the test gives, so that a developer's own settings change nothing.
    env: { PATH: process.env.PATH, INSPECTOR_PORT: '0', PROVIDER_API_TOKEN: ADMIN_TOKEN, CONNECTORS: 'paper', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const up = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { msg, provider } = JSON.parse(line) as Record<string, string>;
      if (msg === 'Inspector is up') resolve(provider as string);
    });
    child.once('exit', (code) => reject(new Error(`inspector up ended with ${code}\n${complaints}`)));
    setTimeout(() => reject(new Error(`inspector up did not start\n${complaints}`)), START_LIMIT_MS).unref();
  });
  try {
    return { child, url: await up };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
