/**
 * Placing and cancelling. A refusal is an answer; silence is an unknown outcome; what surely never reached the
 * venue is tried again for exits, within the time that the caller gives.
 */
import type { Order, RejectReason } from '@inspector/contract';
import type { Order as VenueOrder } from 'ccxt';
import { orderBody } from '#orders/order-body.ts';
import { ConnectorError, type OrderName } from '../connector.ts';
import type { Instruments } from './instruments.ts';
import type { OrderLedger } from './order-ledger.ts';
import { demandInstrument, type OrderLookup } from './order-lookup.ts';
import { isConditional, isPlaced, placingCall, wordsOf } from './order-words.ts';
import type { AccountMode, OrderWords, VenueProfile } from './profiles/profile.ts';
import { raise } from './raise.ts';
import type { Urgency } from './request-budget.ts';
import { type OrderQuestion, type VenueCalls, VenueTrouble } from './venue-calls.ts';
import { adviceFor, type Meaning, type Trouble } from './venue-trouble.ts';

/** An exit that surely was not taken is sent again within this time; the caller gives up at 10 s. */
const EXIT_RETRIES_FOR_MS = 6_000;
const RETRY_FROM_MS = 200;
/** An exit that is not answered by then is in doubt, though the call goes on: a second one does no harm, waiting does. */
const EXIT_ANSWERED_WITHIN_MS = 3_000;
/** Orders that may or may not have been taken; the oldest past it are answered as they were sent, and not sent again. */
const IN_DOUBT_LIMIT = 1_000;

export interface OrdersPorts {
  profile: VenueProfile;
  calls: VenueCalls;
  ledger: OrderLedger;
  lookup: OrderLookup;
  /** The account is connected: rejects with UNAVAILABLE when it cannot be. */
  ready: () => Promise<{ instruments: Instruments; mode: AccountMode }>;
  /** Why no entry may leave now. */
  entriesBarred: () => string | undefined;
  now: () => number;
}

export interface Orders {
  place(order: Order): Promise<Order>;
  cancel(which: OrderName): Promise<Order | null>;
  cancelAll(symbol?: string): Promise<Order[]>;
  order(which: OrderName): Promise<Order | null>;
  openOrders(symbol?: string): Promise<Order[]>;
}

export function createOrders(ports: OrdersPorts): Orders {
  const { profile, calls, ledger, lookup, ready, entriesBarred, now } = ports;
  const { look, openOrders, untilEnded, booksOf } = lookup;
  const inDoubt = new Set<string>();

  async function place(order: Order): Promise<Order> {
    const before = ledger.find(order);
    if (before !== undefined) return again(before, order);
    return send(order);
  }

  async function send(order: Order): Promise<Order> {
    const isExit = order.reduceOnly === true || order.closePosition === true;
    const barred = isExit ? undefined : entriesBarred();
    if (barred !== undefined) return refused(order, 'UNKNOWN', barred);
    if (!isPlaced(order)) return refused(order, 'UNKNOWN', `orders of type ${order.type} are not placed here`);
    const { instruments, mode } = await ready();
    const instrument = demandInstrument(instruments, order.symbol.name);
    const call = placingCall(order, { instrument, profile, mode });
    ledger.sent(order, now());
    inDoubt.delete(order.clientOrderId);
    const askedAt = now();
    let shown: VenueOrder;
    try {
      const send = () => calls.place(call, urgencyOf(order, isExit));
      shown = await untilTaken(isExit, () => (isExit ? soon(send()) : send()));
    } catch (error) {
      return afterTrouble(order, error);
    }
    return accepted(order, wordsOf(shown, { instrument, profile, askedAt }));
  }

  /** A stop that is to take the place of one that works can wait: meanwhile that one holds. */
  function urgencyOf(order: Order, isExit: boolean): Urgency {
    if (!isExit) return 'entry';
    const { type, symbol, side, quantity } = order;
    const hasOne = ledger
      .open()
      .some(
        (other) =>
          other.clientOrderId !== order.clientOrderId &&
          other.type === type &&
          other.symbol.name === symbol.name &&
          other.side === side &&
          other.externalId !== '' &&
          other.quantity >= quantity,
      );
    return isConditional(order) && hasOne ? 'tighten' : 'exit';
  }

  /** The same order again gives the same answer, or is sent again when it never came; another one under its id is refused. */
  async function again(before: Order, order: Order): Promise<Order> {
    if (before.source.type === 'provider' || orderBody(before) !== orderBody(order))
      throw new ConnectorError('DUPLICATE', `${order.clientOrderId} belongs to another order`);
    const { clientOrderId, symbol } = order;
    const shown = await look({ clientOrderId, symbol: symbol.name });
    if (shown !== null) return shown;
    const neverCame = before.externalId === '' && inDoubt.has(clientOrderId);
    return neverCame ? send(order) : before;
  }

  async function untilTaken<T>(isExit: boolean, call: () => Promise<T>): Promise<T> {
    const giveUpAt = now() + (isExit ? EXIT_RETRIES_FOR_MS : 0);
    for (let waitMs = RETRY_FROM_MS; ; waitMs *= 2) {
      try {
        return await call();
      } catch (error) {
        const isNotTaken = error instanceof VenueTrouble && notTaken.has(error.trouble.meaning);
        if (!isNotTaken || now() + waitMs > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
      }
    }
  }

  function afterTrouble(order: Order, error: unknown): Order {
    if (!(error instanceof VenueTrouble)) throw error;
    const { trouble } = error;
    if (trouble.meaning === 'outcome-unknown') {
      noteInDoubt(order);
      throw new ConnectorError('TIMEOUT', trouble.words);
    }
    if (trouble.meaning === 'duplicate') throw new ConnectorError('DUPLICATE', trouble.words);
    const advice = adviceFor(trouble, profile.exchange);
    const text = advice === undefined ? trouble.words : `${trouble.words}: ${advice}`;
    const answer = refused(order, reasonOf(trouble), text);
    ledger.told(answer);
    return answer;
  }

  function noteInDoubt({ clientOrderId }: Order): void {
    inDoubt.add(clientOrderId);
    const [oldest = ''] = inDoubt;
    if (inDoubt.size > IN_DOUBT_LIMIT) inDoubt.delete(oldest);
  }

  /** A market order is answered with how it filled: by the stream, which knows the fees, else by REST. */
  async function accepted(order: Order, words: OrderWords): Promise<Order> {
    const { externalId } = words;
    if (order.type !== 'MARKET') {
      const { time, updateTime } = words;
      return { ...order, externalId, time, updateTime, status: words.status === 'UNKNOWN' ? 'NEW' : words.status };
    }
    const told = await untilEnded(order);
    if (told !== undefined) return told;
    return (await look({ clientOrderId: order.clientOrderId, symbol: order.symbol.name })) ?? { ...order, externalId };
  }

  async function cancel(which: OrderName): Promise<Order | null> {
    const { instruments } = await ready();
    const known = ledger.find(which);
    const instrument = demandInstrument(instruments, which.symbol ?? known?.symbol.name ?? '');
    const clientOrderId = which.clientOrderId ?? known?.clientOrderId ?? which.id ?? '';
    const externalId = which.externalId ?? known?.externalId ?? '';
    for (const conditional of booksOf(known)) {
      const question: OrderQuestion = {
        symbol: instrument.unified,
        clientOrderId,
        externalId,
        isConditional: conditional,
      };
      const isKnown = await cancelIn(question);
      if (!isKnown) continue;
      const told = await untilEnded({ clientOrderId });
      if (told !== undefined) return told;
      return look({ ...which, clientOrderId, symbol: instrument.name });
    }
    // It may have ended before: how, the venue still knows for a while.
    return look({ ...which, clientOrderId, symbol: instrument.name });
  }

  /** False when the book has no such order. */
  async function cancelIn(question: OrderQuestion): Promise<boolean> {
    try {
      await untilTaken(true, () => calls.cancel(question));
      return true;
    } catch (error) {
      if (error instanceof VenueTrouble && error.trouble.meaning === 'no-such-order') return false;
      return raise(error);
    }
  }

  async function cancelAll(symbol?: string): Promise<Order[]> {
    const open = await openOrders(symbol);
    const { instruments } = await ready();
    if (profile.cancelsAll) {
      const symbols = new Set(open.map((order) => demandInstrument(instruments, order.symbol.name).unified));
      await Promise.all([...symbols].map((unified) => untilTaken(true, () => calls.cancelAll(unified)))).catch(raise);
      const ended = await Promise.all(open.map((order) => untilEnded(order)));
      return ended.flatMap((order) => order ?? []);
    }
    const canceled = await Promise.all(
      open.map(({ clientOrderId, symbol: { name } }) => cancel({ clientOrderId, symbol: name })),
    );
    return canceled.flatMap((order) => order ?? []);
  }

  return { place, cancel, cancelAll, order: look, openOrders };
}

async function soon<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const words = `no answer within ${EXIT_ANSWERED_WITHIN_MS} ms`;
    timer = setTimeout(() => reject(new VenueTrouble({ meaning: 'outcome-unknown', words })), EXIT_ANSWERED_WITHIN_MS);
  });
  asked.catch(() => {});
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

const notTaken: ReadonlySet<Meaning> = new Set(['not-taken', 'rate-limit', 'banned', 'clock']);

const reasons: Readonly<Partial<Record<Meaning, RejectReason>>> = {
  'would-trigger': 'WOULD_TRIGGER',
  margin: 'MARGIN',
  'min-size': 'MIN_SIZE',
  'reduce-only': 'REDUCE_ONLY',
  'rate-limit': 'RATE_LIMIT',
  banned: 'RATE_LIMIT',
};

const reasonOf = ({ meaning }: Trouble): RejectReason => reasons[meaning] ?? 'UNKNOWN';

const refused = (order: Order, reason: RejectReason, reasonText: string): Order => ({
  ...order,
  status: 'REJECTED',
  reason,
  reasonText,
});
