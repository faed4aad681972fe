import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endWithParent } from './end-with-parent.ts';
import { freePort } from './free-port.ts';
import { questdbJar } from './questdb-jar.ts';

/** A cold start took up to 12 s on two cores that others used as well. */
const READY_MS = 90_000;
const ASK_EVERY_MS = 100;
const ANSWER_MS = 2_000;
/** A server that has not ended this long after SIGTERM is killed. */
const STOP_MS = 20_000;
const LOG_CHARACTERS = 2_000;

export interface QuestdbConfig {
  /** Kept when it is given; else a temporary one, which goes with this process. */
  directory?: string;
  /** Any free one when not given. */
  httpPort?: number;
  /** Variables of the server, such as `QDB_HTTP_USER`. */
  settings?: Readonly<Record<string, string>>;
}

/** A server of one's own on 127.0.0.1. It never outlives the process that started it. */
export interface QuestdbServer {
  /** `http://127.0.0.1:port`, without credentials. */
  readonly url: string;
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

/** Why no QuestDB can be started here, for the name of a skipped test; undefined when it can. May download the jar. */
export async function questdbMissing(): Promise<string | undefined> {
  const jar = await questdbJar();
  return jar.kind === 'missing' ? jar.reason : undefined;
}

/** Undefined where none can be started (`questdbMissing` says why). Rejects when one ends before it is ready. */
export async function startQuestdb(config: QuestdbConfig = {}): Promise<QuestdbServer | undefined> {
  const jar = await questdbJar();
  if (jar.kind === 'missing') return undefined;
  const directory = config.directory ?? temporaryDirectory();
  const port = config.httpPort ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  let running: Running | undefined;

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (running === undefined) return;
    const { child, ended } = running;
    child.ref(); // it is waited for now
    child.kill(signal);
    if (signal === 'SIGTERM') {
      child.kill('SIGCONT'); // a paused one would not hear it
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    }
    await ended;
    running = undefined;
  }

  async function start(): Promise<void> {
    if (running !== undefined && running.child.exitCode === null && running.child.signalCode === null) return;
    running = launch({ jar: jar.kind === 'found' ? jar.path : '', directory, port, settings: config.settings ?? {} });
    try {
      await ready(url, running, directory);
    } catch (error) {
      await end('SIGKILL');
      throw error;
    }
  }

  const server: QuestdbServer = {
    url,
    directory,
    get pid() {
      return running?.child.pid;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    pause: () => void running?.child.kill('SIGSTOP'),
    resume: () => void running?.child.kill('SIGCONT'),
    start,
    async startEmpty() {
      await end('SIGKILL');
      for (const entry of readdirSync(directory)) rmSync(join(directory, entry), { recursive: true, force: true });
      await start();
    },
  };
  await start();
  return server;
}

interface Running {
  child: ChildProcess;
  ended: Promise<void>;
}

function launch(given: { jar: string; directory: string; port: number; settings: Readonly<Record<string, string>> }) {
  mkdirSync(given.directory, { recursive: true });
  const log = openSync(logOf(given.directory), 'a');
  // Flags for a quick start; with much less memory it often does not start at all.
  const flags = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const child = spawn(
    'java',
    [...flags, '-p', given.jar, '-m', 'io.questdb/io.questdb.ServerMain', '-d', given.directory],
    {
      stdio: ['ignore', log, log],
      detached: true, // a ^C is for the tests, which then end it
      env: {
        ...process.env,
        QDB_HTTP_BIND_TO: `127.0.0.1:${given.port}`,
        QDB_HTTP_MIN_ENABLED: 'false',
        QDB_PG_ENABLED: 'false',
        QDB_LINE_TCP_ENABLED: 'false',
        QDB_TELEMETRY_ENABLED: 'false',
        // A table or column that nobody made is an error; made by itself it would be without deduplication.
        QDB_LINE_AUTO_CREATE_NEW_TABLES: 'false',
        QDB_LINE_AUTO_CREATE_NEW_COLUMNS: 'false',
        ...given.settings,
      },
    },
  );
  closeSync(log);
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
  return { child, ended };
}

async function ready(url: string, { child }: Running, directory: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (!(await answers(url))) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (hasEnded || performance.now() > deadline) {
      const what = hasEnded ? 'ended before it was ready' : `was not ready within ${READY_MS / 1000} s`;
      throw new Error(`QuestDB ${what}: ${lastWords(directory)}`);
    }
    await wait(ASK_EVERY_MS);
  }
}

/** Any answer will do: one that asks for a password is up as well. */
const answers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(`${url}/exec?query=select%201`, { agent: false, timeout: ANSWER_MS }, (response) => {
      response.resume();
      response.once('close', () => resolve(response.statusCode === 200 || response.statusCode === 401));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });

const logOf = (directory: string) => join(directory, 'questdb.log');

function lastWords(directory: string): string {
  try {
    return readFileSync(logOf(directory), 'utf8').slice(-LOG_CHARACTERS);
  } catch {
    return 'it left no log';
  }
}

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-questdb-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
