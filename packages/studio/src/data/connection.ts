/** What was asked for longer ago is called stale, whenever its answer came. */
export const STALE_AFTER_MS = 5_000;

/** A missing event channel is not mentioned before: every reconnection takes a moment. */
export const CHANNEL_GRACE_MS = 3_000;

/** How the page stands to the server. Times are the browser's, in ms. */
export type Connection =
  /** No answer yet. */
  | { kind: 'connecting' }
  /** Answers and events come. */
  | { kind: 'live' }
  /** Back after an absence; missed records are being read. */
  | { kind: 'catching-up' }
  /** Answers come, events do not: figures are right and up to two seconds late. */
  | { kind: 'polling'; since: number }
  /** The Provider answers, the Inspector behind it does not. */
  | { kind: 'inspector-away'; since: number; code: string; detail: string }
  /** Answers come late, or neither an answer nor a refusal for a while. */
  | { kind: 'stale'; since: number }
  /** The server cannot be reached. */
  | { kind: 'lost'; since: number }
  /** The token is not accepted any more. */
  | { kind: 'token-refused' };

/** What is known; null: never. */
export interface ConnectionFacts {
  /** When the newest of the calls that were answered was sent: what is known is from then. */
  knownAt: number | null;
  /** The newest call that failed, unless one was answered since. */
  failure: { code: string; status: number; detail: string; since: number } | null;
  channelDownSince: number | null;
  catchingUp: boolean;
  tokenRefused: boolean;
}

export function connectionOf(facts: ConnectionFacts, now: number): Connection {
  const { knownAt, failure, channelDownSince, catchingUp, tokenRefused } = facts;
  if (tokenRefused) return { kind: 'token-refused' };
  if (failure !== null && failure.status === 0) return { kind: 'lost', since: knownAt ?? failure.since };
  if (failure !== null) {
    const { code, detail } = failure;
    return { kind: 'inspector-away', since: knownAt ?? failure.since, code, detail };
  }
  if (knownAt === null) return { kind: 'connecting' };
  if (now - knownAt > STALE_AFTER_MS) return { kind: 'stale', since: knownAt };
  if (catchingUp) return { kind: 'catching-up' };
  if (channelDownSince !== null && now - channelDownSince > CHANNEL_GRACE_MS) {
    return { kind: 'polling', since: channelDownSince };
  }
  return { kind: 'live' };
}

/** True when the figures on the page may no longer be the account's. */
export const isOutdated = ({ kind }: Connection): boolean =>
  kind === 'stale' || kind === 'lost' || kind === 'inspector-away' || kind === 'token-refused';

/** Codes that say that the Provider is there and its Inspector is not. */
const awayCodes = new Set([
  'TARGET_INACTIVE',
  'TARGET_UNKNOWN',
  'TARGET_TIMEOUT',
  'NOT_READY',
  'STANDBY',
  'STORE_UNAVAILABLE',
]);

/** What a failed call says about the connection; undefined for a refusal of that call alone. */
export function failureOf(error: { code: string; status: number; message: string }, now: number) {
  if (error.status !== 0 && !awayCodes.has(error.code)) return undefined;
  return { code: error.code, status: error.status, detail: error.message, since: now };
}
