/**
 * Carries out what the engine asked of the venue, and tells it what came of it. Everything that can be late, doubled
 * or lost between here and the venue is handled in this folder.
 *
 * An intent is durable before its effect comes here. An order is sent again only when it surely never left; in doubt
 * the engine is told `unknown` and asks. After a crash nothing is sent again: the engine asks about its open intents.
 */
import { isFinalStatus, type Order } from '@inspector/contract';
import type { CancelEffect, Effect, EngineInput, PlaceEffect, QueryEffect } from '@inspector/engine';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import { createLaneQueue, type Job, type LaneQueue } from './lane-queue.ts';
import { type CancelAnswer, type PlaceAnswer, type ProviderClient, placeOf } from './provider-client.ts';
import { answeredWithin, sendWithRetries } from './sending.ts';
import { createVenueQuestions } from './venue-questions.ts';

/** Calls to one account at a time, and how many of them may be entries: an exit always finds a place. */
const RUNNING_PER_ACCOUNT = 8;
const RUNNING_ENTRIES_PER_ACCOUNT = 4;
/** Entries that wait per account; past it a new one is answered as refused. Exits are never turned away. */
const WAITING_ENTRIES_PER_ACCOUNT = 1000;

export interface EffectExecutorConfig {
  client: ProviderClient;
  /** The runner's `submit`. */
  submit: (input: EngineInput) => void;
  clock: Clock;
  log: RunnerLog;
  /** The epoch of this instance, for calls that carry no order. */
  epoch: () => number;
}

export interface EffectCounts {
  sent: number;
  accepted: number;
  rejected: number;
  unknown: number;
  /** Tries that surely did not reach the venue and were made again. */
  retried: number;
  running: number;
  waiting: number;
}

export interface EffectExecutor {
  /** Never blocks and never throws. */
  execute(effects: readonly Effect[]): void;
  counts(): EffectCounts;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /**
   * Takes no more effects, tells the engine that waiting entries were refused, and waits for what is under way, at most
   * so long. True when all was answered.
   */
  stop(withinMs: number): Promise<boolean>;
}

export function createEffectExecutor(config: EffectExecutorConfig): EffectExecutor {
  const { client, clock, submit } = config;
  const questions = createVenueQuestions(config);
  const queues = new Map<string, LaneQueue>();
  /** Placings that wait or run, by client id. */
  const placings = new Map<string, { job: Job; effect: PlaceEffect; settled: Promise<void>; settle: () => void }>();
  /** Leverage and margin mode that the venue was told, by account and symbol. */
  const leverages = new Map<string, string>();
  const counts = { sent: 0, accepted: 0, rejected: 0, unknown: 0, retried: 0 };
  const onRetry = () => void counts.retried++;
  let isStopping = false;

  function queueOf(accountKey: string): LaneQueue {
    let queue = queues.get(accountKey);
    if (!queue) {
      queue = createLaneQueue({ running: RUNNING_PER_ACCOUNT, runningEntries: RUNNING_ENTRIES_PER_ACCOUNT }, clock);
      queues.set(accountKey, queue);
    }
    return queue;
  }

  function addPlacing(effect: PlaceEffect): void {
    const { order, accountKey } = effect;
    const isEntry = order.reduceOnly !== true && order.closePosition !== true;
    const queue = queueOf(accountKey);
    if (isEntry && (isStopping || queue.waiting >= WAITING_ENTRIES_PER_ACCOUNT)) {
      answerPlacing(effect, refusal(isStopping ? 'Inspector is stopping' : 'too many entries wait to be sent'));
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    // An entry has a lane of its own, so that the stop of a first fill does not wait for the call that placed it.
    const lane = isEntry ? `${order.symbol.name} entry` : order.symbol.name;
    const job: Job = { lane, isEntry, run: () => placing(effect, isEntry).finally(resolve) };
    placings.set(order.clientOrderId, { job, effect, settled: promise, settle: resolve });
    queue.add(job);
  }

  async function placing(effect: PlaceEffect, isEntry: boolean): Promise<void> {
    const obstacle = isEntry && needsLeverage(effect) ? await setLeverage(effect) : undefined;
    const answer = obstacle ?? (await place(effect));
    placings.delete(effect.order.clientOrderId);
    answerPlacing(effect, answer);
  }

  function place({ order }: PlaceEffect): Promise<PlaceAnswer> {
    counts.sent++;
    const call = (signal: AbortSignal) => client.place(order, signal);
    return sendWithRetries(clock, { call, onRetry, isWorthIt: () => !isStopping || order.reduceOnly === true });
  }

  /** Once per symbol and value. */
  function needsLeverage({ accountKey, order, marginMode }: PlaceEffect): boolean {
    if (order.leverage === undefined || order.marketType === 'spot') return false;
    return leverages.get(`${accountKey} ${order.symbol.name}`) !== `${order.leverage} ${marginMode}`;
  }

  /** What stands in the way of the entry then, undefined when the leverage is set. */
  async function setLeverage({ accountKey, order, marginMode }: PlaceEffect): Promise<PlaceAnswer | undefined> {
    const { leverage = 1, symbol } = order;
    const mode = marginMode === undefined ? {} : { marginMode };
    const target = { ...placeOf(accountKey), symbol: symbol.name, leverage, ...mode, epoch: config.epoch() };
    const call = (signal: AbortSignal) => client.setLeverage(target, signal);
    const answer = await sendWithRetries(clock, { call, onRetry, isWorthIt: () => !isStopping });
    if (answer.outcome === 'accepted') {
      leverages.set(`${accountKey} ${symbol.name}`, `${leverage} ${marginMode}`);
      return undefined;
    }
    return refusal(
      `leverage ${leverage}${marginMode === undefined ? '' : `, ${marginMode}`} could not be set: ${answer.reasonText}`,
    );
  }

  function addCancel(effect: CancelEffect): void {
    const target = placings.get(effect.cancels);
    const queue = queueOf(effect.accountKey);
    if (target && queue.remove(target.job)) {
      placings.delete(effect.cancels);
      target.settle();
      answerPlacing(target.effect, refusal('cancelled before it was sent'));
      answerCancel(effect, { outcome: 'rejected', reason: 'NOT_FOUND', reasonText: 'the order was never sent' });
      return;
    }
    const add = () => queue.add({ lane: effect.symbol, isEntry: false, run: () => cancelling(effect) });
    // Until the venue has answered the placing, a cancel could overtake it and find nothing.
    if (target) void target.settled.then(add);
    else add();
  }

  async function cancelling(effect: CancelEffect): Promise<void> {
    counts.sent++;
    const { accountKey, cancels, symbol, id, externalId } = effect;
    const ids = { ...(id === undefined ? {} : { id }), ...(externalId === undefined ? {} : { externalId }) };
    const target = { ...placeOf(accountKey), symbol, clientOrderId: cancels, ...ids, epoch: config.epoch() };
    const call = (signal: AbortSignal) => client.cancel(target, signal);
    answerCancel(effect, await sendWithRetries(clock, { call, onRetry, isWorthIt: () => true }));
  }

  function answerPlacing({ accountKey, order }: PlaceEffect, answer: PlaceAnswer): void {
    const about = {
      kind: 'order-answer',
      now: 0,
      accountKey,
      clientOrderId: order.clientOrderId,
      call: 'place',
    } as const;
    counts[answer.outcome === 'not-sent' ? 'rejected' : answer.outcome]++;
    switch (answer.outcome) {
      case 'accepted':
        submit({ ...about, outcome: 'accepted', order: answer.order });
        break;
      case 'unknown':
        submit({ ...about, outcome: 'unknown', reasonText: answer.reasonText });
        break;
      case 'not-sent':
        submit({ ...about, outcome: 'rejected', reason: 'UNKNOWN', reasonText: answer.reasonText });
        break;
      case 'rejected': {
        const { reason, reasonText, order: rejected } = answer;
        submit({ ...about, outcome: 'rejected', reason, reasonText, ...(rejected ? { order: rejected } : {}) });
      }
    }
  }

  function answerCancel({ accountKey, cancels }: CancelEffect, answer: CancelAnswer): void {
    const about = { kind: 'order-answer', now: 0, accountKey, clientOrderId: cancels, call: 'cancel' } as const;
    counts[answer.outcome === 'not-sent' ? 'rejected' : answer.outcome]++;
    switch (answer.outcome) {
      case 'accepted':
        submit({ ...about, ...cancelOutcome(answer.order) });
        break;
      case 'rejected':
        submit({ ...about, outcome: 'rejected', reason: answer.reason, reasonText: answer.reasonText });
        break;
      case 'not-sent':
        submit({ ...about, outcome: 'rejected', reason: 'UNKNOWN', reasonText: answer.reasonText });
        break;
      case 'unknown':
        submit({ ...about, outcome: 'unknown', reasonText: answer.reasonText });
    }
  }

  function dropWaitingEntries(): void {
    for (const [id, { job, effect, settle }] of placings) {
      if (!job.isEntry || !queueOf(effect.accountKey).remove(job)) continue;
      placings.delete(id);
      settle();
      answerPlacing(effect, refusal('Inspector is stopping'));
    }
  }

  async function idle(): Promise<void> {
    await Promise.all([questions.idle(), ...[...queues.values()].map((queue) => queue.idle())]);
  }

  return {
    execute(effects) {
      for (const effect of effects) {
        if (effect.kind === 'place') addPlacing(effect);
        else if (effect.kind === 'cancel') addCancel(effect);
        else if (!isStopping) questions.ask(effect satisfies QueryEffect);
      }
    },
    counts: () => ({
      ...counts,
      running: [...queues.values()].reduce((sum, queue) => sum + queue.running, 0),
      waiting: [...queues.values()].reduce((sum, queue) => sum + queue.waiting, 0),
    }),
    idle,
    async stop(withinMs) {
      isStopping = true;
      dropWaitingEntries();
      const done = idle().then(() => true);
      return (await answeredWithin(clock, { call: () => done, withinMs })) ?? false;
    },
  };
}

function refusal(reasonText: string): PlaceAnswer {
  return { outcome: 'rejected', reason: 'UNKNOWN', reasonText };
}

/** An order that had ended otherwise was not cancelled: how it ended is in `order`. */
function cancelOutcome(order: Order | undefined) {
  if (order === undefined) return { outcome: 'accepted' as const };
  if (order.status === 'CANCELED' || !isFinalStatus(order.status)) return { outcome: 'accepted' as const, order };
  return { outcome: 'rejected' as const, reason: 'NOT_FOUND', order };
}
