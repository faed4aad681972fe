import type { RedisConnection, RedisReply } from '../redis/index.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import type { ReplicationKeys } from './keys.ts';

/** The instance that acts, as its standby and an operator see it. */
export interface LeaseHolder {
  /** Names the process: unlike that of any other start. */
  holder: string;
  epoch: number;
  /** Where it is reached. */
  url: string;
  /** When it began to act, in its own time. */
  since: number;
}

export interface LeaseConfig {
  connection: RedisConnection;
  keys: ReplicationKeys;
  holder: string;
  url: () => string;
  leaseMs: number;
  clock: Clock;
  log: RunnerLog;
}

/**
 * The right to act, for one instance of an Inspector at a time. It runs out unless it is renewed; whoever takes it then gets
 * a higher epoch, and the one before is fenced out: by the stream of commits, and by the Provider.
 */
export interface Lease {
  /** True while nobody else can have taken it, by this process's own clock. */
  isHeld(): boolean;
  /** When it runs out unless it is renewed, in this machine's time; undefined when it is not held. */
  heldUntil(): number | undefined;
  /** Takes it when it is free, with an epoch above `aboveEpoch` and every one that was granted. Else says who holds it. */
  acquire(aboveEpoch: number): Promise<{ epoch: number } | { heldBy: LeaseHolder }>;
  /** Who holds it now. */
  look(): Promise<LeaseHolder | undefined>;
  /** Renews it until `release`; `onLost` hears when another instance has a higher epoch. */
  keep(onLost: (reason: string) => void): void;
  /** Ends it at once, so that a standby need not wait. Never rejects. */
  release(): Promise<void>;
}

/** Renewals in a lease's time: three may be lost. */
const RENEWALS_PER_LEASE = 4;

const ACQUIRE = `
local held = redis.call('GET', KEYS[1])
if held then return {'HELD', held} end
local epoch = math.max(tonumber(redis.call('GET', KEYS[2]) or '0'), tonumber(ARGV[1])) + 1
local holder = cjson.decode(ARGV[2])
holder.epoch = epoch
redis.call('SET', KEYS[2], epoch)
redis.call('SET', KEYS[1], cjson.encode(holder), 'PX', ARGV[3])
return {'GRANTED', tostring(epoch)}`;

// What Redis forgot, because it was emptied or lost its end, is written again: nobody has a higher epoch. One with a lower
// epoch that took the lease meanwhile knows less than this instance, and is fenced out.
const RENEW = `
local highest = tonumber(redis.call('GET', KEYS[2]) or '0')
if highest > tonumber(ARGV[1]) then return {'FENCED', tostring(highest)} end
local held = redis.call('GET', KEYS[1])
if held and cjson.decode(held).epoch > tonumber(ARGV[1]) then return {'FENCED', tostring(cjson.decode(held).epoch)} end
redis.call('SET', KEYS[2], ARGV[1])
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return {'RENEWED'}`;

const RELEASE = `
local held = redis.call('GET', KEYS[1])
if held and cjson.decode(held).holder == ARGV[1] then redis.call('DEL', KEYS[1]) end
return {'RELEASED'}`;

export function createLease({ connection, keys, holder, url, leaseMs, clock, log }: LeaseConfig): Lease {
  let mine: LeaseHolder | undefined;
  let validUntil = Number.NEGATIVE_INFINITY;
  let cancelRenewal: (() => void) | undefined;
  let lost: ((reason: string) => void) | undefined;

  async function run(script: string, names: readonly string[], values: readonly string[]): Promise<readonly string[]> {
    // An answer that comes after the lease has run out is of no use.
    const reply = await connection.send(['EVAL', script, String(names.length), ...names, ...values], leaseMs);
    return words(reply);
  }

  async function renew(): Promise<void> {
    const present = mine;
    if (present === undefined) return;
    const asked = clock.elapsedMs();
    try {
      const values = [String(present.epoch), JSON.stringify({ ...present, url: url() }), String(leaseMs)];
      const [answer, epoch] = await run(RENEW, [keys.lease, keys.epoch], values);
      if (mine !== present) return;
      if (answer === 'FENCED') {
        mine = undefined;
        validUntil = Number.NEGATIVE_INFINITY;
        lost?.(`an instance with epoch ${epoch} has taken over from epoch ${present.epoch}`);
        return;
      }
      validUntil = asked + leaseMs;
    } catch (error) {
      log.warn({ error: connection.explain(error).message }, 'the lease could not be renewed');
    }
    if (mine === present) cancelRenewal = clock.after(leaseMs / RENEWALS_PER_LEASE, () => void renew());
  }

  return {
    isHeld: () => mine !== undefined && clock.elapsedMs() < validUntil,
    heldUntil: () => (mine === undefined ? undefined : Math.floor(clock.now() + validUntil - clock.elapsedMs())),
    async acquire(aboveEpoch) {
      const asked = clock.elapsedMs();
      const wanted: LeaseHolder = { holder, epoch: 0, url: url(), since: clock.now() };
      const values = [String(aboveEpoch), JSON.stringify(wanted), String(leaseMs)];
      const [answer, value] = await run(ACQUIRE, [keys.lease, keys.epoch], values);
      if (answer === 'HELD') return { heldBy: JSON.parse(value ?? '{}') as LeaseHolder };
      const epoch = Number(value);
      mine = { ...wanted, epoch };
      validUntil = asked + leaseMs;
      return { epoch };
    },
    async look() {
      const held = await connection.send(['GET', keys.lease], leaseMs);
      return held === null ? undefined : (JSON.parse(String(held)) as LeaseHolder);
    },
    keep(onLost) {
      lost = onLost;
      cancelRenewal?.();
      cancelRenewal = clock.after(leaseMs / RENEWALS_PER_LEASE, () => void renew());
    },
    async release() {
      cancelRenewal?.();
      if (mine === undefined) return;
      mine = undefined;
      validUntil = Number.NEGATIVE_INFINITY;
      await run(RELEASE, [keys.lease], [holder]).catch((error: unknown) => {
        log.warn({ error: connection.explain(error).message }, 'the lease could not be given back: it runs out');
      });
    },
  };
}

/** A reply of words. */
export function words(reply: RedisReply): readonly string[] {
  return Array.isArray(reply) ? reply.map(String) : [String(reply)];
}
