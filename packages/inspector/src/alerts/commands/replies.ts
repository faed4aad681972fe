import { answeredWithin } from '../../effects/sending.ts';
import type { Clock } from '../../runner/clock.ts';
import { pause } from '../pause.ts';
import { isTelegramFailure, type TelegramApi, type TelegramFailure } from '../telegram/telegram-api.ts';

/** Calls that wait; past it the oldest is let go: whoever asked can ask again. */
const WAITING_LIMIT = 100;
const CALL_DEADLINE_MS = 10_000;
const TRIES = 4;
const RETRY_FIRST_MS = 500;
const RETRY_LAST_MS = 10_000;

export interface Reply {
  method: string;
  fields: Readonly<Record<string, unknown>>;
}

/** Calls to Telegram in order, each tried a few times, so that reading commands never waits for an answer to go out. */
export interface Replies {
  send(reply: Reply): void;
  readonly lost: number;
  stop(): void;
}

export function createReplies(api: TelegramApi, clock: Clock, onLost: (reason: string) => void): Replies {
  const waiting: Reply[] = [];
  const ending = new AbortController();
  let isSending = false;
  let lost = 0;

  async function sendAll(): Promise<void> {
    for (let reply = waiting.shift(); reply !== undefined; reply = waiting.shift()) {
      const reason = await sendOne(reply);
      if (ending.signal.aborted) break;
      if (reason === undefined) continue;
      lost += 1;
      onLost(reason);
    }
    isSending = false;
  }

  async function sendOne({ method, fields }: Reply): Promise<string | undefined> {
    let waitMs = RETRY_FIRST_MS;
    for (let attempt = 1; ; attempt++) {
      const failure = await tryOnce(method, fields);
      if (failure === undefined || ending.signal.aborted) return undefined;
      const isFinal = failure.status !== undefined && failure.status < 500 && failure.status !== 429;
      if (attempt === TRIES || isFinal) return failure.message;
      await pause(clock, Math.min(Math.max(waitMs, failure.retryAfterMs ?? 0), RETRY_LAST_MS), ending.signal);
      waitMs *= 2;
    }
  }

  async function tryOnce(
    method: string,
    fields: Reply['fields'],
  ): Promise<Pick<TelegramFailure, 'message' | 'status' | 'retryAfterMs'> | undefined> {
    try {
      const answer = await answeredWithin(clock, {
        call: (signal) => api.call(method, fields, AbortSignal.any([signal, ending.signal])).then(() => true),
        withinMs: CALL_DEADLINE_MS,
      });
      return answer === undefined ? { message: 'Telegram: no answer in time', status: undefined } : undefined;
    } catch (error) {
      return isTelegramFailure(error) ? error : { message: 'Telegram could not be asked', status: 400 };
    }
  }

  return {
    send(reply) {
      if (ending.signal.aborted) return;
      waiting.push(reply);
      if (waiting.length > WAITING_LIMIT) {
        waiting.shift();
        lost += 1;
      }
      if (isSending) return;
      isSending = true;
      // Not within the call: who says something must not wait for a socket.
      clock.after(0, () => void sendAll());
    },
    get lost() {
      return lost;
    },
    stop() {
      ending.abort();
      waiting.length = 0;
    },
  };
}
