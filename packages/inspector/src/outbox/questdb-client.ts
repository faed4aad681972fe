import http from 'node:http';
import https from 'node:https';
import type { QuestdbAddress } from './questdb-address.ts';
import { isQuestdbFailure, type QuestdbFailure, questdbFailure } from './questdb-failure.ts';

/** Of an answer, kept at most: past it the call fails instead of filling the memory. A page of records is far below. */
const ANSWER_BYTES = 64 * 1024 * 1024;
/** Of QuestDB's own words, repeated at most. */
const WORDS_CHARACTERS = 400;
/** Calls of one client at a time. More wait; their deadline runs meanwhile. */
const SOCKETS = 2;

export interface QuestdbCall {
  deadlineMs: number;
  /** Ends the call at once. */
  signal?: AbortSignal;
  /** Sends only over a connection that was used before, else fails with `new-connection`. */
  onlyKnownConnection?: boolean;
}

/** QuestDB's HTTP. Every call ends by its deadline; what is not as it should be is a QuestdbFailure. */
export interface QuestdbClient {
  /** Rows of a statement; none where it has no result. */
  rows(sql: string, call: QuestdbCall): Promise<unknown[][]>;
  /** Line protocol with microseconds. Resolves when QuestDB has it in its log (204). */
  write(body: Uint8Array, call: QuestdbCall): Promise<void>;
  /** Forgets the connections; those in use end with their call. */
  dropConnections(): void;
  close(): void;
}

export function createQuestdbClient(address: QuestdbAddress): QuestdbClient {
  const { request, Agent } = address.isSecure ? https : http;
  const newAgent = () => new Agent({ keepAlive: true, maxSockets: SOCKETS });
  let agent = newAgent();

  function send(path: string, body: Uint8Array | undefined, call: QuestdbCall): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const deadline = AbortSignal.timeout(call.deadlineMs);
      const { signal: ending } = call;
      const signal = ending === undefined ? deadline : AbortSignal.any([deadline, ending]);
      const failed = (error: unknown) => reject(failureOf(error, { address, deadline, ending, call }));
      const sent = request({
        agent,
        host: address.host,
        port: address.port,
        path: address.path + path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(address.authorization === undefined ? {} : { authorization: address.authorization }),
          ...(body === undefined ? {} : { 'content-type': 'text/plain', 'content-length': body.length }),
        },
        signal,
      });
      sent.once('error', failed);
      sent.once('socket', () => {
        if (call.onlyKnownConnection && !sent.reusedSocket)
          sent.destroy(questdbFailure('new-connection', 'the connection to QuestDB is a new one'));
      });
      sent.once('response', (response) => {
        readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), failed);
      });
      sent.end(body);
    });
  }

  return {
    async rows(sql, call) {
      const { status, text } = await send(`/exec?query=${encodeURIComponent(sql)}`, undefined, call);
      const answer = jsonOf(text);
      if (status !== 200 || answer === undefined) throw failureOfAnswer({ status, text }, { address, path: '/exec' });
      return Array.isArray(answer.dataset) ? (answer.dataset as unknown[][]) : [];
    },
    async write(body, call) {
      const answer = await send('/write?precision=u', body, call);
      if (answer.status !== 204) throw failureOfAnswer(answer, { address, path: '/write' });
    },
    dropConnections() {
      agent.destroy();
      agent = newAgent();
    },
    close: () => agent.destroy(),
  };
}

interface Answer {
  status: number;
  text: string;
}

async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) {
      response.destroy();
      throw questdbFailure(
        'unusable',
        `an answer of QuestDB is longer than ${ANSWER_BYTES} bytes: ask for fewer records`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Circumstances {
  address: QuestdbAddress;
  deadline: AbortSignal;
  ending: AbortSignal | undefined;
  call: QuestdbCall;
}

function failureOf(error: unknown, { address, deadline, ending, call }: Circumstances): QuestdbFailure {
  if (isQuestdbFailure(error)) return error;
  if (ending?.aborted) return questdbFailure('stopped', 'the outbox ends');
  if (deadline.aborted) {
    return questdbFailure('slow', `QuestDB at ${address.shown} did not answer within ${call.deadlineMs / 1000} s`);
  }
  // The code and not the text of the error: a text may hold what was sent.
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return questdbFailure(
    'unreachable',
    `QuestDB cannot be reached at ${address.shown} (${code}): start it, or correct QUESTDB_URL`,
  );
}

function failureOfAnswer({ status, text }: Answer, { address, path }: { address: QuestdbAddress; path: string }) {
  const words = wordsOf(text);
  switch (status) {
    case 400:
    case 413:
      return questdbFailure('refused', words);
    case 401:
      return questdbFailure(
        'unauthorized',
        `QuestDB at ${address.shown} refuses the credentials (401): QUESTDB_URL takes them as http://user:password@host:9000`,
      );
    case 403:
      return questdbFailure(
        'unauthorized',
        `QuestDB at ${address.shown} does not permit ${path} (403, ${words}): the user of QUESTDB_URL must be allowed to create tables, to write and to read`,
      );
    case 500:
      return questdbFailure('server-error', `QuestDB at ${address.shown} answered 500 at ${path}: ${words}`);
    case 408:
    case 429:
      return questdbFailure('busy', `QuestDB at ${address.shown} is busy (${status})`);
    default:
      return status > 500
        ? questdbFailure('busy', `QuestDB at ${address.shown} is not ready (${status})`)
        : questdbFailure(
            'not-questdb',
            `what answers at ${address.shown} is not QuestDB (${status} at ${path}): QUESTDB_URL names its host and HTTP port, by default 9000`,
          );
  }
}

function jsonOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** `error` of a statement, `message` of a write; of anything else the beginning. */
function wordsOf(text: string): string {
  const answer = jsonOf(text);
  const words = answer?.error ?? answer?.message;
  return (typeof words === 'string' ? words : text).slice(0, WORDS_CHARACTERS).trim();
}
