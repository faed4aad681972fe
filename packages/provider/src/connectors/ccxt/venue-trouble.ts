/**
 * What a venue's refusal or silence means. ccxt tells errors apart by class, venues by code; the code is the more exact of
 * the two and is looked at first. Classes are told apart by name: importing them would load every exchange.
 */
export const meanings = [
  /** It may or may not have been taken: to be asked for. */
  'outcome-unknown',
  /** It surely was not taken: the same call may be made again. */
  'not-taken',
  'rate-limit',
  'banned',
  'clock',
  'duplicate',
  'would-trigger',
  'margin',
  'min-size',
  'reduce-only',
  'no-such-order',
  'no-change',
  'symbol',
  'key',
  'permission',
  'ip',
  /** The venue does not serve this place. */
  'restricted',
  'account-mode',
  'maintenance',
  'refused',
] as const;
export type Meaning = (typeof meanings)[number];

export interface Trouble {
  meaning: Meaning;
  /** The venue's own code, as text. */
  code?: string;
  /** The venue's words without addresses, signatures and keys, at most 300 characters. */
  words: string;
}

/** The venue's words are cut here: some answer with whole pages. */
const WORDS_LIMIT = 300;

export function troubleOf(
  error: unknown,
  codes: Readonly<Record<string, Meaning>>,
  phrases: readonly (readonly [RegExp, Meaning])[] = [],
): Trouble {
  const text = error instanceof Error ? error.message : String(error);
  const words = wordsOf(text);
  const code = codeOf(text);
  const said = phrases.find(([phrase]) => phrase.test(text))?.[1];
  const known = said ?? (code === undefined ? undefined : codes[code]);
  return { meaning: known ?? byClass(error, text), words, ...(code === undefined ? {} : { code }) };
}

/** Without query strings, which hold signatures, and without whole addresses. */
function wordsOf(text: string): string {
  const words = text
    .replace(/(https?|wss?):\/\/[^\s?]+(\?\S*)?/g, (address) => pathOf(address))
    .replace(/\b(signature|apiKey|api_key|secret|listenKey|passphrase)=[^&\s]+/gi, '$1=…')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > WORDS_LIMIT ? `${words.slice(0, WORDS_LIMIT)}…` : words;
}

/** The private stream's address ends in its key. */
const pathOf = (address: string): string => {
  try {
    const { pathname } = new URL(address);
    return /\/(ws|private|stream)\b/.test(pathname) ? 'the stream' : pathname;
  } catch {
    return 'the venue';
  }
};

/** Codes that only say that the real one stands further inside. */
const wrappers: ReadonlySet<string> = new Set(['0', '1', '2']);

/** The venue's own code: of the single order where there is one, else of the whole answer. */
function codeOf(text: string): string | undefined {
  const single = /"sCode"\s*:\s*"?(\d+)/.exec(text)?.[1];
  if (single !== undefined && !wrappers.has(single)) return single;
  const whole = /"(?:code|retCode|ret_code|error_code)"\s*:\s*"?(-?[\w.]+)/.exec(text)?.[1];
  return whole === undefined || wrappers.has(whole) ? undefined : whole;
}

const meaningsByClass: Readonly<Record<string, Meaning>> = {
  RequestTimeout: 'outcome-unknown',
  OnMaintenance: 'maintenance',
  InvalidNonce: 'clock',
  RateLimitExceeded: 'rate-limit',
  DDoSProtection: 'rate-limit',
  ExchangeNotAvailable: 'outcome-unknown',
  ExchangeClosedByUser: 'outcome-unknown',
  NetworkError: 'outcome-unknown',
  PermissionDenied: 'permission',
  AccountNotEnabled: 'permission',
  AccountSuspended: 'permission',
  RestrictedLocation: 'restricted',
  AuthenticationError: 'key',
  DuplicateOrderId: 'duplicate',
  InsufficientFunds: 'margin',
  OrderImmediatelyFillable: 'would-trigger',
  OrderNotFound: 'no-such-order',
  OrderNotCached: 'no-such-order',
  NoChange: 'no-change',
  MarginModeAlreadySet: 'no-change',
  BadSymbol: 'symbol',
  MarketClosed: 'refused',
  NullResponse: 'outcome-unknown',
  BadResponse: 'outcome-unknown',
};

function byClass(error: unknown, text: string): Meaning {
  if (/\b418\b/.test(text) && isA(error, 'DDoSProtection')) return 'banned';
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused/.test(text)) return 'not-taken';
  for (const name of classesOf(error)) {
    const meaning = meaningsByClass[name];
    if (meaning !== undefined) return (name === 'ExchangeNotAvailable' ? turnedAway(text) : undefined) ?? meaning;
  }
  // What ccxt raises for the venue's own answers derives from ExchangeError; anything else is no answer at all.
  return isA(error, 'ExchangeError') ? 'refused' : 'outcome-unknown';
}

/** Gateways turn away by status alone, before the venue proper: what they turn away was not taken. */
function turnedAway(text: string): Meaning | undefined {
  const status = /^\S+ [A-Z]+ \S+ (\d{3})\b/.exec(text)?.[1];
  if (status === '403') return 'ip';
  return status === '451' ? 'restricted' : undefined;
}

const isA = (error: unknown, name: string): boolean => classesOf(error).includes(name);

/** Names of the error's class and of those it derives from, the nearest first. */
function classesOf(error: unknown): string[] {
  const names: string[] = [];
  for (let each = Object.getPrototypeOf(error ?? {}); each !== null; each = Object.getPrototypeOf(each))
    names.push(String(each.constructor?.name));
  return names;
}

/** What the owner has to do about it; undefined where waiting or nothing is what helps. */
export function adviceFor({ meaning }: Pick<Trouble, 'meaning'>, exchange: string): string | undefined {
  const prefix = `CCXT_${exchange.toUpperCase()}`;
  switch (meaning) {
    case 'key':
      return `check ${prefix}_API_KEY and ${prefix}_SECRET, and that the key is of the live venue or of the testnet as ${prefix}_TESTNET says`;
    case 'permission':
      return 'check the key, the addresses that it may be used from, and its permissions: to read and to trade this market, none to withdraw (docs/venues.md)';
    case 'ip':
      return 'add the address of this machine to the addresses that the key may be used from';
    case 'restricted':
      return 'the venue does not serve this place: another place is needed, no setting helps';
    case 'clock':
      return 'the clock of this machine is being corrected for; set it by NTP if this stays';
    case 'maintenance':
      return 'the venue is under maintenance: entries wait, exits are tried again';
    case 'banned':
      return 'the venue has shut this address out for a while: other programs on it may send too much';
    case 'rate-limit':
      return 'the venue asks for fewer requests: other programs with this key or address may send too much';
    case 'account-mode':
      return 'the account is in a mode that cannot be handled: docs/venues.md says how to change it';
    default:
      return undefined;
  }
}
