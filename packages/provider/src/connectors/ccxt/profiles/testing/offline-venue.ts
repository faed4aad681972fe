/** ccxt as it is, but for its `fetch`: nothing leaves the process, and every request is kept. */
import type { Order } from '@inspector/contract';
import type { Order as VenueOrder } from 'ccxt';
import { type Instrument, readInstruments } from '../../instruments.ts';
import { placingCall, wordsOf } from '../../order-words.ts';
import { createRequestBudget } from '../../request-budget.ts';
import { loadVenue, type Venue } from '../../venue.ts';
import { createVenueCalls, type VenueCalls } from '../../venue-calls.ts';
import { createVenueClock } from '../../venue-clock.ts';
import { profileOf } from '../index.ts';
import type { AccountMode, OrderWords, VenueProfile } from '../profile.ts';
import { cannedMarkets } from './canned-markets.ts';

/** A request without what signs it. */
export interface Sent {
  /** Method and path. */
  to: string;
  fields: Record<string, unknown>;
}

/** By path; a function of the request where the answer depends on it. */
export type Answers = Record<string, unknown>;

export interface OfflineVenue {
  profile: VenueProfile;
  venue: Venue;
  calls: VenueCalls;
  instrument: Instrument;
  /** Requests since it was asked for last. */
  sent(): Sent[];
  answers: Answers;
  /** Places an order; what was sent. */
  place(order: Order, mode?: AccountMode): Promise<Sent[]>;
  wordsOf(shown: VenueOrder): OrderWords;
}

const NOW = 1_700_000_000_000;
const signing: ReadonlySet<string> = new Set(['timestamp', 'recvWindow', 'signature']);

/** An answer that stands for a status other than 200. */
export class HttpAnswer {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    this.status = status;
    this.body = body;
  }
}

export async function offlineVenue(
  exchange: string,
  marketType: string,
  { symbol, answers = {} }: { symbol: string; answers?: Answers },
): Promise<OfflineVenue> {
  const profile = profileOf(exchange, marketType);
  const credentials = { apiKey: 'key', secret: 'secret', password: 'word', testnet: false, url: null };
  const venue = await loadVenue(profile, credentials);
  const known: Answers = { ...cannedMarkets, ...answers };
  let kept: Sent[] = [];

  venue.fetch = async (url, method = 'GET', headers = {}, body = undefined) => {
    const { pathname, searchParams } = new URL(url);
    const sent = { to: `${method} ${pathname}`, fields: { ...fieldsOf(searchParams), ...bodyOf(body) } };
    kept.push(sent);
    const given = known[pathname];
    if (given === undefined) throw new Error(`nothing is canned for ${sent.to}`);
    const answer = typeof given === 'function' ? given(sent.fields) : given;
    const [status, shown] = answer instanceof HttpAnswer ? [answer.status, answer.body] : [200, answer];
    const text = JSON.stringify(shown);
    venue.handleErrors(status, '', url, method, {}, text, shown, headers, body);
    if (status >= 400) venue.handleHttpStatusCode(status, '', url, method, text);
    return shown;
  };
  const now = () => NOW;
  const clock = createVenueClock(venue, now);
  const budget = createRequestBudget(profile.budget, now);
  const calls = createVenueCalls({ venue, profile, budget, clock, now, onTrouble: () => {} });
  await venue.loadMarkets();
  kept = [];
  const instrument = readInstruments(Object.values(venue.markets ?? {}), profile).byName(symbol)!;

  return {
    profile,
    venue,
    calls,
    instrument,
    answers: known,
    sent() {
      const sent = kept;
      kept = [];
      return sent;
    },
    async place(order, mode = { isHedged: false }) {
      kept = [];
      await calls.place(placingCall(order, { instrument, profile, mode }), 'exit');
      return kept;
    },
    wordsOf: (shown) => wordsOf(shown, { instrument, profile, askedAt: NOW }),
  };
}

function fieldsOf(parameters: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries([...parameters].filter(([name]) => !signing.has(name)));
}

function bodyOf(body: unknown): Record<string, unknown> {
  if (typeof body !== 'string' || body === '') return {};
  if (body.startsWith('[')) return { list: JSON.parse(body) };
  return body.startsWith('{') ? JSON.parse(body) : fieldsOf(new URLSearchParams(body));
}
