/**
 * Deadlines of the commands that are on the way. Redis answers a connection in the order of asking, so only the oldest
 * needs watching, and a command costs two numbers instead of a timer.
 */
export interface Deadlines {
  readonly waiting: number;
  /** A command was sent that must be answered within `ms`, counted from the answer before it where that may come later. */
  sent(now: number, ms: number): void;
  /** The oldest was answered. */
  answered(): void;
  /** True when the oldest should have been answered by now. */
  overdue(now: number): boolean;
}

/** Answered entries are let go of in pieces of this size. */
const COMPACT_AT = 4_096;

export function createDeadlines(): Deadlines {
  let dueAt: number[] = [];
  let oldest = 0;
  return {
    get waiting() {
      return dueAt.length - oldest;
    },
    sent(now, ms) {
      // One that waits behind a blocking read can only be answered after it.
      dueAt.push(Math.max(now + ms, oldest < dueAt.length ? dueAt[dueAt.length - 1]! : 0));
    },
    answered() {
      oldest++;
      if (oldest === dueAt.length) {
        dueAt = [];
        oldest = 0;
      } else if (oldest === COMPACT_AT) {
        dueAt = dueAt.slice(oldest);
        oldest = 0;
      }
    },
    overdue: (now) => oldest < dueAt.length && dueAt[oldest]! < now,
  };
}
