import type { AuditResponse, Envelope } from '@inspector/contract';
import { QueryClient } from '@tanstack/react-query';
import { type AnswerTimes, createAnswerTimes } from './answer-times.ts';
import { type AuditTrail, createAuditTrail } from './audit-trail.ts';
import { type ConnectionStore, createConnectionStore } from './connection-store.ts';
import { createLiveChannel, type LiveChannel } from './live-channel.ts';
import { createPriceStore, type PriceStore } from './price-store.ts';
import { keysAfter } from './query-keys.ts';
import { createRest, type Rest } from './rest.ts';
import { isRestError } from './rest-error.ts';
import { createServerClock, type ServerClock } from './server-clock.ts';
import { createTrailFollower, type TrailFollower } from './trail-follower.ts';

/** Answers that nobody shows any more are forgotten after this, so that memory stays flat. */
const FORGET_AFTER_MS = 60_000;

/** Everything that views read and send by. One per page. */
export interface StudioData {
  rest: Rest;
  /** Path of a call of the Inspector, through the Provider's proxy: `inspectorPath('/risk/kpi')`. */
  inspectorPath(path: string): string;
  queries: QueryClient;
  answerTimes: AnswerTimes;
  trail: AuditTrail;
  follower: TrailFollower;
  prices: PriceStore;
  connection: ConnectionStore;
  channel: LiveChannel;
  clock: ServerClock;
  /** Hears every event of the channel once. Answers what ends it. */
  onEvent(listener: (envelope: Envelope) => void): () => void;
  start(): void;
  /** The token is another one now. */
  tokenChanged(): void;
  stop(): void;
}

export interface StudioDataConfig {
  appKey: string;
  token(): string | null;
  onTokenRefused(): void;
}

/**
 * REST gives the first picture and what moves without a record; the audit trail is followed by sequence, and the event
 * channel rings when it has grown. A record of a kind makes the answers that depend on it be read again.
 */
export function createStudioData({ appKey, token, onTokenRefused }: StudioDataConfig): StudioData {
  const connection = createConnectionStore();
  const clock = createServerClock();
  const refuse = (): void => {
    connection.answered(Object.assign(new Error(), { status: 401 }) as never, Date.now());
    onTokenRefused();
  };
  const rest = createRest({
    token,
    onAnswer(answer, askedAt) {
      const { timestamp } = (answer ?? {}) as { timestamp?: unknown };
      if (typeof timestamp === 'number') clock.heard(timestamp, askedAt);
    },
    onOutcome(error, askedAt) {
      connection.answered(error, askedAt);
      if (error?.status === 401) onTokenRefused();
    },
  });
  const inspectorPath = (path: string): string => `/api/inspectors/${encodeURIComponent(appKey)}/inspector${path}`;
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        gcTime: FORGET_AFTER_MS,
        // Polling is the retry; a refusal will not change by itself.
        retry: false,
        refetchOnWindowFocus: true,
        throwOnError: (error) => !isRestError(error),
      },
      mutations: { retry: false, throwOnError: (error) => !isRestError(error) },
    },
  });
  const answerTimes = createAnswerTimes(queries.getQueryCache());
  const trail = createAuditTrail();
  const follower = createTrailFollower({
    trail,
    read: async (query) => (await rest<AuditResponse>(inspectorPath('/risk/audit'), { query: { ...query } })).data,
    onCatchingUp: connection.catchingUp,
  });
  const prices = createPriceStore();
  const listeners = new Set<(envelope: Envelope) => void>();
  const channel = createLiveChannel({
    token,
    lastSeq: trail.lastSeq,
    onTokenRefused: refuse,
    onUp(up) {
      connection.channel(up);
      if (up) follower.ring();
      else prices.clear();
    },
    onEvent(envelope) {
      if (envelope.type === 'PROVIDER_SYMBOL_PRICES') prices.take(envelope);
      else follower.ring();
      for (const listener of listeners) listener(envelope);
    },
  });
  trail.onRecords((records) => {
    for (const queryKey of keysAfter(records)) void queries.invalidateQueries({ queryKey });
  });

  return {
    rest,
    inspectorPath,
    queries,
    answerTimes,
    trail,
    follower,
    prices,
    connection,
    channel,
    clock,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      connection.start();
      channel.open();
      follower.start();
    },
    tokenChanged() {
      connection.tokenAccepted();
      channel.reopen();
      follower.start();
      void queries.invalidateQueries();
    },
    stop() {
      connection.stop();
      follower.stop();
      channel.close();
    },
  };
}
