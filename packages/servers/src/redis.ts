import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endWithParent } from './end-with-parent.ts';
import { fixedPort } from './fixed-port.ts';

/** Loading an append-only file of a long test takes seconds on a busy machine. */
const READY_MS = 30_000;
const ASK_EVERY_MS = 20;
const ANSWER_MS = 1_000;
/** A server that has not ended this long after SIGTERM is killed. */
const STOP_MS = 10_000;
const LOG_CHARACTERS = 2_000;

export interface RedisServerConfig {
  /** Kept when it is given; else a temporary one, which goes with this process. */
  directory?: string;
  /** Any free one when not given. */
  port?: number;
  /** More arguments, such as `['--requirepass', 'secret']`; the server must go on answering `PING`, if only with NOAUTH. */
  args?: readonly string[];
}

/** A server of one's own on 127.0.0.1, with an append-only file. It never outlives the process that started it. */
export interface RedisServer {
  /** `redis://127.0.0.1:port`, without credentials. */
  readonly url: string;
  readonly port: number;
  readonly directory: string;
  /** Of the server that runs; undefined when none does. */
  readonly pid: number | undefined;
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL when that takes too long. */
  stop(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Again on the same port and directory; resolves when it answers. Does nothing while it runs. */
  start(): Promise<void>;
  /** The same with nothing in the directory. */
  startEmpty(): Promise<void>;
}

let found: string | undefined;

/** Why no Redis can be started here, for the name of a skipped test; undefined when it can. */
export function redisMissing(): string | undefined {
  found ??= ['redis-server', 'valkey-server'].find(
    (program) => spawnSync(program, ['--version'], { stdio: 'ignore', timeout: READY_MS }).status === 0,
  );
  return found === undefined ? 'neither redis-server nor valkey-server is installed' : undefined;
}

/** Undefined where none can be started (`redisMissing` says why). Rejects when one ends before it is ready. */
export async function startRedis(config: RedisServerConfig = {}): Promise<RedisServer | undefined> {
  if (redisMissing() !== undefined) return undefined;
  const program = found!;
  const directory = config.directory ?? temporaryDirectory();
  const port = config.port ?? (await fixedPort());
  let running: Running | undefined;

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (running === undefined) return;
    const { child, ended } = running;
    child.kill(signal);
    child.kill('SIGCONT'); // a paused one would not hear SIGTERM
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
    running = undefined;
  }

  async function start(): Promise<void> {
    if (running?.alive) return;
    mkdirSync(directory, { recursive: true });
    const own = ['--bind', '127.0.0.1', '--port', String(port), '--dir', directory];
    const kept = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];
    const log = join(directory, 'redis.log');
    running = run(program, [...own, ...kept, ...(config.args ?? [])], log);
    try {
      await ready(port, running, log);
    } catch (error) {
      await end('SIGKILL');
      throw error;
    }
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    directory,
    get pid() {
      return running?.alive ? running.child.pid : undefined;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    pause: () => void running?.child.kill('SIGSTOP'),
    resume: () => void running?.child.kill('SIGCONT'),
    start,
    async startEmpty() {
      await end('SIGKILL');
      for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true, force: true });
      await start();
    },
  };
}

interface Running {
  child: ChildProcess;
  /** Resolves when the process has ended. */
  ended: Promise<void>;
  alive: boolean;
  /** Bytes of the log that are of earlier starts. */
  logFrom: number;
}

function run(program: string, words: string[], log: string): Running {
  const output = openSync(log, 'a');
  const logFrom = fstatSync(output).size;
  // A ^C is for the tests or the stack, which then end it.
  const child = spawn(program, words, { stdio: ['ignore', output, output], detached: true });
  closeSync(output);
  // The test process's end is enough to end it: an idle server must not hold up the exit.
  child.unref();
  const release = child.pid === undefined ? () => {} : endWithParent(child.pid);
  const running: Running = { child, alive: true, ended: Promise.resolve(), logFrom };
  running.ended = new Promise((resolve) => {
    const done = () => {
      running.alive = false;
      release();
      resolve();
    };
    child.once('exit', done);
    child.once('error', done);
  });
  return running;
}

async function ready(port: number, running: Running, log: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  // A stranger on the port would answer as well, so the server itself must have said that it listens.
  while (!(running.alive && hasSaidReady(log, running.logFrom) && (await answers(port)))) {
    if (!running.alive) throw new Error(`Redis ended before it was ready: ${lastWords(log)}`);
    if (performance.now() > deadline) throw new Error(`Redis was not ready in ${READY_MS} ms: ${lastWords(log)}`);
    await wait(ASK_EVERY_MS);
  }
}

function hasSaidReady(log: string, from: number): boolean {
  return readFileSync(log).subarray(from).includes('eady to accept connections');
}

/** True when it takes commands: PONG, or the demand for a password. While it loads its file it answers -LOADING. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS, () => end(false));
    socket.once('error', () => end(false));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (bytes) => end(/^(\+PONG|-NOAUTH)/.test(bytes.toString())));
    socket.once('close', () => end(false));
  });
}

function lastWords(log: string): string {
  try {
    return readFileSync(log, 'utf8').slice(-LOG_CHARACTERS).trim();
  } catch {
    return '(no log)';
  }
}

const temporary = new Set<string>();

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-redis-'));
  if (temporary.size === 0) process.once('exit', removeTemporary);
  temporary.add(directory);
  return directory;
}

function removeTemporary(): void {
  for (const directory of temporary) rmSync(directory, { recursive: true, force: true });
}
