import type { Order, RejectReason } from '@inspector/contract';

/** What an order is for, as a venue can tell from its fields. */
export type PaperPurpose = 'ENTRY' | 'STOP' | 'TARGET' | 'CLOSE';

/** Which orders a fault strikes: all that match every field given, at most `times` of them (default: without end). */
export interface FaultTarget {
  purpose?: PaperPurpose;
  type?: Order['type'];
  symbol?: string;
  times?: number;
}

/**
 * How the paper venue can misbehave, for tests and drills. The first fault of a kind that matches an order strikes it.
 *
 * - `reject`: refused with the reason.
 * - `delay`: accepted, and works only `ms` later.
 * - `never-works`: the placing call is accepted, then nothing: no order event, not among open orders, unknown to a look-up.
 * - `never-fires`: works by all signs, but neither triggers nor fills.
 * - `partial`: the first fill takes only this fraction (0 to 1); the rest fills at the symbol's next market event.
 * - `timeout`: placed as usual, but the caller is told of a time-out.
 * - `lost-request`: a time-out, and the order never arrived.
 * - `refuse-cancel`: a cancel of such an order answers with the order unchanged.
 */
export type OrderFault = FaultTarget &
  (
    | { kind: 'reject'; reason: RejectReason; reasonText?: string }
    | { kind: 'delay'; ms: number }
    | { kind: 'never-works' }
    | { kind: 'never-fires' }
    | { kind: 'partial'; fraction: number }
    | { kind: 'timeout' }
    | { kind: 'lost-request' }
    | { kind: 'refuse-cancel' }
  );

/** `duplicate` sends an event twice, `drop` numbers it and sends it never. Counts down over matching event types. */
export interface EventFault {
  kind: 'duplicate' | 'drop';
  eventType?: 'PROVIDER_ORDER_CREATE' | 'PROVIDER_ORDER_CLOSE' | 'PROVIDER_ACCOUNT_EVENT';
  times?: number;
}

export interface PaperFaults {
  orders?: OrderFault[];
  events?: EventFault[];
}

/** Stops, targets and closes are told from entries by their type and by reduce-only. */
export function purposeOf(order: Order): PaperPurpose {
  if (order.reduceOnly !== true && order.closePosition !== true) return 'ENTRY';
  if (order.type === 'STOP_MARKET') return 'STOP';
  return order.type === 'TAKE_PROFIT_MARKET' ? 'TARGET' : 'CLOSE';
}

/** Finds the faults that strike and counts them down; faults are copied, so that a caller's object never changes. */
export class FaultSchedule {
  readonly #orders: (OrderFault & { left: number })[];
  readonly #events: (EventFault & { left: number })[];

  constructor(faults: PaperFaults = {}) {
    this.#orders = (faults.orders ?? []).map((fault) => ({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
    this.#events = (faults.events ?? []).map((fault) => ({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  }

  strike<K extends OrderFault['kind']>(kind: K, order: Order): Extract<OrderFault, { kind: K }> | undefined {
    const fault = this.#orders.find(
      (candidate) => candidate.kind === kind && candidate.left > 0 && aims(candidate, order),
    );
    if (!fault) return undefined;
    fault.left -= 1;
    return fault as unknown as Extract<OrderFault, { kind: K }>;
  }

  /** How many times an event of this type is sent: 0, 1 or 2. */
  copiesOf(eventType: string): number {
    const fault = this.#events.find(
      (candidate) => candidate.left > 0 && (candidate.eventType ?? eventType) === eventType,
    );
    if (!fault) return 1;
    fault.left -= 1;
    return fault.kind === 'drop' ? 0 : 2;
  }
}

const aims = (target: FaultTarget, order: Order): boolean =>
  (target.purpose ?? purposeOf(order)) === purposeOf(order) &&
  (target.type ?? order.type) === order.type &&
  (target.symbol ?? order.symbol.name) === order.symbol.name;
