import { setTimeout as wait } from 'node:timers/promises';

const ASK_EVERY_MS = 100;

/**
 * Asks until the answer is neither undefined nor false, and gives it. An error counts as no answer. Rejects with `what`,
 * and the last error, after `withinMs`.
 */
export async function until<T>(
  what: string,
  withinMs: number,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let trouble: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`not within ${withinMs / 1000} s: ${what}`, { cause: trouble });
    }
    await wait(ASK_EVERY_MS);
  }
}
