/**
 * One connection to a Redis or Valkey, over the official client. What that client leaves open is closed here: no command
 * waits for ever (its own time-out ends when a command is written), a server that is frozen or behind a dead line is
 * noticed, and errors say what to do.
 */
import { createClient } from 'redis';
import { checkServer, type RedisServerFacts } from './check-server.ts';
import { createDeadlines } from './deadlines.ts';
import { explainRedisError } from './explain-redis-error.ts';
import { type RedisError, redisError } from './redis-error.ts';

/** An answer that takes longer means that nobody is there: the connection is given up and all its commands fail. */
const COMMAND_DEADLINE_MS = 4_000;
/** A silent connection is asked this often, so that a half-open one is noticed within this and the deadline. */
const PING_EVERY_MS = 1_000;
/** How often deadlines are looked at; they are exact to this. */
const WATCH_EVERY_MS = 250;
/** TCP, TLS and greeting together. */
const CONNECT_DEADLINE_MS = 5_000;
/** Pause before the next attempt, doubled up to the limit; a jitter of half keeps many clients from coming at once. */
const RETRY_FIRST_MS = 100;
const RETRY_LIMIT_MS = 2_000;
/** Commands under way are waited for this long when closing. */
const CLOSE_MS = 1_000;

const newClient = (options: Parameters<typeof createClient>[0]) => createClient({ ...options, RESP: 2 });

export type RedisClient = ReturnType<typeof newClient>;
export type RedisReply = null | string | number | readonly RedisReply[];

export interface RedisLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}

export interface RedisConfig {
  /** `redis[s]://[user[:password]@]host[:port][/database]`. */
  url: string;
  /** Shown by `CLIENT LIST`; no spaces. */
  name: string;
  log: RedisLog;
  connectTimeoutMs?: number;
}

export interface RedisConnection {
  /**
   * The official client of the present connection; every reconnect makes another, so do not keep it. Its commands reject
   * at once while there is no connection, and within some 4 s when nothing answers.
   */
  readonly client: RedisClient;
  /** The server without credentials, for messages. */
  readonly place: string;
  /** What the server said of itself at the last connect. */
  readonly server: RedisServerFacts;
  /** `reason` says what to do while not connected. */
  state(): { connected: boolean; reason?: string };
  /** A command as words, answered within `deadlineMs` (4 s) or rejected; for blocking ones give their time and more. */
  send(words: readonly string[], deadlineMs?: number): Promise<RedisReply>;
  /** Called at every connect, the first too, and now when there is a connection. Returns the way to stop. */
  onConnect(listener: () => void): () => void;
  /** Hears of every connect after the first. Returns the way to stop hearing. */
  onReconnect(listener: () => void): () => void;
  /**
   * Resolves when connected. Rejects with the `RedisError` of the first attempt, `REDIS_LOADING` excepted, which is waited
   * for; attempts go on all the same until `close`.
   */
  ready(): Promise<void>;
  /** The error explained for this server. */
  explain(error: unknown): RedisError;
  /** Waits up to 1 s for what is on the way. */
  close(): Promise<void>;
}

/** Throws `REDIS_URL` when the address is none; everything else shows in `ready` and `state`. */
export function openRedis({ url, name, log, connectTimeoutMs = CONNECT_DEADLINE_MS }: RedisConfig): RedisConnection {
  const place = placeOf(url);
  const listeners = new Set<() => void>();
  const connectListeners = new Set<() => void>();
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => {}); // whoever does not ask sees it in `state`
  let session: Session | undefined;
  let client = clientOf();
  let server: RedisServerFacts = {};
  let trouble: RedisError | undefined;
  let connects = 0;
  let isUp = false;
  let closed = false;
  let wake = () => {};

  function clientOf(): RedisClient {
    return newClient({
      url,
      name,
      disableOfflineQueue: true,
      socket: { connectTimeout: connectTimeoutMs, reconnectStrategy: false },
    });
  }

  async function run(): Promise<void> {
    for (let failures = 0; !closed; ) {
      try {
        if (connects > 0 || failures > 0) client = clientOf();
        session = openSession(client);
        server = await establish(session);
        failures = 0;
        up();
        await session.lost;
      } catch (error) {
        down(explainRedisError(error, place));
        failures++;
      }
      session?.end();
      if (!closed) await pause(failures);
    }
  }

  async function establish({ lost }: Session): Promise<RedisServerFacts> {
    const opening = async () => {
      await client.connect();
      const info = await client.info().catch((error: unknown) => {
        if (/^(NOPERM|ERR unknown command)/.test(String((error as Error).message))) return undefined;
        throw error;
      });
      return checkServer(info, place);
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = redisError('REDIS_TIMEOUT', `${place} took no connection within ${connectTimeoutMs} ms`);
      timer = setTimeout(() => reject(error), connectTimeoutMs);
    });
    try {
      return await Promise.race([opening(), late, lost]);
    } finally {
      clearTimeout(timer);
    }
  }

  function up(): void {
    if (trouble !== undefined || connects === 0)
      log.info({ redis: place, name, version: server.version }, 'Redis is connected');
    trouble = undefined;
    isUp = true;
    first.resolve();
    if (++connects > 1) for (const listener of listeners) listener();
    for (const listener of connectListeners) listener();
  }

  function down(error: RedisError): void {
    isUp = false;
    if (closed) return;
    if (trouble?.code !== error.code) log.warn({ redis: place, name, code: error.code }, error.message);
    trouble = error;
    if (error.code !== 'REDIS_LOADING') first.reject(error);
  }

  function pause(failures: number): Promise<void> {
    const longest = Math.min(RETRY_LIMIT_MS, RETRY_FIRST_MS * 2 ** Math.min(failures, 10));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One client from connect to loss. */
  function openSession(present: RedisClient): Session {
    const deadlines = createDeadlines();
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => {});
    present.on('error', (error: unknown) => lost.reject(error));
    present.on('end', () => lost.reject(new Error('the connection was closed')));
    const answered = () => deadlines.answered();
    const plainSend = present.sendCommand.bind(present);
    const send: Session['send'] = (words, deadlineMs) => {
      const isSent = present.isReady; // else it rejects by itself, at once
      if (isSent) deadlines.sent(performance.now(), deadlineMs);
      const reply = plainSend(words as string[]) as Promise<unknown> as Promise<RedisReply>;
      if (isSent) reply.then(answered, answered);
      return reply;
    };
    // So that the client's own methods have deadlines too.
    present.sendCommand = ((words: readonly string[]) =>
      send(words, COMMAND_DEADLINE_MS)) as typeof present.sendCommand;

    const giveUpIfOverdue = () => {
      if (!deadlines.overdue(performance.now())) return;
      lost.reject(redisError('REDIS_TIMEOUT', `${place} does not answer: see whether it hangs, or the line to it`));
      if (present.isOpen) present.destroy(); // its commands fail now
    };
    let lastPing = performance.now();
    const watch = setInterval(() => {
      const now = performance.now();
      // After a pause of this process the answer may lie in the socket: let it be read first.
      if (deadlines.overdue(now)) setImmediate(giveUpIfOverdue);
      if (deadlines.waiting > 0 || !present.isReady || now - lastPing < PING_EVERY_MS) return;
      lastPing = now;
      send(['PING'], COMMAND_DEADLINE_MS).catch(() => {});
    }, WATCH_EVERY_MS);
    return {
      lost: lost.promise,
      send,
      end() {
        clearInterval(watch);
        if (present.isOpen) present.destroy();
      },
    };
  }

  async function close(): Promise<void> {
    if (!closed) {
      closed = true;
      first.reject(redisError('REDIS_CLOSED', `the connection to ${place} was closed`));
      listeners.clear();
      connectListeners.clear();
      wake();
      await closeClient(client);
      session?.end();
    }
    await running;
  }

  function whyNot(): string {
    if (closed) return `the connection to ${place} is closed`;
    return trouble?.message ?? `connecting to ${place}`;
  }

  const running = run();
  return {
    get client() {
      return client;
    },
    place,
    get server() {
      return server;
    },
    state() {
      if (!closed && isUp && client.isReady) return { connected: true };
      return { connected: false, reason: whyNot() };
    },
    send(words, deadlineMs = COMMAND_DEADLINE_MS) {
      if (session === undefined || !isUp) return Promise.reject(redisError('REDIS_UNREACHABLE', whyNot()));
      return session.send(words, deadlineMs);
    },
    onConnect(listener) {
      connectListeners.add(listener);
      if (isUp && client.isReady) listener();
      return () => void connectListeners.delete(listener);
    },
    onReconnect(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ready: () => first.promise,
    explain: (error) => explainRedisError(error, place),
    close,
  };
}

interface Session {
  /** Rejects with the cause when the connection is lost. */
  lost: Promise<never>;
  send(words: readonly string[], deadlineMs: number): Promise<RedisReply>;
  /** Frees everything; commands under way fail. */
  end(): void;
}

async function closeClient(client: RedisClient): Promise<void> {
  if (!client.isReady) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_MS);
  });
  await Promise.race([client.close().catch(() => {}), late]);
  clearTimeout(timer);
}

function placeOf(url: string): string {
  if (!URL.canParse(url)) throw redisError('REDIS_URL', 'EVENT_BUS_URL is no address: write redis://host:6379');
  const { protocol, host, port, pathname } = new URL(url);
  if (protocol !== 'redis:' && protocol !== 'rediss:') {
    throw redisError('REDIS_URL', `EVENT_BUS_URL begins with ${protocol}, it must be redis: or rediss:`);
  }
  const database = pathname === '/' ? '' : pathname;
  if (!/^(\/\d+)?$/.test(database))
    throw redisError('REDIS_URL', `the database of EVENT_BUS_URL is ${database}, it must be a number`);
  return `${protocol}//${host}${port === '' ? ':6379' : ''}${database}`;
}
