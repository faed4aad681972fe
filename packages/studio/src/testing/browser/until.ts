import { setTimeout as delay } from 'node:timers/promises';
import { PAGE_LIMIT_MS } from '../open-page.ts';

/** Between two looks: often enough to be quick, seldom enough for a busy machine. */
const LOOK_EVERY_MS = 250;

/** Looks until there is an answer; undefined: not yet. Rejects with `what` when there is none within the page's limit. */
export async function until<Answer>(what: string, look: () => Promise<Answer | undefined>): Promise<Answer> {
  const deadline = Date.now() + PAGE_LIMIT_MS;
  for (;;) {
    const answer = await look();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`still not: ${what}`);
    await delay(LOOK_EVERY_MS);
  }
}
