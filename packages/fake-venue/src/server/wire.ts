import type { IncomingHttpHeaders } from 'node:http';

/** One call as it came in. `query` and `body` are raw, because signatures are made over them. */
export interface WireRequest {
  method: string;
  path: string;
  query: string;
  body: string;
  headers: IncomingHttpHeaders;
}

/** What goes back: an answer, or none at all. A body that is no string is sent as JSON. */
export type WireAnswer =
  | { kind: 'answer'; status: number; body: unknown; headers?: Record<string, string>; code?: number }
  | { kind: 'silence'; cut: boolean };

/** What the venue was asked, for tests; without keys and signatures. */
export interface FakeRequest {
  at: number;
  method: string;
  path: string;
  params: Record<string, string>;
  /** 0 where no answer was given. */
  status: number;
  /** The venue's own error code. */
  code?: number;
}

/** Older requests are forgotten. */
const MAX_REQUESTS = 20_000;
const NOT_RECORDED = new Set(['signature', 'timestamp', 'recvWindow']);

/** What the call says, of the query and of a form or a JSON object in the body. */
export function paramsOf({ query, body }: WireRequest): URLSearchParams {
  const params = new URLSearchParams(query);
  for (const [name, value] of body.startsWith('{') ? jsonParams(body) : new URLSearchParams(body)) {
    params.append(name, value);
  }
  return params;
}

function jsonParams(body: string): [string, string][] {
  try {
    const parsed = JSON.parse(body) as Record<string, unknown>;
    return Object.entries(parsed).map(([name, value]) => [name, String(value)]);
  } catch {
    return [];
  }
}

export function createRequestLog(): { all(): FakeRequest[]; add(request: WireRequest, answer: WireAnswer): void } {
  const requests: FakeRequest[] = [];
  return {
    all: () => [...requests],
    add: (request, answer) => {
      const { method, path } = request;
      const params = Object.fromEntries([...paramsOf(request)].filter(([name]) => !NOT_RECORDED.has(name)));
      const status = answer.kind === 'answer' ? answer.status : 0;
      const code = answer.kind === 'answer' ? answer.code : undefined;
      requests.push({ at: Date.now(), method, path, params, status, ...(code === undefined ? {} : { code }) });
      if (requests.length > MAX_REQUESTS) requests.splice(0, requests.length - MAX_REQUESTS);
    },
  };
}
