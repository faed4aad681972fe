/** Getting to a venue: its clock, its markets, the account's mode, what it can do. Tried again until it works. */
import { type Capability, ConnectorError } from '../connector.ts';
import { type Instruments, readInstruments } from './instruments.ts';
import { probe } from './probe.ts';
import type { AccountMode, VenueProfile } from './profiles/profile.ts';
import { raise } from './raise.ts';
import type { Venue } from './venue.ts';
import type { VenueCalls } from './venue-calls.ts';
import type { VenueClock } from './venue-clock.ts';

const RECONNECT_FROM_MS = 1_000;
const RECONNECT_TO_MS = 30_000;
/** Clocks drift, and symbol lists change. */
const CLOCK_EVERY_MS = 60_000;
const MARKETS_EVERY_MS = 3_600_000;

export interface Connected {
  instruments: Instruments;
  mode: AccountMode;
  capabilities: Capability[];
}

export interface ConnectionPorts {
  venue: Venue;
  profile: VenueProfile;
  calls: VenueCalls;
  clock: VenueClock;
  hasKey: boolean;
  /** Once. */
  onConnected: (connected: Connected) => void;
  /** The list of symbols was read anew. */
  onInstruments: (instruments: Instruments) => void;
  onFailure: (message: string) => void;
}

export interface Connection {
  /** One try at a time, for whoever needs it. Rejects with UNAVAILABLE, TIMEOUT or ACCOUNT_MODE when it fails. */
  ready(): Promise<Connected>;
  readonly now: Connected | undefined;
  /** Why the last try failed. */
  readonly failure: string | undefined;
  /** Tries again and again until it is connected. */
  keepTrying(): Promise<void>;
  stop(): void;
}

export function createConnection(ports: ConnectionPorts): Connection {
  const { venue, profile, calls, clock, hasKey, onConnected, onInstruments, onFailure } = ports;
  const timers: NodeJS.Timeout[] = [];
  let connected: Connected | undefined;
  let connecting: Promise<Connected> | undefined;
  let failure: string | undefined;
  let isStopped = false;

  async function connect(): Promise<Connected> {
    await clock.measure(() => calls.setting(() => venue.fetchTime() as Promise<number | undefined>));
    await calls.setting(() => venue.loadMarkets(true));
    const instruments = readInstruments(Object.values(venue.markets ?? {}), profile);
    const mode = hasKey && profile.accountMode ? await accountMode() : { isHedged: false };
    const found = { instruments, mode, capabilities: probe(venue, profile, mode) };
    const lacksStops = found.capabilities.some(({ name, can }) => name === 'stop-orders' && !can);
    if (lacksStops && hasKey) {
      const message = `${profile.exchange} takes no stop orders through ccxt: an account there cannot be protected`;
      throw new ConnectorError('ACCOUNT_MODE', message);
    }
    return found;
  }

  const accountMode = (): Promise<AccountMode> => calls.setting(() => profile.accountMode!(venue));

  function begin(found: Connected): Connected {
    connected = found;
    if (isStopped) return found;
    onConnected(found);
    every(CLOCK_EVERY_MS, () => clock.measure());
    every(MARKETS_EVERY_MS, async () => {
      await calls.market(() => venue.loadMarkets(true));
      const instruments = readInstruments(Object.values(venue.markets ?? {}), profile);
      connected = { ...found, instruments };
      onInstruments(instruments);
    });
    return found;
  }

  function every(ms: number, work: () => Promise<unknown>): void {
    // What fails here shows in the calls that matter.
    timers.push(setInterval(() => void work().catch(() => {}), ms).unref());
  }

  function noteFailure(error: unknown): never {
    const { message } = error as Error;
    if (message !== failure) onFailure(message);
    failure = message;
    raise(error);
  }

  function ready(): Promise<Connected> {
    if (connected !== undefined) return Promise.resolve(connected);
    connecting ??= connect()
      .then(begin)
      .catch(noteFailure)
      .finally(() => {
        connecting = undefined;
      });
    return connecting;
  }

  return {
    ready,
    get now() {
      return connected;
    },
    get failure() {
      return failure;
    },
    async keepTrying() {
      for (let waitMs = RECONNECT_FROM_MS; !isStopped && connected === undefined; ) {
        await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
        if (!isStopped) await ready().catch(() => {});
        waitMs = Math.min(2 * waitMs, RECONNECT_TO_MS);
      }
    },
    stop() {
      isStopped = true;
      for (const timer of timers) clearInterval(timer);
    },
  };
}
