import { answeredWithin } from '../../effects/sending.ts';
import type { Clock } from '../../runner/clock.ts';
import { pause } from '../pause.ts';
import { isTelegramFailure, type TelegramApi } from '../telegram/telegram-api.ts';

/** How long Telegram holds a question open when there is nothing to tell. */
const HOLD_S = 25;
/** A poll that is not answered by then is given up: the connection may be dead. */
const POLL_DEADLINE_MS = 40_000;
/** Updates taken at once. */
const PAGE = 50;
/** Waits after a poll that failed, doubling up to the last. */
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 60_000;
/** After so long without an update the next may have a lower number: it is asked for without one. */
const QUIET_MS = 6 * 3_600_000;

export interface PollState {
  /** Since when it fails; null while it works. */
  failingSince: number | null;
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
  /** In words, without the token; null when there was none. */
  lastFailure: string | null;
}

export interface PollPorts {
  api: TelegramApi;
  clock: Clock;
  /** One update, in order. Must not throw. */
  handle(update: unknown): Promise<void> | void;
  onFailing(reason: string): void;
  onWorking(): void;
}

/** Long polling: asks, hands over, confirms by asking on; never ends by itself. */
export interface Poll {
  state(): PollState;
  run(ending: AbortSignal): Promise<void>;
}

export function createPoll({ api, clock, handle, onFailing, onWorking }: PollPorts): Poll {
  const state: PollState = { failingSince: null, lastSuccessAt: null, lastFailureAt: null, lastFailure: null };
  let next: number | undefined;
  let lastUpdateAtMs = clock.elapsedMs();
  let failures = 0;

  async function page(ending: AbortSignal): Promise<unknown[]> {
    if (clock.elapsedMs() - lastUpdateAtMs > QUIET_MS) next = undefined;
    const fields = {
      timeout: HOLD_S,
      limit: PAGE,
      allowed_updates: ['message', 'callback_query'],
      ...(next === undefined ? {} : { offset: next }),
    };
    const answer = await answeredWithin(clock, {
      call: (signal) => api.call('getUpdates', fields, AbortSignal.any([signal, ending])),
      withinMs: POLL_DEADLINE_MS,
    });
    if (answer === undefined) throw new Error('Telegram: no answer in time');
    if (!Array.isArray(answer)) throw new Error('Telegram answers what are no updates');
    return answer;
  }

  async function handOver(updates: readonly unknown[], ending: AbortSignal): Promise<void> {
    for (const update of updates) {
      if (ending.aborted) return; // not confirmed: it comes again
      await handle(update);
      const { update_id: id } = (typeof update === 'object' && update !== null ? update : {}) as {
        update_id?: unknown;
      };
      if (!Number.isSafeInteger(id)) continue;
      next = (id as number) + 1;
      lastUpdateAtMs = clock.elapsedMs();
    }
  }

  function worked(): void {
    failures = 0;
    state.lastSuccessAt = clock.now();
    if (state.failingSince === null) return;
    state.failingSince = null;
    onWorking();
  }

  function failed(error: unknown): number {
    failures += 1;
    state.lastFailureAt = clock.now();
    state.lastFailure = error instanceof Error ? error.message : 'Telegram could not be asked';
    if (state.failingSince === null) {
      state.failingSince = state.lastFailureAt;
      onFailing(state.lastFailure);
    }
    const askedFor = isTelegramFailure(error) ? (error.retryAfterMs ?? 0) : 0;
    return Math.max(Math.min(RETRY_FIRST_MS * 2 ** Math.min(failures - 1, 10), RETRY_LAST_MS), askedFor);
  }

  return {
    state: () => ({ ...state }),
    async run(ending) {
      while (!ending.aborted) {
        try {
          const updates = await page(ending);
          worked();
          await handOver(updates, ending);
        } catch (error) {
          if (ending.aborted) return;
          await pause(clock, failed(error), ending);
        }
      }
    },
  };
}
