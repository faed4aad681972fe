import type { Clock } from '../runner/clock.ts';

/** A call that is not answered by then left its outcome unknown. */
export const CALL_DEADLINE_MS = 5000;
/** Tries of a call that surely did not get through, and the waits between them: 7.75 s in all. */
const TRIES = 6;
const BACKOFF_FIRST_MS = 250;
const BACKOFF_LAST_MS = 4000;

interface TimedCall<T> {
  call: (signal: AbortSignal) => Promise<T>;
  withinMs: number;
}

/** The answer, or undefined when it did not come in time: the call is then aborted and what it answers is not heard. */
export function answeredWithin<T>(clock: Clock, { call, withinMs }: TimedCall<T>): Promise<T | undefined> {
  const abort = new AbortController();
  return new Promise((resolve, reject) => {
    const cancel = clock.after(withinMs, () => {
      abort.abort();
      resolve(undefined);
    });
    call(abort.signal).finally(cancel).then(resolve, reject);
  });
}

interface NotSent {
  outcome: 'not-sent';
  reasonText: string;
  retryAfterMs?: number;
}

interface Sending<T> {
  call: (signal: AbortSignal) => Promise<T>;
  onRetry: () => void;
  /** Asked before each further try. */
  isWorthIt: () => boolean;
}

type Unknown = { outcome: 'unknown'; reasonText: string };

/**
 * Sends, and sends again only what surely never got through. Answers `unknown` for silence and for an error, because
 * then the venue may have it. Never rejects.
 */
export async function sendWithRetries<T extends { outcome: string }>(
  clock: Clock,
  sending: Sending<T | NotSent>,
): Promise<T | NotSent | Unknown> {
  let waitMs = BACKOFF_FIRST_MS;
  for (let attempt = 1; ; attempt++) {
    const answer = await sendOnce(clock, sending.call);
    if (!isNotSent(answer) || attempt === TRIES || !sending.isWorthIt()) return answer;
    const { retryAfterMs = 0 } = answer;
    await pause(clock, Math.min(Math.max(waitMs, retryAfterMs), BACKOFF_LAST_MS));
    if (!sending.isWorthIt()) return answer;
    sending.onRetry();
    waitMs = Math.min(waitMs * 2, BACKOFF_LAST_MS);
  }
}

async function sendOnce<T>(clock: Clock, call: (signal: AbortSignal) => Promise<T>): Promise<T | Unknown> {
  try {
    const answer = await answeredWithin(clock, { call, withinMs: CALL_DEADLINE_MS });
    return answer ?? { outcome: 'unknown', reasonText: `no answer within ${CALL_DEADLINE_MS} ms` };
  } catch (error) {
    return { outcome: 'unknown', reasonText: String(error) };
  }
}

function isNotSent(answer: { outcome: string }): answer is NotSent {
  return answer.outcome === 'not-sent';
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
