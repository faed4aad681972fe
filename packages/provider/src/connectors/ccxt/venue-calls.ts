/**
 * The calls of REST, each metered, with the venue's trouble told apart. Nothing here decides what a trouble means for an
 * order; that is `orders.ts`.
 */
import type { Position, Trade, Order as VenueOrder } from 'ccxt';
import { ConnectorError } from '../connector.ts';
import type { PlacingCall } from './order-words.ts';
import { takesTrigger } from './probe.ts';
import type { AccountReading, BalanceWords, CallKind, Transfer, VenueProfile } from './profiles/profile.ts';
import { NotSent, type RequestBudget, type Urgency } from './request-budget.ts';
import type { Venue } from './venue.ts';
import type { VenueClock } from './venue-clock.ts';
import { type Trouble, troubleOf } from './venue-trouble.ts';

/** A call that the venue refused or did not answer. `words` of the trouble hold no secret. */
export class VenueTrouble extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(trouble.words);
    this.name = 'VenueTrouble';
    this.trouble = trouble;
  }
}

export interface OrderQuestion {
  /** ccxt's name of the symbol. */
  symbol: string;
  clientOrderId: string;
  externalId: string;
  isConditional: boolean;
}

export interface VenueCallsPorts {
  venue: Venue;
  profile: VenueProfile;
  budget: RequestBudget;
  clock: VenueClock;
  now: () => number;
  /** Hears of each trouble, and with undefined that a call went well; and what kind of call it was. */
  onTrouble: (trouble: Trouble | undefined, kind: CallKind) => void;
}

export interface VenueCalls {
  place(call: PlacingCall, urgency: Urgency): Promise<VenueOrder>;
  cancel(question: OrderQuestion): Promise<VenueOrder>;
  cancelAll(symbol: string): Promise<void>;
  /** Undefined when the venue has no such order. */
  order(question: OrderQuestion): Promise<VenueOrder | undefined>;
  /** Both books; of all symbols without one. */
  openOrders(urgency: Urgency, symbol?: string): Promise<VenueOrder[]>;
  positions(urgency: Urgency): Promise<Position[]>;
  /** Balances and positions at once, where the profile reads them together. */
  account(urgency: Urgency): Promise<AccountReading>;
  balances(urgency: Urgency): Promise<BalanceWords>;
  trades(symbol: string, since: number, externalId?: string): Promise<Trade[]>;
  /** Where the profile reads them. */
  transfers(since: number): Promise<Transfer[]>;
  setting<T>(call: () => Promise<T>): Promise<T>;
  market<T>(call: () => Promise<T>): Promise<T>;
}

/** A pause that the venue asks for without saying how long. */
const PAUSE_MS = 2_000;
/** No pause is believed to be longer: then the venue is asked again. */
const PAUSE_AT_MOST_MS = 600_000;

export function createVenueCalls(ports: VenueCallsPorts): VenueCalls {
  const { venue, profile, budget, clock, now, onTrouble } = ports;

  async function asked<T>(urgency: Urgency, kind: CallKind, call: () => Promise<T>): Promise<T> {
    try {
      const answer = await budget.spend(urgency, kind, call);
      noteSpent();
      onTrouble(undefined, kind);
      return answer;
    } catch (error) {
      // What the profile itself refuses is no trouble with the venue.
      if (error instanceof ConnectorError) throw error;
      if (error instanceof NotSent) throw new VenueTrouble({ meaning: 'not-taken', words: error.message });
      const trouble = troubleOf(error, profile.codes, profile.phrases);
      if (trouble.meaning === 'rate-limit' || trouble.meaning === 'banned') budget.pause(now() + pauseOf(venue));
      onTrouble(trouble, kind);
      throw new VenueTrouble(trouble);
    }
  }

  function noteSpent(): void {
    const spent = Number(headerOf(venue, 'x-mbx-used-weight-1m'));
    if (spent > 0) budget.note(spent);
  }

  /** A clock that the venue does not accept is measured, and the call made once more: it surely was not taken. */
  async function signed<T>(urgency: Urgency, kind: CallKind, call: () => Promise<T>): Promise<T> {
    try {
      return await asked(urgency, kind, call);
    } catch (error) {
      if (!(error instanceof VenueTrouble) || error.trouble.meaning !== 'clock') throw error;
      await clock.measure(() => asked('look-up', 'setting', () => venue.fetchTime() as Promise<number | undefined>));
      return asked(urgency, kind, call);
    }
  }

  const calls: VenueCalls = {
    async place(call, urgency) {
      const { symbol, type, side, amount, price, parameters } = call;
      if (!takesTrigger(venue, profile, call)) {
        const words = `${profile.exchange} takes no such conditional order through ccxt: it would be a market order`;
        throw new VenueTrouble({ meaning: 'refused', words });
      }
      return signed(urgency, 'place', () => venue.createOrder(symbol, type, side, amount, price, parameters));
    },
    cancel: (question) =>
      signed('exit', 'cancel', () =>
        profile.cancelOrder === undefined
          ? venue.cancelOrder(
              '',
              question.symbol,
              profile.nameParameters(question.clientOrderId, question.isConditional),
            )
          : profile.cancelOrder(venue, question),
      ) as Promise<VenueOrder>,
    async cancelAll(symbol) {
      const books = profile.hasConditionalBook ? [{}, { trigger: true }] : [{}];
      await Promise.all(books.map((book) => signed('exit', 'cancel', () => venue.cancelAllOrders(symbol, book))));
    },
    async order(question) {
      try {
        return await signed('look-up', 'order', () => fetchOrder(venue, profile, question));
      } catch (error) {
        if (error instanceof VenueTrouble && error.trouble.meaning === 'no-such-order') return undefined;
        throw error;
      }
    },
    async openOrders(urgency, symbol) {
      if (profile.fetchOpenOrders !== undefined) {
        const fetch = profile.fetchOpenOrders;
        return signed(urgency, 'open-orders', () => fetch(venue, symbol));
      }
      const books = profile.hasConditionalBook ? [{}, { trigger: true }] : [{}];
      // Of one symbol they cost a small part of what they cost of all.
      const kind = symbol === undefined ? 'open-orders' : 'order';
      const shown = await Promise.all(
        books.map((book) => signed(urgency, kind, () => venue.fetchOpenOrders(symbol, undefined, undefined, book))),
      );
      return shown.flat();
    },
    positions: (urgency) =>
      signed(urgency, 'account', () =>
        profile.fetchPositions === undefined
          ? venue.fetchPositions(undefined, profile.positionParameters)
          : profile.fetchPositions(venue),
      ),
    account: (urgency) => signed(urgency, 'account', () => profile.readAccount!(venue)),
    async balances(urgency) {
      return profile.balances(await signed(urgency, 'account', () => venue.fetchBalance(profile.balanceParameters)));
    },
    trades: (symbol, since, externalId) =>
      signed('look-up', 'trades', () =>
        externalId === undefined || profile.fetchTrades === undefined
          ? venue.fetchMyTrades(symbol, since, undefined, externalId === undefined ? {} : profile.tradesOf(externalId))
          : profile.fetchTrades(venue, { symbol, since, externalId }),
      ),
    // It costs much and may come late: it is never to take what a proof of being flat needs.
    transfers: (since) => signed('market', 'transfers', () => profile.fetchTransfers!(venue, since)),
    setting: (call) => signed('entry', 'setting', call),
    market: (call) => asked('market', 'market', call),
  };
  return calls;
}

/** By client id, or by the venue's own where that is all there is. */
function fetchOrder(venue: Venue, profile: VenueProfile, question: OrderQuestion): Promise<VenueOrder> {
  const { symbol, clientOrderId, externalId, isConditional } = question;
  if (profile.fetchOrder !== undefined) return profile.fetchOrder(venue, question);
  if (clientOrderId === '') return venue.fetchOrder(externalId, symbol);
  return venue.fetchOrder('', symbol, profile.nameParameters(clientOrderId, isConditional));
}

function pauseOf(venue: Venue): number {
  const seconds = Number(headerOf(venue, 'retry-after'));
  return seconds > 0 ? Math.min(seconds * 1000, PAUSE_AT_MOST_MS) : PAUSE_MS;
}

function headerOf(venue: Venue, name: string): string | undefined {
  const headers = (venue.last_response_headers ?? {}) as Record<string, string>;
  for (const [key, value] of Object.entries(headers)) if (key.toLowerCase() === name) return value;
  return undefined;
}
