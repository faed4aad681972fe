import type { EngineInput, QueryEffect, VenueStateInput } from '@inspector/engine';
import type { Clock } from '../runner/clock.ts';
import { type NamedOrder, type ProviderClient, placeOf, type VenueAnswer } from './provider-client.ts';
import { answeredWithin } from './sending.ts';

/** Three calls to the venue in a row, each of which it may answer slowly. */
const QUESTION_DEADLINE_MS = 8000;
/** Orders that are looked up in one question; more go with the next. */
const LOOKED_UP_AT_ONCE = 10;

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
 * One question to an account at a time. Those who ask meanwhile share the next answer, each under its own id and with the
 * order that it named: after an outage many orders are in doubt, and the account would be read for each of them. Nobody
 * shares the answer to a question that was already on its way, because that may be older than what moved them.
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
    const lookUp = namedIn(questions);
    const isTaken = ({ clientOrderId }: Question) => clientOrderId === undefined || lookUp.has(clientOrderId);
    const taken = questions.filter(isTaken);
    waiting.set(
      accountKey,
      questions.filter((each) => !isTaken(each)),
    );
    running.add(accountKey);
    void askVenue(clock, client, { accountKey, lookUp: [...lookUp.values()] }).then((answer) => {
      for (const question of taken) submit(venueState(question, answer, [...lookUp.keys()]));
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

function namedIn(questions: readonly Question[]): Map<string, NamedOrder> {
  const named = new Map<string, NamedOrder>();
  for (const { clientOrderId, symbol } of questions) {
    if (clientOrderId === undefined || named.size >= LOOKED_UP_AT_ONCE) continue;
    named.set(clientOrderId, { clientOrderId, ...(symbol === undefined ? {} : { symbol }) });
  }
  return named;
}

/** Never rejects: what fails is an answer too. */
export async function askVenue(
  clock: Clock,
  client: ProviderClient,
  { accountKey, lookUp = [] }: { accountKey: string; lookUp?: readonly NamedOrder[] },
): Promise<VenueAnswer> {
  const asked = { ...placeOf(accountKey), ...(lookUp.length === 0 ? {} : { lookUp }) };
  try {
    const call = (signal: AbortSignal) => client.query(asked, signal);
    const answer = await answeredWithin(clock, { call, withinMs: QUESTION_DEADLINE_MS });
    return answer ?? { ok: false, reason: `no answer within ${QUESTION_DEADLINE_MS} ms` };
  } catch (error) {
    return { ok: false, reason: String(error) };
  }
}

/** The venue's answer as the engine is told it. `lookedUp` are client ids, in the order in which they were asked for. */
export function venueState(
  { accountKey, queryId, clientOrderId }: Question,
  answer: VenueAnswer,
  lookedUp: readonly string[] = [],
): VenueStateInput {
  const about = { kind: 'venue-state', now: 0, accountKey, queryId } as const;
  if (!answer.ok) return { ...about, ok: false, reason: answer.reason, time: 0 };
  const { found = [], ...shown } = answer;
  if (clientOrderId === undefined) return { ...about, ...shown };
  const named = found[lookedUp.indexOf(clientOrderId)] ?? { reason: 'the order was not looked up' };
  if ('reason' in named) return { ...about, ok: false, reason: named.reason, time: 0 };
  return { ...about, ...shown, order: named.order };
}
