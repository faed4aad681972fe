/**
 * One subscription: finds its streams, reads them in a loop on a connection of its own, and sees by itself to
 * interruptions, to emptied servers and to its turn among several instances.
 */
import type { RedisConnection, RedisLog } from '../../redis/index.ts';
import { MAY_READ_POLL_MS } from '../bounds.ts';
import type { BusGap, Subscriber } from '../bus.ts';
import {
  BLOCK_MS,
  CLAIM_EVERY_MS,
  CLAIM_WAITING_EVERY_MS,
  CLOSE_MS,
  FULL_POLL_MS,
  READ_LIMIT,
  RETRY_MS,
  STREAMS_LIMIT,
} from './bounds.ts';
import { createGroupSource } from './group-source.ts';
import { createInbox, type InboxHooks, type InboxLimits } from './inbox.ts';
import { createLiveSource } from './live-source.ts';
import { createLook } from './look-for-streams.ts';
import { isSelected, selectStreams } from './stream-name.ts';
import { planResume, planStart, type StreamPlan } from './stream-plan.ts';
import { newStreamState, type StreamState } from './stream-state.ts';

export interface ReaderConfig {
  subscriber: Subscriber;
  /** Names this process within the group. */
  consumer: string;
  /** Shared with the publisher. */
  commands: RedisConnection;
  /** This subscription's own; the reader closes it. */
  reading: RedisConnection;
  limits: InboxLimits & { lookEveryMs: number };
  log: RedisLog;
}

export interface ReaderHooks extends Pick<InboxHooks, 'letter' | 'delivered'> {
  gap(gap: BusGap): void;
}

export interface Reader {
  readonly queued: number;
  readonly shed: number;
  /** Why it reads nothing although it may; undefined when it does. */
  trouble(): string | undefined;
  /** Resolves when it has found its place in its streams, or cannot for now: what is published from then on is its. */
  readonly started: Promise<void>;
  /** A stream may just have been made. */
  appeared(name: string): void;
  close(): Promise<void>;
}

export function createReader(config: ReaderConfig, hooks: ReaderHooks): Reader {
  const { subscriber, commands, reading, limits, log } = config;
  const { name: group, after = {}, mode = 'kept' } = subscriber;
  const selection = selectStreams(subscriber.types, subscriber.accounts);
  const look = createLook(commands, selection.prefixes);
  const streams = new Map<string, StreamState>();
  const appeared = new Set<string>();
  const started = Promise.withResolvers<void>();
  const takesOver = subscriber.after !== undefined || subscriber.mayRead !== undefined;
  const source =
    mode === 'live'
      ? createLiveSource({ commands, reading })
      : createGroupSource({ commands, reading, group, consumer: config.consumer, takesOver });
  const gap = (stream: string, reason: string) => hooks.gap({ subscriber: group, stream, reason });
  const inbox = createInbox(
    { subscriber, streams, limits },
    { letter: hooks.letter, delivered: hooks.delivered, gap, acknowledge: () => void flush() },
  );

  let closed = false;
  /** Its place in the streams is not known, or may be lost. */
  let isStale = true;
  /** Nothing of an earlier turn counts: the group's own state does. */
  let isStart = true;
  let isFirstLook = true;
  let outage: string | undefined;
  let superseded = false;
  let trouble: string | undefined;
  let lookDue = 0;
  let claimDue = 0;
  let claimWaitingDue = 0;
  let flushing: Promise<void> | null = null;
  let wake = () => {};

  const interrupted = () => {
    isStale = true;
    outage = `Redis was away: ${reading.place}`;
  };
  const stopHearing = [commands.onReconnect(interrupted), reading.onReconnect(interrupted)];

  async function run(): Promise<void> {
    while (!closed) {
      if (subscriber.mayRead?.() === false) await standBy();
      else if (superseded || !commands.state().connected || !reading.state().connected) await pause(RETRY_MS);
      else await turn();
    }
  }

  async function standBy(): Promise<void> {
    if (!isStart) await inbox.drop();
    isStart = true;
    isStale = true;
    superseded = false;
    started.resolve();
    await pause(MAY_READ_POLL_MS);
  }

  async function turn(): Promise<void> {
    try {
      if (isStale) await findPlace();
      if (superseded) return;
      await lookAround();
      await claim();
      await read();
      trouble = undefined;
    } catch (error) {
      await failed(error);
    }
  }

  /** A missing group or stream is found out about where the reader finds its place; anything else is told and tried again. */
  async function failed(error: unknown): Promise<void> {
    isStale = true;
    if (!isStart && /^(NOGROUP|UNBLOCKED)/.test(String((error as Error)?.message))) return;
    if (closed || !reading.state().connected || !commands.state().connected) return pause(RETRY_MS);
    started.resolve(); // publishers do not wait for a reader that may not read
    const reason = reading.explain(error).message;
    if (trouble !== reason) log.warn({ subscriber: group }, `nothing is read: ${reason}`);
    trouble = reason;
    await pause(RETRY_MS);
  }

  async function findPlace(): Promise<void> {
    isStale = false; // set again by whatever happens meanwhile
    const isResume = !isStart;
    if ((await source.enter(isStart)) === 'superseded') return standDown();
    const names = new Set([...selection.names, ...streams.keys(), ...(await look())]);
    for (const name of Object.keys(after)) if (isSelected(selection, name)) names.add(name);
    await open([...names], isResume);
    isFirstLook = false;
    isStart = false;
    lookDue = performance.now() + limits.lookEveryMs;
    started.resolve();
    if (outage !== undefined) gap('*', outage);
    outage = undefined;
    void flush();
  }

  async function standDown(): Promise<void> {
    superseded = true;
    trouble = `another instance reads for ${group} now`;
    log.warn({ subscriber: group }, trouble);
    await inbox.drop();
  }

  async function open(names: readonly string[], isResume: boolean): Promise<void> {
    const all = await source.facts(names);
    await Promise.all(
      names.map(async (name, index) => {
        const facts = all[index]!;
        const known = streams.get(name);
        if (known === undefined && streams.size >= STREAMS_LIMIT) return tooMany(name);
        let plan: StreamPlan;
        if (known && isResume) {
          const isGrouped = mode === 'kept' || !facts.exists;
          plan = planResume(isGrouped ? facts : { ...facts, group: { lastDelivered: '', pending: 0 } }, known.lastRead);
        } else {
          const position = isFirstLook ? after[name] : undefined; // later the group knows better
          plan = planStart(facts, {
            existedAtFirstLook: isFirstLook,
            ...(position === undefined ? {} : { position }),
          });
        }
        const state = known ?? newStreamState(name);
        streams.set(name, state);
        await source.place(name, facts, plan);
        state.phase = plan.phase;
        state.lastRead = plan.lastRead;
        state.claimingSince = 0;
        if (plan.handed !== undefined) state.handed = plan.handed;
        if (plan.gap !== undefined) gap(name, plan.gap);
      }),
    );
  }

  let isToldTooMany = false;
  function tooMany(name: string): void {
    if (isToldTooMany) return;
    isToldTooMany = true;
    log.warn(
      { subscriber: group, stream: name },
      `more than ${STREAMS_LIMIT} streams: this one and others are not read`,
    );
    gap(name, `more than ${STREAMS_LIMIT} streams`);
  }

  async function lookAround(): Promise<void> {
    const isDue = performance.now() >= lookDue;
    if (!isDue && appeared.size === 0) return;
    const names = new Set(appeared);
    if (isDue) {
      for (const name of await look()) names.add(name);
      lookDue = performance.now() + limits.lookEveryMs;
    }
    const found = [...names].filter((name) => !streams.has(name) && isSelected(selection, name));
    if (found.length > 0) await open(found, false);
    for (const name of names) appeared.delete(name);
  }

  async function claim(): Promise<void> {
    const waiting = [...streams.values()].filter(({ phase }) => phase === 'claiming');
    const now = performance.now();
    const isDue = now >= claimDue;
    if (!isDue && (waiting.length === 0 || now < claimWaitingDue)) return;
    if (isDue) claimDue = now + CLAIM_EVERY_MS;
    claimWaitingDue = now + CLAIM_WAITING_EVERY_MS;
    const claimed = await source.claim(isDue ? [...streams.values()] : waiting);
    if (claimed.length > 0 && mayGoOn()) inbox.admit(claimed);
  }

  async function read(): Promise<void> {
    const { room } = inbox;
    // Prices are read on, and shed, when the queue is full of the rest; up to a point, for symbol lists are kept.
    const readable = [...streams.values()].filter(
      ({ phase, isMarket }) => phase !== 'claiming' && (room > 0 || (isMarket && room > -limits.queueLimit)),
    );
    const keptStreams = readable.filter(({ isMarket }) => !isMarket).length;
    const share = keptStreams === 0 ? READ_LIMIT : Math.max(1, Math.floor(room / keptStreams));
    const isClaiming = [...streams.values()].some(({ phase }) => phase === 'claiming');
    const blockMs = room <= 0 ? FULL_POLL_MS : isClaiming ? CLAIM_WAITING_EVERY_MS : BLOCK_MS;
    const lists = await source.read(readable, Math.min(READ_LIMIT, share), blockMs);
    if (lists.length > 0 && mayGoOn()) inbox.admit(lists);
  }

  /** What was read and is not admitted stays with the group, unacknowledged. */
  function mayGoOn(): boolean {
    return !closed && subscriber.mayRead?.() !== false;
  }

  /** One at a time, so that what gathers meanwhile goes together. */
  function flush(): Promise<void> {
    flushing ??= flushOnce().finally(() => {
      flushing = null;
    });
    return flushing;
  }

  async function flushOnce(): Promise<void> {
    while (!superseded && commands.state().connected) {
      const ids = new Map<string, string[]>();
      for (const stream of streams.values()) {
        if (stream.done.length === 0) continue;
        ids.set(stream.name, stream.done);
        stream.done = [];
      }
      if (ids.size === 0) return;
      try {
        await source.acknowledge(ids);
      } catch {
        // Again after the reconnect, which finds its place and flushes.
        for (const [name, each] of ids) streams.get(name)?.done.push(...each);
        return;
      }
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function close(): Promise<void> {
    if (!closed) {
      closed = true;
      wake();
      started.resolve();
      for (const stop of stopHearing) stop();
    }
    await inbox.close();
    await running;
    await Promise.race([flush(), pause(CLOSE_MS)]);
    wake();
    await reading.close();
  }

  const running = run();
  return {
    get queued() {
      return inbox.queued;
    },
    get shed() {
      return inbox.shed;
    },
    trouble: () => trouble ?? reading.state().reason,
    started: started.promise,
    appeared(name) {
      if (!streams.has(name) && isSelected(selection, name)) appeared.add(name);
    },
    close,
  };
}
