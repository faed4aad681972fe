import type { RequestBudget as BudgetSettings, CallKind } from './profiles/profile.ts';

/** What a request is for; earlier ones go first, and later ones leave room for them. */
export const urgencies = ['exit', 'look-up', 'account', 'tighten', 'entry', 'market'] as const;
export type Urgency = (typeof urgencies)[number];

/** Share of the budget that is left untouched for what is more urgent. */
const reserves: Readonly<Record<Urgency, number>> = {
  exit: 0,
  'look-up': 0.1,
  account: 0.25,
  tighten: 0.3,
  entry: 0.35,
  market: 0.5,
};
/** Of a minute's budget so much may be spent at once, and the rest comes back in a minute: no minute ever has more than one. */
const BURST = 0.4;
/** Requests that wait; past it the least urgent is refused, never an exit for an entry. */
const WAITING_LIMIT = 1_000;
/** A request that has not left by then is refused: whoever asked has given up. */
const WAITS_AT_MOST_MS = 8_000;
/**
 * While the venue has shut us out, exits are tried so often all the same, and the account is asked now and then: a ban may
 * end sooner than was said, and what gets through ends the pause.
 */
const triesEveryMs: Readonly<Partial<Record<Urgency, number>>> = { exit: 5_000, 'look-up': 15_000, account: 15_000 };

export interface RequestBudget {
  /** Runs the call when its turn comes. Rejects with `NotSent` when it does not come in time. */
  spend<T>(urgency: Urgency, kind: CallKind, call: () => Promise<T>): Promise<T>;
  /** The venue asked for a pause: nothing leaves until then, exits but for a try now and then. */
  pause(untilMs: number): void;
  /** What the venue says was spent in this minute: others may use the same address. */
  note(spent: number): void;
  state(): { waiting: number; left: number; pausedUntil: number | null };
  stop(): void;
}

/** The request surely did not leave. */
export class NotSent extends Error {}

interface Waiting {
  urgency: Urgency;
  cost: number;
  since: number;
  run: () => void;
  refuse: (reason: string) => void;
}

/** An own meter in place of ccxt's, which is one queue for polling and exits. */
export function createRequestBudget({ perMinute, cost }: BudgetSettings, now: () => number): RequestBudget {
  const capacity = perMinute * BURST;
  const perMs = (perMinute * (1 - BURST)) / 60_000;
  let left = capacity;
  let refilledAt = now();
  let pausedUntil = Number.NEGATIVE_INFINITY;
  const triedAt = new Map<Urgency, number>();
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function refill(at: number): void {
    left = Math.min(capacity, left + Math.max(0, at - refilledAt) * perMs);
    refilledAt = at;
  }

  /** 0 when it may leave now. */
  function waitOf({ urgency, cost: price }: Waiting, at: number): number {
    if (at < pausedUntil) {
      const tries = triesEveryMs[urgency];
      if (tries === undefined) return pausedUntil - at;
      return Math.max(0, Math.min(pausedUntil, (triedAt.get(urgency) ?? Number.NEGATIVE_INFINITY) + tries) - at);
    }
    // The venue judges exits itself: our count of what is left may be behind the truth.
    if (urgency === 'exit') return 0;
    const missing = price + reserves[urgency] * capacity - left;
    return missing <= 0 ? 0 : missing / perMs;
  }

  function leave(next: Waiting, at: number): void {
    if (at < pausedUntil) triedAt.set(next.urgency, at);
    left -= next.cost;
    next.run();
  }

  function pump(): void {
    clearTimeout(timer);
    timer = undefined;
    const at = now();
    refill(at);
    const staying: Waiting[] = [];
    let soonest = Number.POSITIVE_INFINITY;
    // What costs much would never come to its turn if what costs little, and comes later, could pass it.
    let queueMs = 0;
    for (const next of waiting) {
      const wait = Math.max(queueMs, waitOf(next, at));
      if (at >= pausedUntil) queueMs = wait;
      if (wait === 0) leave(next, at);
      else if (at - next.since >= WAITS_AT_MOST_MS) next.refuse('the request budget was spent for too long');
      else {
        staying.push(next);
        soonest = Math.min(soonest, wait, WAITS_AT_MOST_MS - (at - next.since));
      }
    }
    waiting = staying;
    if (waiting.length > 0 && !isStopped) timer = setTimeout(pump, Math.max(1, Math.ceil(soonest))).unref();
  }

  function resume(): void {
    pausedUntil = Number.NEGATIVE_INFINITY;
    pump();
  }

  function enqueue(next: Waiting): void {
    const rank = urgencies.indexOf(next.urgency);
    const after = waiting.findLastIndex(({ urgency }) => urgencies.indexOf(urgency) <= rank);
    waiting.splice(after + 1, 0, next);
    if (waiting.length > WAITING_LIMIT) waiting.pop()?.refuse(`more than ${WAITING_LIMIT} requests wait`);
  }

  return {
    spend(urgency, kind, call) {
      return new Promise((resolve, reject) => {
        if (isStopped) {
          reject(new NotSent('the connector has stopped'));
          return;
        }
        enqueue({
          urgency,
          cost: cost[kind],
          since: now(),
          run() {
            const isTry = now() < pausedUntil;
            call().then((answer) => {
              if (isTry) resume();
              resolve(answer);
            }, reject);
          },
          refuse: (reason) => reject(new NotSent(reason)),
        });
        pump();
      });
    },
    pause(untilMs) {
      pausedUntil = Math.max(pausedUntil, untilMs);
      pump();
    },
    note(spent) {
      refill(now());
      left = Math.min(left, perMinute - spent);
    },
    state: () => ({
      waiting: waiting.length,
      left: Math.max(0, Math.floor(left)),
      pausedUntil: pausedUntil > now() ? pausedUntil : null,
    }),
    stop() {
      isStopped = true;
      clearTimeout(timer);
      for (const each of waiting) each.refuse('the connector has stopped');
      waiting = [];
    },
  };
}
