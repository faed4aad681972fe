import type { EngineInput, QueryEffect, VenueStateInput } from '@inspector/engine';
import type { Clock } from '../runner/clock.ts';
import { type ProviderClient, placeOf, type VenueAnswer } from './provider-client.ts';
import { answeredWithin } from './sending.ts';

/** Three calls to the venue in a row, each of which it may answer slowly. */
const QUESTION_DEADLINE_MS = 8000;

interface Asking {
  client: ProviderClient;
  clock: Clock;
  submit: (input: EngineInput) => void;
}

type Question = Pick<QueryEffect, 'accountKey' | 'queryId' | 'symbol' | 'clientOrderId'>;

/** Questions to the venue, of the engine and of reconciliation. */
export interface VenueQuestions {
  ask(question: Question): void;
  idle(): Promise<void>;
}

/**
 * Asks one thing of an account at a time. Those who ask the same while a question waits share its answer, each under its
 * own id; nobody shares the answer to one that was already on its way, because that may be older than what moved them.
 */
export function createVenueQuestions({ client, clock, submit }: Asking): VenueQuestions {
  const waiting = new Map<string, Question[]>();
  const running = new Set<string>();
  const resolveIdle: (() => void)[] = [];

  function pump(accountKey: string): void {
    const questions = waiting.get(accountKey);
    if (running.has(accountKey)) return;
    if (!questions || questions.length === 0) {
      waiting.delete(accountKey);
      if (waiting.size === 0) for (const resolve of resolveIdle.splice(0)) resolve();
      return;
    }
    const first = questions[0]!;
    const same = questions.filter((each) => each.clientOrderId === first.clientOrderId);
    waiting.set(
      accountKey,
      questions.filter((each) => each.clientOrderId !== first.clientOrderId),
    );
    running.add(accountKey);
    void askVenue(clock, client, first).then((answer) => {
      for (const question of same) submit(venueState(question, answer));
      running.delete(accountKey);
      pump(accountKey);
    });
  }

  return {
    ask(question) {
      const questions = waiting.get(question.accountKey);
      if (questions) questions.push(question);
      else waiting.set(question.accountKey, [question]);
      pump(question.accountKey);
    },
    idle() {
      return waiting.size === 0 ? Promise.resolve() : new Promise((resolve) => resolveIdle.push(resolve));
    },
  };
}

/** Never rejects: what fails is an answer too. */
export async function askVenue(
  clock: Clock,
  client: ProviderClient,
  question: Omit<Question, 'queryId'>,
): Promise<VenueAnswer> {
  const { accountKey, symbol, clientOrderId } = question;
  const asked = {
    ...placeOf(accountKey),
    ...(symbol === undefined ? {} : { symbol }),
    ...(clientOrderId === undefined ? {} : { clientOrderId }),
  };
  try {
    const call = (signal: AbortSignal) => client.query(asked, signal);
    const answer = await answeredWithin(clock, { call, withinMs: QUESTION_DEADLINE_MS });
    return answer ?? { ok: false, reason: `no answer within ${QUESTION_DEADLINE_MS} ms` };
  } catch (error) {
    return { ok: false, reason: String(error) };
  }
}

/** The venue's answer as the engine is told it. */
export function venueState({ accountKey, queryId }: Question, answer: VenueAnswer): VenueStateInput {
  const about = { kind: 'venue-state', now: 0, accountKey, queryId } as const;
  if (!answer.ok) return { ...about, ok: false, reason: answer.reason, time: 0 };
  return { ...about, ...answer };
}
