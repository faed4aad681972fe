import { BinanceError } from './errors.ts';

export interface CallCost {
  weight: number;
  orders: number;
}

export interface Limits {
  /** Counts a call in and gives the headers of its answer. Throws when it is one too many. */
  spend(cost: CallCost): Record<string, string>;
}

const MINUTE_MS = 60_000;
const TEN_SECONDS_MS = 10_000;
export const ORDERS_PER_10S = 300;
export const ORDERS_PER_MINUTE = 1200;
/** So many refusals in one minute bring a ban. */
const REFUSALS_BEFORE_BAN = 20;
const BAN_MS = 120_000;

function createWindow(lengthMs: number): { count: number; startedAt: number; roll(now: number): void } {
  const window = {
    count: 0,
    startedAt: 0,
    roll: (now: number) => {
      const startedAt = Math.floor(now / lengthMs) * lengthMs;
      if (startedAt !== window.startedAt) Object.assign(window, { startedAt, count: 0 });
    },
  };
  return window;
}

export const tooMany = (limit: number, retryAfterSeconds: number): BinanceError =>
  new BinanceError(
    -1003,
    `Too many requests; current limit of IP(127.0.0.1) is ${limit} requests per minute. Please use the websocket for live updates to avoid polling the API.`,
    429,
    { 'retry-after': String(retryAfterSeconds) },
  );

export const banned = (untilMs: number, now: number): BinanceError =>
  new BinanceError(
    -1003,
    `Way too many requests; IP(127.0.0.1) banned until ${untilMs}. Please use the websocket for live updates to avoid bans.`,
    418,
    { 'retry-after': String(Math.max(1, Math.ceil((untilMs - now) / 1000))) },
  );

/** Request weight a minute of the address, orders of the account, as the venue counts and tells them. */
export function createLimits(now: () => number, weightLimit: () => number): Limits {
  const weight = createWindow(MINUTE_MS);
  const refusals = createWindow(MINUTE_MS);
  const orders10s = createWindow(TEN_SECONDS_MS);
  const ordersMinute = createWindow(MINUTE_MS);
  let bannedUntil = 0;
  return {
    spend: (cost) => {
      const at = now();
      for (const window of [weight, refusals, orders10s, ordersMinute]) window.roll(at);
      if (at < bannedUntil) throw banned(bannedUntil, at);
      if (weight.count + cost.weight > weightLimit()) {
        if (++refusals.count > REFUSALS_BEFORE_BAN) {
          bannedUntil = at + BAN_MS;
          throw banned(bannedUntil, at);
        }
        throw tooMany(weightLimit(), Math.ceil((weight.startedAt + MINUTE_MS - at) / 1000));
      }
      weight.count += cost.weight;
      if (cost.orders === 0) return { 'x-mbx-used-weight-1m': String(weight.count) };
      if (orders10s.count + cost.orders > ORDERS_PER_10S || ordersMinute.count + cost.orders > ORDERS_PER_MINUTE) {
        throw new BinanceError(
          -1015,
          `Too many new orders; current limit is ${ORDERS_PER_10S} orders per TEN_SECONDS.`,
          429,
        );
      }
      orders10s.count += cost.orders;
      ordersMinute.count += cost.orders;
      return {
        'x-mbx-used-weight-1m': String(weight.count),
        'x-mbx-order-count-10s': String(orders10s.count),
        'x-mbx-order-count-1m': String(ordersMinute.count),
      };
    },
  };
}
