import type { Journal } from '../../journal/journal.ts';
import type { RunnerLog } from '../../runner/runner-port.ts';

/** Updates that are remembered; Telegram itself forgets what was confirmed, so only the last ones can come again. */
const REMEMBERED = 100;

/** Which updates were carried out, over restarts too. */
export interface HandledUpdates {
  has(updateId: number): boolean;
  /** Durable before it returns, where the disk takes it. */
  add(updateId: number): void;
}

/**
 * Kept as a set and not as a highest number: Telegram begins with another one after a quiet week. What cannot be stored is
 * carried out all the same: a full disk must not keep a kill from working.
 */
export function createHandledUpdates(journal: Journal, botKey: string, log: RunnerLog): HandledUpdates {
  const key = `telegram:${botKey}`;
  let handled = parse(journal.readMeta(key));
  return {
    has: (updateId) => handled.includes(updateId),
    add(updateId) {
      handled = [...handled, updateId].slice(-REMEMBERED);
      try {
        journal.writeMeta(key, JSON.stringify(handled));
      } catch (error) {
        log.warn({ error: String(error) }, 'which Telegram commands were carried out could not be stored');
      }
    },
  };
}

function parse(text: string | undefined): number[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value)
      ? value.filter((each): each is number => Number.isSafeInteger(each)).slice(-REMEMBERED)
      : [];
  } catch {
    return [];
  }
}
