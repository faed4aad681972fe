import { setTimeout as wait } from 'node:timers/promises';

/** What has not come to pass by then will not: something is wrong. */
const WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** Asks until there is an answer; rejects when there is none in time. `withinMs` 0: it waits for ever. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  withinMs = WITHIN_MS,
): Promise<T> {
  const giveUpAt = withinMs === 0 ? Number.POSITIVE_INFINITY : Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > giveUpAt) throw new Error(`it did not come to pass that ${what}`);
    await wait(LOOK_EVERY_MS);
  }
}
