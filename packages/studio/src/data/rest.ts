import type { Problem } from '@inspector/contract';
import { type RestError, restError } from './rest-error.ts';

/** A server that is silent for longer is said to give no answer; the proxy gives up after 10 s itself. */
export const ANSWER_LIMIT_MS = 12_000;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Query;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  /** Statuses beside 2xx whose body is the answer: health is 503 with a body. */
  accept?: readonly number[];
}

export interface RestPorts {
  token(): string | null;
  /** Hears the outcome of every call, undefined for an answer, and when it was sent. */
  onOutcome?(error: RestError | undefined, askedAt: number): void;
  /** Sees every answer, and when it was asked for. */
  onAnswer?(answer: unknown, askedAt: number): void;
  fetch?: typeof fetch;
}

/** JSON calls with the session's token. Rejects with a `RestError`, or with the signal's reason when it was aborted. */
export type Rest = <Answer>(path: string, call?: Call) => Promise<Answer>;

export function createRest({ token, onOutcome, onAnswer, fetch: send = fetch }: RestPorts): Rest {
  return async <Answer>(path: string, call: Call = {}) => {
    const askedAt = Date.now();
    try {
      const answer = await perform<Answer>(path, call);
      onAnswer?.(answer, askedAt);
      onOutcome?.(undefined, askedAt);
      return answer;
    } catch (error) {
      if (call.signal?.aborted !== true) onOutcome?.(error as RestError, askedAt);
      throw error;
    }
  };

  async function perform<Answer>(path: string, call: Call): Promise<Answer> {
    const { method = 'GET', query, body, headers, signal, accept = [] } = call;
    const secret = token();
    const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
    let response: Response;
    try {
      response = await send(path + queryText(query), {
        method,
        headers: {
          ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      if (limit.aborted) throw restError('NO_ANSWER_IN_TIME', 'The server did not answer in time.');
      throw restError('UNREACHABLE', 'The server cannot be reached.');
    }
    const text = await response.text().catch(() => '');
    if (!response.ok && !accept.includes(response.status)) throw refusal(response, text);
    const answer = parsed(text);
    if (answer === undefined) {
      throw restError('ANSWER_UNREADABLE', 'The answer is not JSON.', { status: response.status });
    }
    return answer as Answer;
  }
}

function refusal(response: Response, text: string): RestError {
  const problem = (parsed(text) ?? {}) as Partial<Problem>;
  const retryAfter = Number(response.headers.get('retry-after'));
  return restError(problem.code ?? `STATUS_${response.status}`, problem.detail ?? `Status ${response.status}.`, {
    status: response.status,
    violations: problem.errors ?? [],
    requestId: problem.requestId ?? null,
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function queryText(query: Query | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
