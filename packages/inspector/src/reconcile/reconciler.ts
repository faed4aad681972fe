/**
 * Asks the venue for what it holds, of each account, at start, every 15 s and on demand, and tells the engine, which
 * compares and repairs. An answer that fails is told as such: unknown is not flat.
 */
import type { EngineInput } from '@inspector/engine';
import { keyOf, type ProviderClient, type VenueCapability } from '../effects/provider-client.ts';
import { answeredWithin } from '../effects/sending.ts';
import { askVenue, venueState } from '../effects/venue-questions.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';

const EVERY_MS = 15_000;
/** While an account has not been answered for, it is asked again so often: entries wait for it. */
const UNANSWERED_EVERY_MS = 1000;
const ACCOUNTS_DEADLINE_MS = 3000;

export interface ReconcilerConfig {
  client: ProviderClient;
  submit: (input: EngineInput) => void;
  /** Only these are asked for; null: all that the Provider has. */
  governed?: readonly string[] | null;
  clock: Clock;
  log: RunnerLog;
}

/** What one round asked and heard. */
export interface ReconcileRound {
  startedAt: number;
  durationMs: number;
  accounts: { accountKey: string; ok: boolean; reason?: string }[];
  /** Why the accounts themselves could not be listed; those known from before were asked. */
  reason?: string;
}

export interface Reconciler {
  start(): void;
  stop(): void;
  /** A round now. One that runs is answered with the round after it: what moved the caller may be newer than it. */
  runOnce(): Promise<ReconcileRound>;
  readonly last: ReconcileRound | undefined;
}

export function createReconciler({ client, submit, governed = null, clock, log }: ReconcilerConfig): Reconciler {
  const accounts = new Set<string>();
  const saidCapabilities = new Map<string, string>();
  /** A connector does not know yet what its venue can do: it is about to. */
  let awaitsCapabilities = false;
  let warnedOf: string | undefined;
  /** Own questions have negative ids; the engine's are positive. */
  let queryId = 0;
  let last: ReconcileRound | undefined;
  let running: Promise<ReconcileRound> | undefined;
  let following: Promise<ReconcileRound> | undefined;
  let cancelNext: (() => void) | undefined;
  let isStopped = false;

  async function listAccounts(): Promise<string | undefined> {
    try {
      const found = await answeredWithin(clock, {
        call: (signal) => client.accounts(signal),
        withinMs: ACCOUNTS_DEADLINE_MS,
      });
      if (!found) return `no answer within ${ACCOUNTS_DEADLINE_MS} ms`;
      awaitsCapabilities = found.some(({ capabilities }) => capabilities?.length === 0);
      for (const account of found) {
        const key = keyOf(account);
        if (governed !== null && !governed.includes(key)) continue;
        accounts.add(key);
        tellCapabilities(key, account.capabilities ?? []);
      }
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** At each start, and when they change: a connector finds them out when it has reached its venue. */
  function tellCapabilities(accountKey: string, capabilities: readonly VenueCapability[]): void {
    const said = JSON.stringify(capabilities);
    if (capabilities.length === 0 || saidCapabilities.get(accountKey) === said || isStopped) return;
    saidCapabilities.set(accountKey, said);
    submit({ kind: 'venue-capabilities', now: 0, accountKey, capabilities });
  }

  async function ask(accountKey: string): Promise<ReconcileRound['accounts'][number]> {
    const answer = await askVenue(clock, client, { accountKey });
    if (!isStopped) submit(venueState({ accountKey, queryId: --queryId }, answer));
    return answer.ok ? { accountKey, ok: true } : { accountKey, ok: false, reason: answer.reason };
  }

  /** A round a second while the venue does not answer: one line for each new reason is enough. */
  function warnOnce(what: string, isTrouble: boolean, fields: Record<string, unknown>): void {
    if (isTrouble && what !== warnedOf) log.warn(fields, 'the venue could not be asked for everything');
    warnedOf = isTrouble ? what : undefined;
  }

  async function round(): Promise<ReconcileRound> {
    cancelNext?.();
    const startedAt = clock.now();
    const began = clock.elapsedMs();
    const reason = await listAccounts();
    const answers = await Promise.all([...accounts].map(ask));
    const failed = answers.filter((answer) => !answer.ok);
    warnOnce(JSON.stringify([reason, failed]), reason !== undefined || failed.length > 0, { reason, failed });
    last = {
      startedAt,
      durationMs: clock.elapsedMs() - began,
      accounts: answers,
      ...(reason === undefined ? {} : { reason }),
    };
    running = undefined;
    const isAnswered = reason === undefined && failed.length === 0 && !awaitsCapabilities;
    if (!isStopped) cancelNext = clock.after(isAnswered ? EVERY_MS : UNANSWERED_EVERY_MS, () => void begin());
    return last;
  }

  function begin(): Promise<ReconcileRound> {
    running ??= round();
    return running;
  }

  return {
    start: () => void begin(),
    stop() {
      isStopped = true;
      cancelNext?.();
    },
    runOnce() {
      if (!running) return begin();
      following ??= running.then(() => {
        following = undefined;
        return begin();
      });
      return following;
    },
    get last() {
      return last;
    },
  };
}
