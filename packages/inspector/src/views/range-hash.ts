import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Journal } from '../journal/journal.ts';

/** Lines hashed between two breaks: some 0.2 ms, so that a long range never holds the runner up. */
const LINES_PER_SLICE = 200;

/**
 * SHA-256, in hex, of the stored records `fromSeq` to `toSeq`, both included, each as the line that it was written as with
 * a line feed: what `sha256sum` says of the same lines exported.
 */
export async function rangeHash(journal: Pick<Journal, 'auditLines'>, fromSeq: number, toSeq: number): Promise<string> {
  const hash = createHash('sha256');
  for (let from = fromSeq; from <= toSeq; from += LINES_PER_SLICE) {
    // A statement must not stay open while the runner commits: each slice is read to its end.
    for (const line of journal.auditLines(from, Math.min(toSeq, from + LINES_PER_SLICE - 1))) hash.update(`${line}\n`);
    await nextTurn();
  }
  return hash.digest('hex');
}
