import { randomBytes } from 'node:crypto';
import type { ErrorCode, NewOrder, Order } from '@inspector/contract';
import { type Connector, ConnectorError, type OrderName } from '#connectors/connector.ts';
import { type AccountName, type ConnectorDirectory, nameOf } from '#venues/connector-directory.ts';
import { orderBody } from './order-body.ts';
import type { OrderMemory } from './order-memory.ts';
import { progressed } from './order-progress.ts';
import { IDEMPOTENT_MS, type StoredOrder } from './order-store.ts';

/** A venue that has not answered by then leaves the outcome unknown. */
export const VENUE_DEADLINE_MS = 10_000;

/**
 * What became of a placing call.
 * - `accepted`: the venue has the order. It is working only when an order event or the open orders say so.
 * - `rejected`: the venue, or the rule that it stands for, refused it; `order.reason` and `order.reasonText` say why.
 * - `unknown`: it may or may not be there; `order.status` is UNKNOWN. Asking again with the same order looks it up first.
 * - `refused`: it was not sent.
 */
export type PlaceOutcome =
  | { outcome: 'accepted' | 'rejected' | 'unknown'; order: Order }
  | { outcome: 'refused'; code: RefusalCode; message: string };

export type RefusalCode = Extract<ErrorCode, 'CONNECTOR_UNKNOWN' | 'CLIENT_ORDER_ID_REUSED' | 'FENCED'>;

/** `accepted` carries the order as it then is: it may have filled before the cancel came. */
export type CancelOutcome =
  | { outcome: 'accepted'; order: Order }
  | { outcome: 'not-found' }
  | { outcome: 'unknown'; message: string };

/**
 * Orders on their way to the venues: idempotent, fenced, and never silent about an unknown outcome. REST and an Inspector
 * in the same process use the same one. Only bugs reject.
 */
export interface OrderGateway {
  place(order: Order | NewOrder): Promise<PlaceOutcome>;
  cancel(account: AccountName, which: OrderName): Promise<CancelOutcome>;
  /** The order as it was last heard of, by any of its ids. */
  known(id: string): Order | undefined;
  recent(account: AccountName, limit: number): Order[];
  /** Notes the epoch of an Inspector: lower ones are refused from now on. The answer is the highest seen, when that is another. */
  fence(key: string, epoch: number): number | undefined;
  /** Keeps the stored order up to date with what the venue tells. */
  observe(order: Partial<Order>): void;
  /** Calls since the start by what became of them. */
  counts(): OrderCounts;
}

export interface OrderCounts {
  placed: Record<PlaceOutcome['outcome'], number>;
  refused: Record<RefusalCode, number>;
  cancelled: Record<CancelOutcome['outcome'], number>;
}

/** What is asked of a venue about orders. */
export type VenueCall = 'place' | 'cancel' | 'look-up';

export interface OrderGatewayPorts {
  connectors: ConnectorDirectory;
  store: OrderMemory;
  now?: () => number;
  venueDeadlineMs?: number;
  /** Hears how long the venue of a connector took for a call, its time-out included. Must not throw. */
  onVenueCall?: (seconds: number, call: VenueCall, connector: string) => void;
}

export function createOrderGateway(ports: OrderGatewayPorts): OrderGateway {
  const { connectors, store, now = Date.now, venueDeadlineMs = VENUE_DEADLINE_MS, onVenueCall } = ports;
  /** Orders that a venue has not answered yet: the same one again waits for the same answer. */
  const inFlight = new Map<string, { body: string; answer: Promise<PlaceOutcome> }>();
  const counts: OrderCounts = {
    placed: { accepted: 0, rejected: 0, unknown: 0, refused: 0 },
    refused: { CONNECTOR_UNKNOWN: 0, CLIENT_ORDER_ID_REUSED: 0, FENCED: 0 },
    cancelled: { accepted: 0, 'not-found': 0, unknown: 0 },
  };

  async function asked<T>(connector: Connector, call: VenueCall, answer: Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await answeredWithin(answer, venueDeadlineMs);
    } finally {
      onVenueCall?.((performance.now() - began) / 1000, call, nameOf(connector));
    }
  }

  async function place(sent: Order | NewOrder): Promise<PlaceOutcome> {
    const outcome = await placeIdempotent(sent);
    counts.placed[outcome.outcome] += 1;
    if (outcome.outcome === 'refused') counts.refused[outcome.code] += 1;
    return outcome;
  }

  async function placeIdempotent(sent: Order | NewOrder): Promise<PlaceOutcome> {
    const connector = connectors.find(sent);
    if (connector === undefined) return refused('CONNECTOR_UNKNOWN', `there is no connector ${nameOf(sent)}`);
    const fence = fencedBy(store, sent);
    if (fence !== undefined) return fence;
    const order = completed(sent, now());
    const body = orderBody(order);
    const flying = inFlight.get(order.clientOrderId);
    if (flying !== undefined) return flying.body === body ? flying.answer : reused(order);
    const answer = placeOnce(connector, order, body);
    inFlight.set(order.clientOrderId, { body, answer });
    try {
      return await answer;
    } finally {
      inFlight.delete(order.clientOrderId);
    }
  }

  async function placeOnce(connector: Connector, order: Order, body: string): Promise<PlaceOutcome> {
    const first = store.byClientOrderId(order.clientOrderId);
    const held = first !== undefined && now() - first.firstAt < IDEMPOTENT_MS;
    if (held && first.body !== body) return reused(order);
    if (held && first.order.status !== 'UNKNOWN') return outcomeOf(first.order);
    const sent = { order: { ...order, status: 'UNKNOWN' as const }, body, firstAt: held ? first.firstAt : now() };
    if (held) {
      const looked = await lookUp(connector, first.order);
      if (looked !== null) return settled(looked, sent);
    }
    // Before the venue is asked: an order that is on its way must not be forgotten.
    store.put(sent);
    return settled(await send(connector, order), sent);
  }

  async function send(connector: Connector, order: Order): Promise<Order> {
    try {
      return { ...(await asked(connector, 'place', connector.place(order))), ...identityOf(order) };
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      switch (error.code) {
        case 'DUPLICATE':
          return (await lookUp(connector, order)) ?? rejected(order, 'DUPLICATE', error.message);
        case 'SYMBOL_UNKNOWN':
          return rejected(order, 'UNKNOWN', error.message);
        default:
          return { ...order, status: 'UNKNOWN', reasonText: error.message };
      }
    }
  }

  /** The order as the venue has it, null when it has none such, UNKNOWN when it does not say. */
  async function lookUp(connector: Connector, order: Order): Promise<Order | null> {
    try {
      const { clientOrderId, symbol } = order;
      const found = await asked(connector, 'look-up', connector.order({ clientOrderId, symbol: symbol.name }));
      return found === null ? null : { ...found, ...identityOf(order) };
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      return { ...order, status: 'UNKNOWN', reasonText: error.message };
    }
  }

  /** Events may have told more of the order than the answer to its placing, and sooner. */
  function settled(answered: Order, sent: StoredOrder): PlaceOutcome {
    const known = store.byClientOrderId(answered.clientOrderId)?.order ?? sent.order;
    const order = progressed(known, answered) ?? known;
    store.put({ ...sent, order });
    return outcomeOf(order);
  }

  async function cancel(account: AccountName, which: OrderName): Promise<CancelOutcome> {
    const outcome = await cancelAtVenue(account, which);
    counts.cancelled[outcome.outcome] += 1;
    return outcome;
  }

  async function cancelAtVenue(account: AccountName, which: OrderName): Promise<CancelOutcome> {
    const connector = connectors.find(account);
    if (connector === undefined) return { outcome: 'unknown', message: `there is no connector ${nameOf(account)}` };
    try {
      const order = await asked(connector, 'cancel', connector.cancel(completeName(which)));
      if (order === null) return { outcome: 'not-found' };
      store.update(order);
      return { outcome: 'accepted', order };
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      return { outcome: 'unknown', message: error.message };
    }
  }

  /** Venues ask for more than one id; what is known of the order completes what the caller gave. */
  function completeName(which: OrderName): OrderName {
    const known = store.byAnyId(which.clientOrderId ?? which.id ?? which.externalId ?? '')?.order;
    if (known === undefined) return which;
    const { clientOrderId, externalId, symbol } = known;
    return { clientOrderId, symbol: symbol.name, ...(externalId === '' ? {} : { externalId }), ...which };
  }

  return {
    place,
    cancel,
    known: (id) => store.byAnyId(id)?.order,
    recent: (account, limit) => store.recent(account, limit),
    fence(key, epoch) {
      const highest = store.highestEpoch(key);
      if (epoch > highest) store.raiseEpoch(key, epoch);
      return epoch < highest ? highest : undefined;
    },
    observe: (order) => store.update(order),
    counts: () => ({
      placed: { ...counts.placed },
      refused: { ...counts.refused },
      cancelled: { ...counts.cancelled },
    }),
  };
}

/** Refuses an instance that another one of the same Inspector has replaced; notes a newer one. */
function fencedBy(store: OrderMemory, { source, epoch }: Order | NewOrder): PlaceOutcome | undefined {
  if (source?.type !== 'inspector' || epoch === undefined) return undefined;
  const highest = store.highestEpoch(source.key);
  if (epoch < highest) return refused('FENCED', `epoch ${epoch} of ${source.key} has been replaced by ${highest}`);
  if (epoch > highest) store.raiseEpoch(source.key, epoch);
  return undefined;
}

/** The order as it goes to the venue. An id that the sender left out is made here, of letters and digits. */
function completed(sent: Order | NewOrder, now: number): Order {
  const clientOrderId = sent.clientOrderId || `p${randomBytes(12).toString('hex')}`;
  return {
    source: { type: 'provider', key: 'rest' },
    ...sent,
    clientOrderId,
    id: sent.id || clientOrderId,
    externalId: '',
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'NEW',
    time: now,
    updateTime: now,
  };
}

const identityOf = ({ clientOrderId, id, source, epoch }: Order) => ({
  clientOrderId,
  id,
  source,
  ...(epoch === undefined ? {} : { epoch }),
});

const rejected = (order: Order, reason: string, reasonText: string): Order => ({
  ...order,
  status: 'REJECTED',
  reason,
  reasonText,
});

function outcomeOf(order: Order): PlaceOutcome {
  switch (order.status) {
    case 'REJECTED':
      return { outcome: 'rejected', order };
    case 'UNKNOWN':
      return { outcome: 'unknown', order };
    default:
      return { outcome: 'accepted', order };
  }
}

const refused = (code: RefusalCode, message: string): PlaceOutcome => ({ outcome: 'refused', code, message });

const reused = ({ clientOrderId }: Order): PlaceOutcome =>
  refused('CLIENT_ORDER_ID_REUSED', `${clientOrderId} stands for an order with another body`);

async function answeredWithin<T>(asked: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConnectorError('TIMEOUT', `the venue did not answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
