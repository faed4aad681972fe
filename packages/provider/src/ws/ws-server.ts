import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Envelope, eventTypes } from '@inspector/contract';
import type { ServedHosts } from '@inspector/service';
import { Server, type Socket } from 'socket.io';
import type { AuditAfter } from './audited-events.ts';
import { CONTROL_MESSAGES_LIMIT, CONTROL_WINDOW_MS, changeSubscription } from './control-messages.ts';
import { createEventHub, type EventHubStats } from './event-hub.ts';
import { oneWritePerFlush } from './one-write-per-flush.ts';
import { resume } from './resume.ts';
import { defaultSubscription } from './subscription.ts';

/** More connections than these are refused with 503 until one leaves. */
export const CONNECTIONS_LIMIT = 2_000;

/** How often market data goes out: at most ten times a second per symbol. */
export const MARKET_TICK_MS = 100;

/** A larger message from a client ends its connection: the largest lawful one names 2,000 things. */
const MESSAGE_LIMIT_BYTES = 262_144;

/** A client that does not answer a ping in this time is gone. */
const PING_INTERVAL_MS = 15_000;
const PING_TIMEOUT_MS = 10_000;

/** A connection that has not shown its token by then is closed, so that strangers hold no places. */
const CONNECT_TIMEOUT_MS = 5_000;

export interface WsConfig {
  server: HttpServer;
  hosts: ServedHosts;
  allowedOrigins: readonly string[];
  /** True for a token that may read. */
  mayRead(token: string | undefined): boolean;
  /** What `health` answers. */
  isHealthy(): boolean;
  /** Where a resume reads what is no longer in memory. */
  auditAfter?: AuditAfter;
  connectionsLimit?: number;
  marketTickMs?: number;
}

export interface WsServer {
  publish(envelope: Envelope): void;
  stats(): EventHubStats;
  /** Tells all clients and closes their connections; at once. */
  close(): Promise<void>;
}

/** Serves events at `/ws` (contract section 6) on an HTTP server that others answer the rest of. */
export function createWsServer(config: WsConfig): WsServer {
  const { hosts, connectionsLimit = CONNECTIONS_LIMIT, allowedOrigins } = config;
  const io = new Server(config.server, {
    // With the slash clients that ask for `/ws` and for `/ws/` are served.
    path: '/ws/',
    serveClient: false,
    maxHttpBufferSize: MESSAGE_LIMIT_BYTES,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    ...(allowedOrigins.length > 0 ? { cors: { origin: [...allowedOrigins], credentials: true } } : {}),
    allowRequest: ({ headers }: IncomingMessage, answer) => {
      if (!hosts.hostServed(headers.host)) answer('HOST_REFUSED', false);
      else if (headers.origin !== undefined && !hosts.originServed(headers.origin, headers.host)) {
        answer('ORIGIN_REFUSED', false);
      } else if (io.engine.clientsCount >= connectionsLimit) answer('OVERLOADED', false);
      else answer(null, true);
    },
  });
  const upgraded = trackUpgrades(config.server);
  const hub = createEventHub(io);
  const ticker = setInterval(() => hub.tick(), config.marketTickMs ?? MARKET_TICK_MS);

  io.use((socket, next) => {
    if (config.mayRead(presentedToken(socket))) next();
    else next(Object.assign(new Error('UNAUTHORIZED'), { data: { code: 'UNAUTHORIZED', status: 401 } }));
  });

  io.on('connection', (socket) => {
    oneWritePerFlush(socket);
    const client = hub.connect(socket, defaultSubscription(eventTypes));
    const permitted = createMessageWindow();
    socket.on('disconnect', () => hub.disconnect(client));
    for (const change of ['subscribe', 'unsubscribe'] as const) {
      socket.on(change, (...message: unknown[]) => {
        const acknowledge = acknowledgement(message);
        if (!permitted()) acknowledge(tooMany);
        else acknowledge(changeSubscription(hub, client, change, message[0]));
      });
    }
    socket.on('resume', (...message: unknown[]) => {
      const acknowledge = acknowledgement(message);
      const afterSeq = (message[0] as { afterSeq?: unknown } | null | undefined)?.afterSeq;
      if (!permitted()) acknowledge(tooMany);
      else if (!Number.isSafeInteger(afterSeq) || (afterSeq as number) < 0) {
        acknowledge({ ok: false, code: 'VALIDATION_FAILED', message: 'afterSeq must be a whole number from 0' });
      } else void resume(hub, client, afterSeq as number, config.auditAfter).then(acknowledge);
    });
    socket.on('health', (...message: unknown[]) => {
      if (!permitted()) return;
      const health = { ok: config.isHealthy(), t: Date.now() };
      socket.emit('health:ok', health);
      acknowledgement(message)(health);
    });
  });

  return {
    publish: hub.publish,
    stats: hub.stats,
    async close() {
      clearInterval(ticker);
      io.disconnectSockets(true);
      closeAtOnce(io);
      // One that was just being upgraded belongs to nobody yet, and would keep the server open for ever.
      for (const socket of upgraded) socket.destroy();
    },
  };
}

/** A polling client that has no request open would otherwise be waited for, for half a minute, with its goodbye. */
function closeAtOnce(io: Server): void {
  const { clients } = io.engine as unknown as { clients: Record<string, { transport: object }> };
  for (const { transport } of Object.values(clients)) {
    Object.assign(transport, { closeTimeout: 0 });
  }
  io.engine.close();
}

/** The sockets that have left HTTP; the server itself no longer counts them among its connections. */
function trackUpgrades(server: HttpServer): ReadonlySet<Duplex> {
  const sockets = new Set<Duplex>();
  server.on('upgrade', (_request, socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}

const tooMany = {
  ok: false,
  code: 'RATE_LIMITED',
  message: `at most ${CONTROL_MESSAGES_LIMIT} messages a second`,
} as const;

/** The function that the client waits on, or one that does nothing where it sent none. */
function acknowledgement(message: unknown[]): (answer: unknown) => void {
  const last = message.at(-1);
  return typeof last === 'function' ? (last as (answer: unknown) => void) : () => {};
}

/** `auth: {token}` of the handshake, or the headers of REST. */
function presentedToken({ handshake }: Socket): string | undefined {
  const { token } = handshake.auth as { token?: unknown };
  if (typeof token === 'string') return token;
  const { authorization, 'x-api-token': apiToken } = handshake.headers;
  if (authorization !== undefined && /^bearer /i.test(authorization)) return authorization.slice(7).trim();
  return typeof apiToken === 'string' ? apiToken : undefined;
}

function createMessageWindow(): () => boolean {
  let endsAt = 0;
  let count = 0;
  return () => {
    const now = Date.now();
    if (now >= endsAt) {
      endsAt = now + CONTROL_WINDOW_MS;
      count = 0;
    }
    count += 1;
    return count <= CONTROL_MESSAGES_LIMIT;
  };
}
