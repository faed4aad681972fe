import type { Clock } from '../runner/clock.ts';
import type { FollowError } from '../runner/follow-frame.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import type { Frame } from './frame.ts';
import type { FrameReader, NewestFrame } from './frame-reader.ts';
import type { Lease, LeaseHolder } from './lease.ts';

/** A standby looks at the lease at least this often; ten times in a lease's time where that is more often. */
const LOOK_EVERY_MS = 250;
const LOOKS_PER_LEASE = 10;
/** … and who holds it, while it follows commits. */
const FOLLOWING_LOOK_MS = 1_000;
/** Looks in a row at which commits are missing and none comes, before the stream is read from its beginning again. */
const STUCK_ROUNDS = 8;
/** Between two tries while Redis does not answer. */
const RETRY_MS = 200;

/** What is stored here. */
export interface OwnCopy {
  /** Of the instance that made the newest commit. */
  epoch: number;
  lastInput: number;
  chain: string;
}

export interface RoleConfig {
  lease: Lease;
  reader: FrameReader;
  leaseMs: number;
  clock: Clock;
  log: RunnerLog;
  own(): OwnCopy;
  /** An epoch that others have seen, and that is not enough. */
  aboveEpoch: number;
  /** Applies a commit of the acting instance; throws a `FollowError`. */
  follow(frame: Frame): void;
  /** The lease is ours and everything that was made known is here: begin to act. */
  act(epoch: number): void;
  /** Another instance has a higher epoch. */
  onReplaced(reason: string): void;
  /** This copy cannot follow: it is to be given up for one of the acting instance. */
  onLeftBehind(reason: string, from: LeaseHolder): void;
  /** Act although it is known that another instance had stored more. */
  actBehind: boolean;
}

export interface RoleState {
  role: 'active' | 'standby';
  /** Who acts, as far as a standby knows. */
  holder?: LeaseHolder;
  /** Inputs that the acting instance has made known and that are not here yet. */
  lagInputs: number;
  /** Why this standby could not take over now. */
  reason?: string;
}

/** Stands by, follows, and takes over: decides which of several instances acts. */
export interface Role {
  state(): RoleState;
  /** Resolves when it acts, or when it is known that another instance does. Goes on in the background. */
  start(): Promise<void>;
  /** Redis was away: what it forgot, the acting instance writes again first. */
  reconnected(): void;
  stop(): Promise<void>;
}

export function createRole(config: RoleConfig): Role {
  const { lease, reader, leaseMs, clock, log, own } = config;
  const lookEveryMs = Math.min(LOOK_EVERY_MS, leaseMs / LOOKS_PER_LEASE);
  const decided = Promise.withResolvers<void>();
  let state: RoleState = { role: 'standby', lagInputs: 0 };
  let notBefore = Number.NEGATIVE_INFINITY;
  let nextLook = Number.NEGATIVE_INFINITY;
  let diverged: FollowError | undefined;
  let stuckRounds = 0;
  let stopped = false;
  let running: Promise<void> | undefined;
  let wake: (() => void) | undefined;

  async function run(): Promise<void> {
    while (!stopped && state.role === 'standby') {
      try {
        await round();
      } catch (error) {
        if (isFollowError(error)) await leftBehind(error);
        else doubt(error instanceof Error ? error.message : String(error));
        await pause(RETRY_MS);
      }
    }
  }

  async function round(): Promise<void> {
    // The engine has taken inputs that are not stored: it can neither follow nor act any more.
    if (diverged !== undefined) throw diverged;
    const frames = await reader.read(lookEveryMs);
    for (const frame of frames) {
      if (stopped) return;
      config.follow(frame);
    }
    if (frames.length > 0) return lookWhileFollowing(); // everything that is known first
    const reason = lacking(await reader.newest());
    rewindWhenStuck();
    if (reason !== undefined && !config.actBehind) return doubt(reason);
    if (clock.elapsedMs() < notBefore || stopped) return;
    const answer = await lease.acquire(Math.max(own().epoch, config.aboveEpoch));
    if ('heldBy' in answer) return stand(answer.heldBy);
    await takeOver(answer.epoch);
  }

  /** More is known than comes: an emptied Redis whose clock went back counts its entries from before the last one read. */
  function rewindWhenStuck(): void {
    stuckRounds = state.lagInputs > 0 ? stuckRounds + 1 : 0;
    if (stuckRounds < STUCK_ROUNDS) return;
    stuckRounds = 0;
    reader.rewind();
  }

  /** Commits come without a pause while another instance acts: who it is, is looked at beside them. */
  async function lookWhileFollowing(): Promise<void> {
    if (clock.elapsedMs() < nextLook) return;
    nextLook = clock.elapsedMs() + FOLLOWING_LOOK_MS;
    lacking(await reader.newest());
    const holder = await lease.look();
    if (holder !== undefined) stand(holder);
  }

  /** From the grant on nobody else can add a commit: what is there now is all. */
  async function takeOver(epoch: number): Promise<void> {
    lease.keep(config.onReplaced);
    for (let frames = await reader.read(0); frames.length > 0; frames = await reader.read(0)) {
      for (const frame of frames) config.follow(frame);
    }
    const reason = lacking(await reader.newest());
    if (stopped || (reason !== undefined && !config.actBehind)) {
      await lease.release();
      return doubt(reason ?? 'stopping');
    }
    if (reason !== undefined) log.warn({ reason }, 'acting on an old copy, as was asked');
    state = { role: 'active', lagInputs: 0 };
    log.info({ epoch, lastInput: own().lastInput }, 'this instance acts');
    config.act(epoch);
    decided.resolve();
  }

  /** Why this copy is not the newest, undefined when nothing newer is known. */
  function lacking(newest: NewestFrame | undefined): string | undefined {
    const { epoch, lastInput, chain } = own();
    const lagInputs = Math.max(0, (newest?.lastInput ?? 0) - lastInput);
    state = { ...state, lagInputs };
    if (newest === undefined) return undefined;
    const text = `epoch ${newest.epoch} has made input ${newest.lastInput} known, this copy ends at input ${lastInput} of epoch ${epoch}`;
    if (lastInput < newest.lastInput || epoch < newest.epoch) return text;
    const isOther = lastInput === newest.lastInput && epoch === newest.epoch && chain !== newest.chain;
    return isOther ? `input ${lastInput} here is not the one that was made known` : undefined;
  }

  /** Never by asking for the lease: a copy that must not act would take it from one that may. */
  async function leftBehind(error: FollowError): Promise<void> {
    if (error.code === 'STANDBY_DIVERGED') diverged = error;
    const reason = `${error.code}: ${error.message}`;
    const holder = await lease.look().catch(() => undefined);
    if (holder === undefined || stopped) return doubt(reason); // it waits for an instance that has more
    stand(holder);
    stopped = true;
    config.onLeftBehind(reason, holder);
  }

  function stand(holder: LeaseHolder): void {
    if (state.holder?.holder !== holder.holder) {
      log.info({ holder: holder.holder, url: holder.url, epoch: holder.epoch }, 'another instance acts: standing by');
    }
    state = { role: 'standby', holder, lagInputs: state.lagInputs };
    decided.resolve();
  }

  function doubt(reason: string): void {
    if (state.reason !== reason) log.warn({ reason }, 'this standby cannot take over');
    state = { ...state, reason };
    decided.resolve();
  }

  function pause(ms: number): Promise<void> {
    if (stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  return {
    state: () => state,
    start() {
      running ??= run();
      return decided.promise;
    },
    reconnected() {
      notBefore = clock.elapsedMs() + leaseMs;
    },
    async stop() {
      stopped = true;
      decided.resolve();
      wake?.();
      await running;
    },
  };
}

const isFollowError = (error: unknown): error is FollowError =>
  ['STANDBY_BEHIND', 'STANDBY_DIVERGED'].includes(String((error as { code?: unknown } | null)?.code));
