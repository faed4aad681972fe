/** Asking the venue about orders. What is news of them is told; the answer is the order as it then is. */
import { isFinalStatus, type Order } from '@inspector/contract';
import type { Order as VenueOrder } from 'ccxt';
import { ConnectorError, type OrderName } from '../connector.ts';
import type { Instrument, Instruments } from './instruments.ts';
import type { OrderLedger } from './order-ledger.ts';
import { isConditional, wordsOf } from './order-words.ts';
import type { AccountMode, OrderWords, VenueProfile } from './profiles/profile.ts';
import { raise } from './raise.ts';
import type { VenueCalls } from './venue-calls.ts';

/**
 * The list of all symbols costs forty times what that of one does. While the account is asked again and again it is asked
 * of the symbols that matter, and of all so often, and whenever the answer would be that nothing is open.
 */
const LISTED_WHOLE_EVERY_MS = 5_000;
const LISTED_SYMBOLS = 8;
/** The stream tells of an order about as fast as REST answers; past it REST is believed. */
const TOLD_WITHIN_MS = 750;

/** An order in doubt that the venue does not know so long after it was sent never came. */
const NEVER_CAME_MS = 60_000;

export interface OrderLookupPorts {
  profile: VenueProfile;
  calls: VenueCalls;
  ledger: OrderLedger;
  /** Delivers what is news of an order. */
  tell: (words: OrderWords) => Order | undefined;
  /** The next news of the order, or undefined when none comes in time. */
  nextNews: (clientOrderId: string, withinMs: number) => Promise<Order | undefined>;
  /** The account is connected: rejects with UNAVAILABLE when it cannot be. */
  ready: () => Promise<{ instruments: Instruments; mode: AccountMode }>;
  /** Fees of an order whose fills the stream did not tell. */
  settleFees: (order: Order) => Promise<void>;
  /** Symbols in which the account has something, as far as was told. */
  activeSymbols: () => string[];
  now: () => number;
}

export interface OrderLookup {
  /** The order as the venue has it; null when it has none such. */
  look(which: OrderName): Promise<Order | null>;
  openOrders(symbol?: string): Promise<Order[]>;
  /** How the order ended, or undefined when that is not told in time. */
  untilEnded(which: Pick<Order, 'clientOrderId'>): Promise<Order | undefined>;
  /** Books to ask for an order, likelier ones first: true is that of conditional orders. */
  booksOf(known: Order | undefined): boolean[];
}

export function createOrderLookup(ports: OrderLookupPorts): OrderLookup {
  const { profile, calls, ledger, tell, nextNews, ready, settleFees, activeSymbols, now } = ports;
  /** When the whole list was asked for last, whether it came or not. */
  let askedWholeAt = Number.NEGATIVE_INFINITY;
  let hasFailed = false;

  async function untilEnded({ clientOrderId }: Pick<Order, 'clientOrderId'>): Promise<Order | undefined> {
    const giveUpAt = now() + TOLD_WITHIN_MS;
    let known = ledger.find({ clientOrderId });
    while (known !== undefined && !isFinalStatus(known.status)) {
      const left = giveUpAt - now();
      if (left <= 0) return undefined;
      known = await nextNews(clientOrderId, left);
    }
    return known;
  }

  /** Asks the venue, tells what is new, and answers the order as it then is. */
  async function look(which: OrderName): Promise<Order | null> {
    const { instruments } = await ready();
    const known = ledger.find(which);
    const instrument = demandInstrument(instruments, which.symbol ?? known?.symbol.name ?? '');
    const clientOrderId = which.clientOrderId ?? known?.clientOrderId ?? which.id ?? '';
    const externalId = which.externalId ?? known?.externalId ?? '';
    const question = { symbol: instrument.unified, clientOrderId, externalId };
    for (const conditional of booksOf(known)) {
      const askedAt = now();
      const shown = await calls.order({ ...question, isConditional: conditional }).catch(raise);
      if (shown === undefined) continue;
      const words = await followed(wordsOf(shown, { instrument, profile, askedAt }), instrument);
      return toldBy(words);
    }
    ledger.missing(clientOrderId, now() - NEVER_CAME_MS);
    return null;
  }

  /** A triggered stop goes on as another order: how far that got is asked of it. */
  async function followed(words: OrderWords, instrument: Instrument): Promise<OrderWords> {
    if (words.becomes === undefined || words.becomes === '') return words;
    const question = { symbol: instrument.unified, clientOrderId: '', externalId: words.becomes };
    const shown = await calls.order({ ...question, isConditional: false }).catch(raise);
    if (shown === undefined) return words;
    const { status, quantityExecuted, priceExecuted, updateTime } = wordsOf(shown, {
      instrument,
      profile,
      askedAt: now(),
    });
    return { ...words, status, quantityExecuted, priceExecuted, updateTime };
  }

  const booksOf = (known: Order | undefined): boolean[] => {
    if (!profile.hasConditionalBook) return [known !== undefined && isConditional(known)];
    if (known === undefined || known.source.type === 'provider') return [false, true];
    return [isConditional(known)];
  };

  async function toldBy(words: OrderWords): Promise<Order> {
    const name = ledger.nameOf(words);
    const news = tell(words);
    const order = news ?? ledger.find({ clientOrderId: name })!;
    if (news !== undefined && order.quantityExecuted > 0 && order.fee === undefined) await settleFees(order);
    return ledger.find({ clientOrderId: name })!;
  }

  /**
   * A venue that failed is asked for one symbol first. An outage in which each question costs what it costs in good times
   * would leave nothing to spend when it ends.
   */
  async function listedOnceUp(symbol: string | undefined, instruments: Instruments): Promise<VenueOrder[]> {
    const [probed = profile.defaultSymbols[0]] = activeSymbols();
    const instrument = probed === undefined ? undefined : instruments.byName(probed);
    try {
      if (hasFailed && instrument !== undefined) await calls.openOrders('look-up', instrument.unified);
      const shown = await listed(symbol, instruments);
      hasFailed = false;
      return shown;
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  }

  /** The whole list where it is due, or where a part would say that nothing is left; else of the symbols that matter. */
  async function listed(symbol: string | undefined, instruments: Instruments): Promise<VenueOrder[]> {
    if (symbol !== undefined) return calls.openOrders('look-up', demandInstrument(instruments, symbol).unified);
    const names = activeSymbols();
    const isDue = now() - askedWholeAt >= LISTED_WHOLE_EVERY_MS || names.length > LISTED_SYMBOLS;
    if (!isDue) {
      const parts = names.map((name) => calls.openOrders('look-up', demandInstrument(instruments, name).unified));
      const shown = (await Promise.all(parts)).flat();
      if (shown.length > 0) return shown;
    }
    askedWholeAt = now();
    return calls.openOrders('look-up');
  }

  async function openOrders(symbol?: string): Promise<Order[]> {
    const { instruments } = await ready();
    const askedAt = now();
    const shown = await listedOnceUp(symbol, instruments).catch(raise);
    const orders: Order[] = [];
    for (const each of shown) {
      const instrument = instruments.byUnified(each.symbol);
      if (instrument === undefined) continue;
      orders.push(await toldBy(wordsOf(each, { instrument, profile, askedAt })));
    }
    // The stream may have told of an end after the venue made its list.
    return orders.filter(({ status }) => !isFinalStatus(status));
  }

  return { look, openOrders, untilEnded, booksOf };
}

export function demandInstrument(instruments: Instruments, name: string): Instrument {
  const instrument = instruments.byName(name);
  if (instrument === undefined) throw new ConnectorError('SYMBOL_UNKNOWN', `The venue has no symbol ${name}`);
  return instrument;
}
