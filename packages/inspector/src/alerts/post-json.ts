/** How an address is asked. The caller ends it with `signal`. */
export interface Post {
  body: string;
  headers?: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** Of the answer, read at most; the rest is let go. */
  maxBytes: number;
  /** For a `Retry-After` that is a date. */
  now: () => number;
}

export interface PostAnswer {
  status: number;
  text: string;
  /** The answer was longer than `maxBytes`. */
  isCut: boolean;
  retryAfterMs?: number;
}

/** It was not answered. The message names no address: those of webhooks are secrets. */
interface PostFailure extends Error {
  code: 'POST_FAILED';
}

/** Posts JSON and follows no redirect. Rejects with a PostFailure only. */
export async function postJson(url: string, { body, headers, signal, maxBytes, now }: Post): Promise<PostAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'inspector', ...headers },
      body,
      signal,
      redirect: 'manual',
    });
    const read = await readText(response, maxBytes);
    const retryAfterMs = retryAfterOf(response.headers.get('retry-after'), now());
    return { status: response.status, ...read, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  } catch (error) {
    throw postFailure(wordsOf(error, signal));
  }
}

const postFailure = (message: string): PostFailure =>
  Object.assign(new Error(message), { name: 'PostFailure', code: 'POST_FAILED' as const });

async function readText(response: Response, maxBytes: number): Promise<{ text: string; isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) return { text: Buffer.concat(chunks).toString('utf8'), isCut: false };
    bytes += chunk.value.byteLength;
    chunks.push(chunk.value);
    if (bytes <= maxBytes) continue;
    await reader?.cancel();
    return { text: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'), isCut: true };
  }
}

/** Longest wait that is believed; an hour later the answer may be another. */
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/** `Retry-After` as seconds, fractions too, or as a date; undefined when it is neither. */
function retryAfterOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return boundedRetryMs(seconds);
}

/** Of a wait in seconds that the other side asks for; undefined when it is none. */
export function boundedRetryMs(seconds: number): number | undefined {
  if (!Number.isFinite(seconds)) return undefined;
  return Math.min(Math.max(0, Math.ceil(seconds * 1000)), LONGEST_RETRY_AFTER_MS);
}

/** Codes only: the text of such an error may hold the address. */
function wordsOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'no answer in time';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return code === undefined ? 'it cannot be reached' : `it cannot be reached (${code.slice(0, 60)})`;
}
