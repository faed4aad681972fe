import type { Reply } from '@inspector/engine';
import type { Clock } from './clock.ts';

/** Unanswered questions at most; each holds an open HTTP request. Further ones are answered 503. */
const UNANSWERED_LIMIT = 10_000;
/** How long a question waits for a stalled journal before it is answered 503. */
const STALLED_WAIT_MS = 5000;

interface Asked {
  at: number;
  resolve: (reply: Reply) => void;
}

/** Questions that were applied and wait for their durable answer. */
export interface Questions {
  /** Numbers the question and waits for its answer; undefined when there are too many. */
  open(question: { replyTo?: number }): { replyTo: number; reply: Promise<Reply> } | undefined;
  answer(reply: Reply): void;
  /** Those that have waited longest are told that what they asked for holds, but is not stored. */
  giveUpOld(reason: string): void;
  giveUpAll(reason: string): void;
}

export function createQuestions(clock: Clock): Questions {
  const unanswered = new Map<number, Asked>();
  let count = 0;

  function answer(reply: Reply): void {
    const asked = unanswered.get(reply.replyTo);
    if (!asked) return; // a replayed question, or one that was given up
    unanswered.delete(reply.replyTo);
    asked.resolve(reply);
  }

  function giveUp(replyTo: number, code: string, message: string): void {
    answer({ replyTo, ok: false, status: 503, code, message });
  }

  return {
    open(question) {
      if (unanswered.size >= UNANSWERED_LIMIT) return undefined;
      const replyTo = ++count;
      question.replyTo = replyTo;
      const reply = new Promise<Reply>((resolve) => {
        unanswered.set(replyTo, { at: clock.elapsedMs(), resolve });
      });
      return { replyTo, reply };
    },
    answer,
    giveUpOld(reason) {
      const before = clock.elapsedMs() - STALLED_WAIT_MS;
      for (const [replyTo, asked] of unanswered) {
        if (asked.at > before) return; // in order of asking
        giveUp(replyTo, 'STORE_UNAVAILABLE', `in force, but not stored yet: ${reason}`);
      }
    },
    giveUpAll(reason) {
      for (const replyTo of [...unanswered.keys()]) giveUp(replyTo, 'NOT_READY', reason);
    },
  };
}
