/**
 * Between the local store and what leaves: a commit goes to the replica, in order, and only when it is there does what it
 * promises leave. What reduces risk does not wait: the venue shows it, and reduce-only makes a second one harmless.
 */
import type { PlaceEffect } from '@inspector/engine';
import type { Frame } from '../replication/frame.ts';
import { isFenced, type Replica } from '../replication/replica.ts';
import type { Clock } from './clock.ts';
import type { Outgoing } from './pending-batch.ts';
import { isEntry } from './stall-messages.ts';

/** Frames on their way at once: a round trip carries a burst, and after an outage no more than these are sent twice. */
const UNDER_WAY_LIMIT = 32;
/** A commit that the replica has not taken by then shuts entries: who asked should hear of it, not wait. */
const PATIENCE_MS = 1_000;
/** Waits between tries, doubling up to the last. */
const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 1_000;

export interface RelayConfig {
  replica: Replica;
  clock: Clock;
  /** What a commit gave, now that it may leave. */
  release(outgoing: Outgoing): void;
  /** The replica does not take commits: entries are shut until `onFlowing`. */
  onBlocked(reason: string): void;
  onFlowing(): void;
  /** Another instance has taken over. Nothing leaves any more. */
  onFenced(reason: string): void;
}

interface Held {
  frame: Frame;
  outgoing: Outgoing;
  at: number;
  state: 'waiting' | 'under-way' | 'taken';
}

export interface Relay {
  /** Why nothing that promises leaves, while it is so. */
  readonly blocked: string | undefined;
  /** What waits, for bounds: inputs and records of commits that are stored here but not there. */
  readonly heldBytes: number;
  readonly heldFrames: number;
  /** Takes a commit that is stored. */
  hold(frame: Frame, outgoing: Outgoing): void;
  /** Entries that wait, taken out: they will not leave. */
  takeEntries(): PlaceEffect[];
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
  stop(): void;
}

export function createRelay({ replica, clock, release, onBlocked, onFlowing, onFenced }: RelayConfig): Relay {
  let held: Held[] = [];
  let heldBytes = 0;
  let underWay = 0;
  let blocked: string | undefined;
  let retryMs = RETRY_FIRST_MS;
  let cancelRetry: (() => void) | undefined;
  let cancelWatch: (() => void) | undefined;
  let stopped = false;
  const idlers: (() => void)[] = [];

  function sendMore(): void {
    if (stopped || cancelRetry) return;
    for (const each of held) {
      if (underWay >= UNDER_WAY_LIMIT) return;
      if (each.state === 'waiting') send(each);
    }
  }

  function send(each: Held): void {
    each.state = 'under-way';
    underWay++;
    replica.append(each.frame, each === held[0]).then(
      () => {
        underWay--;
        each.state = 'taken';
        retryMs = RETRY_FIRST_MS;
        releaseTaken();
        sendMore();
      },
      (error: unknown) => {
        underWay--;
        each.state = 'waiting';
        failed(error);
      },
    );
  }

  /** In order: a later commit may be there before an earlier one was answered. */
  function releaseTaken(): void {
    if (stopped) return;
    while (held[0]?.state === 'taken') {
      const { frame, outgoing } = held.shift()!;
      heldBytes -= bytesOf(frame);
      release(outgoing);
    }
    if (held.length === 0) {
      for (const resolve of idlers.splice(0)) resolve();
    }
    if (blocked !== undefined && !isLate()) {
      blocked = undefined;
      onFlowing();
    }
  }

  const isLate = () => held[0] !== undefined && clock.elapsedMs() - held[0].at >= PATIENCE_MS;

  function failed(error: unknown): void {
    if (stopped) return;
    const reason = error instanceof Error ? error.message : String(error);
    if (isFenced(error)) {
      stop();
      onFenced(reason);
      return;
    }
    block(reason);
    cancelRetry ??= clock.after(retryMs, () => {
      cancelRetry = undefined;
      retryMs = Math.min(retryMs * 2, RETRY_LAST_MS);
      sendMore();
    });
  }

  function block(reason: string): void {
    const isNews = blocked === undefined;
    blocked = reason;
    if (isNews) onBlocked(reason);
  }

  function watch(): void {
    cancelWatch ??= clock.after(PATIENCE_MS, () => {
      cancelWatch = undefined;
      // After a pause of this process the answer may lie in the socket: let it be read first.
      clock.endOfTurn(() => {
        if (stopped || held.length === 0) return;
        if (isLate()) block(blocked ?? `no answer within ${PATIENCE_MS} ms`);
        watch();
      });
    });
  }

  function stop(): void {
    stopped = true;
    cancelRetry?.();
    cancelWatch?.();
    held = [];
    heldBytes = 0;
    for (const resolve of idlers.splice(0)) resolve();
  }

  return {
    get blocked() {
      return blocked;
    },
    get heldBytes() {
      return heldBytes;
    },
    get heldFrames() {
      return held.length;
    },
    hold(frame, outgoing) {
      if (stopped) return;
      held.push({ frame, outgoing, at: clock.elapsedMs(), state: 'waiting' });
      heldBytes += bytesOf(frame);
      sendMore();
      watch();
    },
    takeEntries() {
      const entries: PlaceEffect[] = [];
      for (const { outgoing } of held) {
        for (const effect of outgoing.effects) if (isEntry(effect)) entries.push(effect);
        outgoing.effects = [];
      }
      return entries;
    },
    idle: () => (held.length === 0 ? Promise.resolve() : new Promise((resolve) => void idlers.push(resolve))),
    stop,
  };
}

function bytesOf({ inputs, lines }: Frame): number {
  let bytes = inputs.byteLength;
  for (const line of lines) bytes += line.length;
  return bytes;
}
