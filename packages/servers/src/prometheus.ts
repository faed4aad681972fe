import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endWithParent } from './end-with-parent.ts';
import { freePort } from './free-port.ts';

/** An empty one is ready within a second; a busy machine takes its time. */
const READY_MS = 60_000;
const ASK_EVERY_MS = 50;
const ANSWER_MS = 10_000;
/** One that has not ended this long after SIGTERM is killed. */
const STOP_MS = 10_000;
const LOG_CHARACTERS = 2_000;

/** A server of one's own on 127.0.0.1. It never outlives the process that started it. */
export interface PrometheusServer {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly pid: number;
  /** The `data` of `GET <path>` of its HTTP API; rejects with what it says when it refuses. */
  ask(path: string): Promise<unknown>;
  /** SIGTERM, and SIGKILL when that takes too long. */
  stop(): Promise<void>;
}

let missing: string | false | undefined;

/** Why neither `prometheus` nor `promtool` can be run here, for the name of a skipped test; undefined when both can. */
export function prometheusMissing(): string | undefined {
  missing ??= ['prometheus', 'promtool'].some(
    (program) => spawnSync(program, ['--version'], { stdio: 'ignore', timeout: READY_MS }).status !== 0,
  )
    ? 'prometheus and promtool are not installed'
    : false;
  return missing === false ? undefined : missing;
}

/** `configuration` is the text of a prometheus.yml. Rejects when it ends before it is ready, with its last words. */
export async function startPrometheus(configuration: string): Promise<PrometheusServer> {
  const directory = mkdtempSync(join(tmpdir(), 'prometheus-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  const file = join(directory, 'prometheus.yml');
  const log = join(directory, 'prometheus.log');
  writeFileSync(file, configuration);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const output = openSync(log, 'a');
  const child = spawn(
    'prometheus',
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { stdio: ['ignore', output, output], detached: true }, // a ^C is for the tests, which then end it
  );
  closeSync(output);
  child.unref();
  const callOff = child.pid === undefined ? () => {} : endWithParent(child.pid);
  const ended = new Promise<void>((resolve) => {
    const done = () => {
      callOff();
      resolve();
    };
    child.once('exit', done);
    child.once('error', done);
  });

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
    process.off('exit', remove);
    remove();
  }

  try {
    await ready({ url, child, log });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid!, ask: (path) => ask(`${url}${path}`), stop };
}

interface Starting {
  url: string;
  child: ChildProcess;
  log: string;
}

async function ready({ url, child, log }: Starting): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (!(await answers(url))) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (hasEnded || performance.now() > deadline) {
      const what = hasEnded ? 'ended before it was ready' : `was not ready within ${READY_MS / 1000} s`;
      throw new Error(`Prometheus ${what}: ${lastWords(log)}`);
    }
    await wait(ASK_EVERY_MS);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function ask(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  const { status, data, error } = (await response.json()) as { status: string; data?: unknown; error?: string };
  if (status !== 'success') throw new Error(`Prometheus: ${error}`);
  return data;
}

function lastWords(log: string): string {
  try {
    return readFileSync(log, 'utf8').slice(-LOG_CHARACTERS).trim();
  } catch {
    return 'it left no log';
  }
}
