import type { Aimed, ExchangeFaults, OrderFilter, PartialFilling } from '#exchange/order-faults.ts';

export type RejectReason = 'would-trigger' | 'margin' | 'unknown';

/** A filter for calls that place or cancel; `cancel` stands for both books. */
export type CallFilter = Omit<OrderFilter, 'kind'> & { kind?: OrderFilter['kind'] | 'cancel' };
export type AimedCall<T extends object = object> = false | true | (CallFilter & T);

export interface ServerErrors {
  /** Default 502. */
  status?: number;
  /** Default html, as a gateway answers. */
  body?: 'html' | 'json';
  /** Parts of `METHOD /path`; default all. */
  paths?: readonly string[];
  times?: number;
  /** The call is done all the same, and only its answer is lost. */
  afterAccept?: boolean;
}

export interface RateLimiting {
  /** 429 asks to wait; 418 is a ban, told by Bybit as 403. Default 429. */
  status?: 429 | 418;
  /** Default 1; a ban ends by itself after it. */
  retryAfterSeconds?: number;
  paths?: readonly string[];
  times?: number;
}

export type Refusing = false | 'bad-key' | 'no-permission' | 'read-only' | 'ip' | 'restricted' | 'maintenance';

/** Each is off at the start, may be set at any time, and holds until it is set back or its `times` are used up. */
export interface FakeFaults extends ExchangeFaults {
  /** The order is taken and never answered: the socket is held open, or cut. Without a kind: placings only. */
  timeoutAfterAccept: AimedCall<{ cut?: boolean }>;
  /** As above, and the order is not taken. */
  timeoutBeforeAccept: AimedCall<{ cut?: boolean }>;
  /** Stops are refused; targets too when the kind says so. */
  rejectStop: false | RejectReason | (OrderFilter & { reason: RejectReason });
  /** Taken, answered, and then nowhere: in no list, no event, never fires. Conditional orders, unless a kind is given. */
  neverWorking: Aimed;
  /** Shown as working, and ignores its trigger. */
  stopDoesNotFire: Aimed;
  partialFills: Aimed<PartialFilling>;
  /** The order is taken and the answer says that the id is taken. */
  duplicateClientId: Aimed;
  serverErrors: false | true | ServerErrors;
  rateLimit: false | true | RateLimiting;
  /**
   * What one address may ask in the venue's window before its calls are refused. At the start the venue's own limit:
   * 2400 of request weight a minute at Binance, 600 calls in 5 seconds at Bybit.
   */
  weightLimit: number;
  /** The venue's clock is off by this: server time, event times, and the check of timestamps. */
  clockOffsetMs: number;
  /**
   * Set to true, falls back to false. Binance: the event is sent, the stream ends, the key is dead until a new one is
   * made. Bybit has no keys: its private sockets are closed.
   */
  listenKeyExpired: boolean;
  /**
   * Set to true, falls back to false. The session dies without a word: its sockets stay open and get nothing, until
   * a new key is made (Binance) or the client signs in again (Bybit).
   */
  listenKeySilent: boolean;
  /**
   * Sockets are open and dead for good: nothing is sent, no ping is answered. `existing` strikes those that are open
   * now; true strikes new ones too, until it is set back.
   */
  halfOpenSockets: false | true | 'existing';
  /** Events of the user stream are sent twice. */
  duplicateUserEvents: boolean;
  /** Events of the user stream come this much later, in order. */
  userEventDelayMs: number;
  /** Events of the conditional order come after those of the order that it became. At Bybit that is one order. */
  conditionalEventsLate: boolean;
  /** The sequence numbers of book streams jump. */
  sequenceGap: false | true | { symbol?: string; times?: number };
  refuse: Refusing;
  /** This symbol is listed without filters. */
  symbolWithoutPrecision: false | string;
  /** Cuts all sockets, once. */
  cutSockets(): void;
  /** The next n events of the user stream are lost. */
  dropUserEvents(count: number): void;
  /** Everything off. */
  clear(): void;
}

type FaultValues = Omit<FakeFaults, 'cutSockets' | 'dropUserEvents' | 'clear'>;

const allOff = (requestLimit: number): FaultValues => ({
  timeoutAfterAccept: false,
  timeoutBeforeAccept: false,
  rejectStop: false,
  neverWorking: false,
  stopDoesNotFire: false,
  partialFills: false,
  duplicateClientId: false,
  serverErrors: false,
  rateLimit: false,
  weightLimit: requestLimit,
  clockOffsetMs: 0,
  listenKeyExpired: false,
  listenKeySilent: false,
  halfOpenSockets: false,
  duplicateUserEvents: false,
  userEventDelayMs: 0,
  conditionalEventsLate: false,
  sequenceGap: false,
  refuse: false,
  symbolWithoutPrecision: false,
});

/** What some faults do at the moment they are set. */
export interface FaultActions {
  cutSockets(): void;
  dropUserEvents(count: number): void;
  endUserSession(silently: boolean): void;
  deafenSockets(): void;
}

export function createFaults(requestLimit: number, actions: () => FaultActions): FakeFaults {
  let halfOpen: FaultValues['halfOpenSockets'] = false;
  const faults: FakeFaults = Object.assign(allOff(requestLimit), {
    cutSockets: () => actions().cutSockets(),
    dropUserEvents: (count: number) => actions().dropUserEvents(count),
    clear: () => {
      Object.assign(faults, allOff(requestLimit));
      actions().dropUserEvents(0);
    },
  });
  const onSet = (name: 'listenKeyExpired' | 'listenKeySilent'): void => {
    const set = (on: boolean): void => {
      if (on) actions().endUserSession(name === 'listenKeySilent');
    };
    Object.defineProperty(faults, name, { enumerable: true, get: () => false, set });
  };
  onSet('listenKeyExpired');
  onSet('listenKeySilent');
  Object.defineProperty(faults, 'halfOpenSockets', {
    enumerable: true,
    get: () => halfOpen,
    set: (value: FaultValues['halfOpenSockets']) => {
      halfOpen = value;
      if (value !== false) actions().deafenSockets();
    },
  });
  return faults;
}
