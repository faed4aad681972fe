/**
 * The single writer. An input gets its time, is applied by the engine, and is stored with everything else of the same
 * turn of the event loop in one commit; only then do orders, events, alerts and replies leave.
 *
 * Inputs are applied as they come and never queue: what is bounded is the work between two commits. See "The life of a
 * request" in ARCHITECTURE.md.
 */
import type { EngineInput, Output, Picture, Reply } from '@inspector/engine';
import type { CommitBatch } from '../journal/journal.ts';
import { type JournalError, journalErrorOf } from '../journal/journal-error.ts';
import { CHAIN_START, chainOf, type Frame } from '../replication/frame.ts';
import { type Admission, createStallAdmission } from './admission.ts';
import { asReadBack } from './exact-json.ts';
import { followFrame } from './follow-frame.ts';
import { createPendingBatch, isMarket, isTick, type Outgoing } from './pending-batch.ts';
import { createQuestions } from './questions.ts';
import { recover, storeSnapshot } from './recover.ts';
import { createRelay } from './relay.ts';
import type { RunnerPhase } from './runner-health.ts';
import type { Runner, RunnerConfig } from './runner-port.ts';
import { createSnapshotSchedule, INPUT_WEIGHT } from './snapshot-schedule.ts';
import { blockedAlert, isEntry, notSent, refusalOf, stallAlert, unavailable } from './stall-messages.ts';

/** Market data alone is stored at most this much later: what `kill -9` may take of it. */
const TICKS_STORED_WITHIN_MS = 10;
/** A commit this large goes at once, within the turn: it bounds a batch's memory and the wait of its replies. */
const COMMIT_INPUTS = 8192;
const COMMIT_BYTES = 4 * 1024 * 1024;
/** A picture is made at most this often, whoever asks. */
const PICTURE_EVERY_MS = 100;
/** Waits between tries to store while the journal is stalled: doubling up to the second. */
const RETRY_FIRST_MS = 100;
const RETRY_LAST_MS = 2000;
/** Open requests refused in a stall that the audit names afterwards; further ones are only counted. */
const REFUSALS_NAMED = 1000;

/** How often questions that wait for a replica are looked at: those that waited too long are answered 503. */
const BLOCKED_LOOK_MS = 1000;
/** Keys of the journal's values. */
const META_EPOCH = 'epoch';
const META_CHAIN = 'chain';
const META_POSITIONS = 'positions';

/** Recovers from the journal; throws JournalError when that cannot be done. Call `start` when the sinks are ready. */
export function createRunner<E>(config: RunnerConfig<E>): Runner<E> {
  const { core, journal, clock, log } = config;
  const recovered = recover(core, journal, config.genesis);
  const engine = recovered.engine;
  const batch = createPendingBatch();
  const questions = createQuestions(clock);
  const admission = createStallAdmission();
  const relay =
    config.replica &&
    createRelay({
      replica: config.replica,
      clock,
      release,
      onBlocked: beginBlock,
      onFlowing: endBlock,
      onFenced: replaced,
    });

  let phase: RunnerPhase = 'recovered';
  let epoch = 0;
  let lastNow = recovered.now;
  let turnAwaited = false;
  let cancelTicks: (() => void) | undefined;
  let cancelTimer: (() => void) | undefined;
  let armedDue = Number.POSITIVE_INFINITY;
  let stall: { error: JournalError; since: number; retryMs: number } | undefined;
  let failure: unknown;
  let blockedSince = 0;
  let refusals: EngineInput[] = [];
  let waiting: (() => void)[] = [];
  let pictured: { picture: Picture; at: number } | undefined;
  const snapshots = createSnapshotSchedule({
    clock,
    replayed: recovered.replayed,
    mayTake: () => phase === 'running' || phase === 'standby',
    take: () => void snapshot(),
  });
  let chain = journal.readMeta(META_CHAIN) ?? CHAIN_START;
  let tellCommit = (_seconds: number): void => {};
  const counts = {
    shed: 0,
    refused: 0,
    unwritable: 0,
    commits: 0,
    lastCommitMs: 0,
    longestCommitMs: 0,
    snapshotInput: journal.lastInput - recovered.replayed,
  };

  function nextNow(): number {
    lastNow = Math.max(lastNow, Math.floor(clock.now()));
    return lastNow;
  }

  /** One input through the engine. The only place where the engine changes. */
  function apply(given: EngineInput): boolean {
    given.now = nextNow();
    let input = given;
    try {
      if (!isTick(given)) input = asReadBack(given);
      batch.add(input);
    } catch (error) {
      counts.unwritable++;
      log.warn({ kind: given.kind, error: String(error) }, 'an input that JSON cannot hold was not taken');
      return false;
    }
    let output: Output;
    try {
      output = core.step(engine, input);
    } catch (error) {
      fail(error);
      return false;
    }
    batch.collect(output);
    snapshots.applied(1, isTick(input) ? 1 : INPUT_WEIGHT);
    const due = core.nextTimer(engine);
    if (due < armedDue) armTimer(due);
    return true;
  }

  function applyAndSchedule(input: EngineInput): boolean {
    const done = apply(input);
    if (!done) return false;
    if (stall) letExitsGo();
    else if (batch.inputCount >= COMMIT_INPUTS || batch.byteLength >= COMMIT_BYTES) flush();
    else if (batch.isUrgent) awaitTurn();
    else if (!cancelTicks) cancelTicks = clock.after(TICKS_STORED_WITHIN_MS, flush);
    return true;
  }

  function awaitTurn(): void {
    if (turnAwaited) return;
    turnAwaited = true;
    clock.endOfTurn(() => {
      turnAwaited = false;
      if (batch.isUrgent || waiting.length > 0) flush();
    });
  }

  function armTimer(due: number): void {
    cancelTimer?.();
    cancelTimer = undefined;
    armedDue = due;
    if (due === Number.POSITIVE_INFINITY || phase === 'stopped' || phase === 'failed') return;
    cancelTimer = clock.after(due - clock.now(), () => {
      armedDue = Number.POSITIVE_INFINITY;
      // A timer of the system may come a millisecond early: then it is set again, by the same line as after it fired.
      if (clock.now() >= due && isOpen()) applyAndSchedule({ kind: 'clock', now: 0 });
      const next = core.nextTimer(engine);
      if (next < armedDue) armTimer(next);
    });
  }

  /** Why nothing is approved, while it is so. */
  function obstacle(): string | undefined {
    if (stall) return `nothing can be stored: ${stall.error.message}`;
    return relay?.blocked === undefined ? undefined : `a standby cannot learn of it: ${relay.blocked}`;
  }

  const isOpen = () => phase === 'running' || phase === 'stalled' || phase === 'stopping';

  function flush(): void {
    cancelTicks?.();
    cancelTicks = undefined;
    if (batch.inputCount === 0 || stall || phase === 'failed' || phase === 'replaced') return;
    let frame: Frame | undefined;
    try {
      frame = store();
    } catch (error) {
      beginStall(journalErrorOf(error, 'storing a batch'));
      return;
    }
    passOn(frame);
    snapshots.consider();
  }

  /** Stores what is pending. The answer is what a standby is to learn of it, where there may be one. */
  function store(): Frame | undefined {
    const began = clock.elapsedMs();
    const commit = batch.toCommit(journal.lastInput + 1);
    const frame = relay && frameOf(commit);
    const durability = batch.isUrgent ? 'full' : 'lazy';
    if (frame === undefined) journal.commit(commit, durability);
    else
      journal.commit({ ...commit, lines: frame.lines, meta: { ...frame.meta, [META_CHAIN]: frame.chain } }, durability);
    if (frame !== undefined) chain = frame.chain;
    counts.commits++;
    counts.lastCommitMs = clock.elapsedMs() - began;
    tellCommit(counts.lastCommitMs / 1000);
    counts.longestCommitMs = Math.max(counts.longestCommitMs, counts.lastCommitMs);
    return frame;
  }

  function frameOf({ firstInput, inputCount, now, inputs, records, meta = {} }: CommitBatch): Frame {
    const lines = records.map((record) => JSON.stringify(record));
    const bytes = Uint8Array.from(inputs); // the batch's own are written over by the next one
    const next = chainOf(chain, bytes, lines);
    return { epoch, firstInput, inputCount, now, inputs: bytes, lines, meta, previous: chain, chain: next };
  }

  /** What is stored leaves, or, where a standby is to learn of it first, waits for that: all but what reduces risk. */
  function passOn(frame: Frame | undefined): void {
    const outgoing = batch.take();
    if (relay === undefined || frame === undefined) {
      release(outgoing);
      return;
    }
    const exits = outgoing.effects.filter((effect) => !isEntry(effect));
    outgoing.effects = outgoing.effects.filter(isEntry);
    hand('effects', exits, config.sinks.effects);
    relay.hold(frame, outgoing);
    if (relay.blocked !== undefined) dropHeldEntries();
  }

  function beginBlock(reason: string): void {
    log.error({ code: 'REPLICA_UNREACHABLE', reason }, 'a standby cannot learn of what is decided: entries are shut');
    hand('alerts', [blockedAlert(reason, journal.lastSeq)], config.sinks.alerts);
    if (phase === 'running') phase = 'stalled';
    blockedSince = nextNow();
    dropHeldEntries();
    clock.after(BLOCKED_LOOK_MS, lookAtBlock);
  }

  function lookAtBlock(): void {
    if (relay?.blocked === undefined || phase === 'stopped' || phase === 'failed') return;
    questions.giveUpOld(relay.blocked);
    clock.after(BLOCKED_LOOK_MS, lookAtBlock);
  }

  function endBlock(): void {
    log.info({ sinceMs: nextNow() - blockedSince }, 'commits reach the stream that a standby follows again');
    if (phase === 'stalled' && !stall) phase = 'running';
    nameRefusals();
  }

  /** Entries that were approved before it was known: whoever reads the audit sees that they did not leave. */
  function dropHeldEntries(): void {
    for (const effect of relay?.takeEntries() ?? []) applyAndSchedule(notSent(effect));
  }

  function replaced(reason: string): void {
    if (phase === 'stopped' || phase === 'failed' || phase === 'replaced') return;
    phase = 'replaced';
    failure = reason;
    for (const cancel of [cancelTimer, cancelTicks, snapshots.cancel]) cancel?.();
    log.error({ code: 'FENCED', reason }, 'another instance has taken over: nothing leaves here any more');
    questions.giveUpAll('another instance has taken over');
    config.onReplaced?.(reason);
  }

  function release(outgoing: Outgoing): void {
    hand('effects', outgoing.effects, config.sinks.effects);
    hand('records', outgoing.records, config.sinks.records);
    hand('events', outgoing.events, config.sinks.events);
    hand('alerts', outgoing.alerts, config.sinks.alerts);
    if (outgoing.replies.length > 0) pictured = undefined; // who was answered sees what he asked for
    for (const reply of outgoing.replies) questions.answer(reply);
    if (waiting.length > 0) {
      const resolved = waiting;
      waiting = [];
      for (const resolve of resolved) resolve();
    }
  }

  function hand<T>(name: string, things: T[], sink: (things: readonly T[]) => void): void {
    if (things.length === 0) return;
    try {
      sink(things);
    } catch (error) {
      log.error({ sink: name, error: String(error) }, 'a sink failed: what it was given is durable, but did not leave');
    }
  }

  function beginStall(error: JournalError): void {
    stall = { error, since: nextNow(), retryMs: RETRY_FIRST_MS };
    if (phase === 'running') phase = 'stalled';
    log.error(
      { code: error.code, error: error.message },
      'the journal cannot store: entries are not approved, exits go on',
    );
    hand('alerts', [stallAlert(error, journal.lastSeq)], config.sinks.alerts);
    letExitsGo();
    clock.after(stall.retryMs, retry);
  }

  function retry(): void {
    if (!stall || phase === 'stopped' || phase === 'failed' || phase === 'replaced') return;
    let frame: Frame | undefined;
    try {
      frame = store();
    } catch (error) {
      stall.error = journalErrorOf(error, 'storing a batch');
      stall.retryMs = Math.min(stall.retryMs * 2, RETRY_LAST_MS);
      questions.giveUpOld(stall.error.message);
      clock.after(stall.retryMs, retry);
      return;
    }
    log.info({ sinceMs: nextNow() - stall.since }, 'the journal stores again');
    stall = undefined;
    if (phase === 'stalled' && relay?.blocked === undefined) phase = 'running';
    passOn(frame);
    if (relay?.blocked === undefined) nameRefusals();
  }

  function nameRefusals(): void {
    const named = refusals;
    refusals = [];
    for (const letter of named) applyAndSchedule(letter);
  }

  /**
   * While nothing can be stored, what reduces risk leaves all the same: should the process die, the venue shows it and
   * reduce-only makes a second one harmless. Entries do not leave; the engine is told that they were refused.
   */
  function letExitsGo(): void {
    let effects = batch.takeEffects();
    while (effects.length > 0) {
      hand(
        'effects',
        effects.filter((effect) => !isEntry(effect)),
        config.sinks.effects,
      );
      for (const effect of effects) if (isEntry(effect)) apply(notSent(effect));
      effects = batch.takeEffects();
    }
  }

  function fail(error: unknown): void {
    batch.undo();
    cancelTimer?.();
    log.error({ error: String(error) }, 'the engine failed: a bug; the process must end and recover from the journal');
    if (!stall) flush();
    phase = 'failed';
    failure = error;
    questions.giveUpAll('the engine failed');
    config.onFailed(error);
  }

  function judge(input: EngineInput): Admission {
    if (phase === 'stopping') return input.kind === 'request' || isMarket(input) ? 'refused' : 'taken';
    if (phase === 'recovered') throw new Error('the runner was given an input before it was started');
    if (!isOpen()) return 'refused';
    if (obstacle() === undefined) return 'taken';
    input.now = nextNow();
    return admission.judge(input, batch.byteLength + (relay?.heldBytes ?? 0));
  }

  function whyNot(replyTo: number): Reply {
    if (phase === 'standby' || phase === 'replaced')
      return unavailable(replyTo, 'STANDBY', 'another instance of this Inspector acts');
    const reason = isOpen() ? obstacle() : undefined;
    if (reason !== undefined) return unavailable(replyTo, 'STORE_UNAVAILABLE', reason);
    return unavailable(replyTo, 'NOT_READY', `the runner is ${phase}`);
  }

  function submit(input: EngineInput): Admission {
    const verdict = judge(input);
    if (verdict === 'taken') return applyAndSchedule(input) ? 'taken' : 'refused';
    if (verdict === 'shed') counts.shed++;
    else counts.refused++;
    if (verdict === 'not-approving' && input.kind === 'request' && refusals.length < REFUSALS_NAMED) {
      refusals.push(refusalOf(input.eventId, input.request.requestId));
    }
    return verdict;
  }

  function snapshot(): boolean {
    snapshots.cancel();
    flush();
    if (stall || phase === 'failed' || phase === 'stopped' || phase === 'replaced') return false;
    try {
      storeSnapshot(core, engine, { journal, now: lastNow });
    } catch (error) {
      log.warn({ error: String(error) }, 'no snapshot could be stored: a restart replays more');
      return false;
    }
    counts.snapshotInput = journal.lastInput;
    snapshots.taken();
    return true;
  }

  return {
    engine,
    get epoch() {
      return epoch;
    },
    get chain() {
      return chain;
    },
    start(granted) {
      if (phase !== 'recovered' && phase !== 'standby') throw new Error('the runner was started twice');
      epoch = granted ?? journal.nextEpoch();
      phase = 'running';
      if (granted !== undefined) batch.setMeta(META_EPOCH, String(granted));
      applyAndSchedule({ kind: 'started', now: 0, epoch, appKey: config.genesis.appKey, version: config.version });
      flush();
      log.info({ epoch, replayed: recovered.replayed, lastSeq: journal.lastSeq }, 'the runner takes inputs');
    },
    standBy() {
      if (phase === 'recovered') phase = 'standby';
    },
    replace: replaced,
    follow(frame) {
      if (phase !== 'standby') throw new Error(`a runner that is ${phase} does not follow`);
      const followed = followFrame(core, engine, { journal, frame, chain });
      if (followed === undefined) return;
      chain = frame.chain;
      lastNow = Math.max(lastNow, frame.now);
      snapshots.applied(frame.inputCount, followed.weight);
      counts.commits++;
      hand('records', followed.records, config.sinks.records);
      pictured = undefined;
      snapshots.consider();
    },
    mark(positions) {
      batch.setMeta(META_POSITIONS, JSON.stringify(positions));
    },
    positions: () => JSON.parse(journal.readMeta(META_POSITIONS) ?? '{}') as Record<string, string>,
    onCommit(listener) {
      tellCommit = listener;
    },
    settled(withinMs) {
      if (relay === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = clock.after(withinMs, () => relay.stop()); // which ends the waiting
        void relay.idle().then(() => {
          cancel();
          resolve();
        });
      });
    },
    submit,
    ask(question) {
      const asked = questions.open(question);
      if (!asked) return Promise.resolve(unavailable(0, 'OVERLOADED', 'too many questions are unanswered'));
      const verdict = submit(question);
      if (verdict === 'taken') return asked.reply;
      questions.answer(whyNot(asked.replyTo));
      return asked.reply;
    },
    durable: () =>
      !stall && !batch.isUrgent
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
            if (!stall) awaitTurn();
          }),
    picture() {
      const at = clock.elapsedMs();
      if (pictured && at - pictured.at < PICTURE_EVERY_MS) return pictured.picture;
      if (batch.hasRecords) flush();
      pictured = { picture: core.picture(engine), at };
      return pictured.picture;
    },
    health: () => ({
      phase,
      ...(stall ? { code: stall.error.code, reason: stall.error.message, since: stall.since } : {}),
      ...(!stall && relay?.blocked !== undefined
        ? { code: 'REPLICA_UNREACHABLE' as const, reason: relay.blocked, since: blockedSince }
        : {}),
      ...(phase === 'replaced' ? { code: 'FENCED' as const, reason: String(failure) } : {}),
      ...(phase === 'failed' ? { code: 'ENGINE_FAILED' as const, reason: String(failure) } : {}),
      lastInput: journal.lastInput,
      lastSeq: journal.lastSeq,
      pendingInputs: batch.inputCount,
      pendingBytes: batch.byteLength,
      heldFrames: relay?.heldFrames ?? 0,
      heldBytes: relay?.heldBytes ?? 0,
      ...counts,
    }),
    flush,
    snapshot,
    stop(reason) {
      if (phase === 'stopped') return;
      if (phase === 'running' || phase === 'stalled') {
        phase = 'stopping';
        applyAndSchedule({ kind: 'stopped', now: 0, reason });
        if (stall) retry();
        snapshot();
      }
      if (phase === 'standby') snapshot();
      if (phase !== 'failed') phase = 'stopped';
      for (const cancel of [cancelTimer, cancelTicks, snapshots.cancel]) cancel?.();
      questions.giveUpAll('Inspector is stopping');
      journal.close();
    },
  };
}
