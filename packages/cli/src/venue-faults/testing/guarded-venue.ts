/**
 * A whole Inspector before a venue of this process that can be made to fail. What is judged is what the venue itself saw:
 * how long a position stood without a stop, and which orders came twice.
 */
import type { TestContext } from 'node:test';
import type { AuditRecord, PositionRuntimeState } from '@inspector/contract';
import { type FakeVenue, type FakeVenueSettings, startFakeVenue } from '@inspector/fake-venue';
import type { Inspector } from '@inspector/inspector';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { type GuardedSystem, type SystemSettings, startSystem } from './guarded-system.ts';
import { type NakedWatch, watchNaked } from './naked-watch.ts';
import { until } from './until.ts';

/** The venues that the double speaks the dialect of. */
export const exchanges = ['binance', 'bybit'] as const;
export type Exchange = (typeof exchanges)[number];
const dialects = { binance: 'binance-usdm', bybit: 'bybit-linear' } as const;

export interface GuardedVenue extends GuardedSystem {
  venue: FakeVenue;
  naked: NakedWatch;
  /** What the owner, or a bot that knows nothing of Inspector, does at market. */
  owner(side: 'BUY' | 'SELL', quantity: number, symbol?: string): void;
  audit(): AuditRecord[];
  position(symbol?: string): PositionRuntimeState | undefined;
  call<T>(path: string, body?: unknown): Promise<T>;
  /** Waits for the venue's position to be covered, or gone. */
  protectedOrFlat(symbol?: string): Promise<void>;
}

export interface GuardedSettings extends Partial<SystemSettings> {
  exchange?: Exchange;
  venue?: FakeVenueSettings;
  /** Done with the venue before Inspector begins. */
  before?: (venue: FakeVenue) => void;
}

export async function startGuarded(t: TestContext, settings: GuardedSettings = {}): Promise<GuardedVenue> {
  const { venue: venueSettings = {}, before, exchange = 'binance', ...given } = settings;
  const venue = await openVenue(t, { dialect: dialects[exchange], ...venueSettings });
  before?.(venue);
  const naked = watchNaked(venue);
  t.after(() => naked.stop());
  const system = await startSystem({ venueUrl: venue.url, dataDir: temporaryDirectory(t), exchange, ...given });
  t.after(() => system.stop());
  const { inspector } = system;
  const guarded: GuardedVenue = {
    ...system,
    venue,
    naked,
    owner: (side, quantity, symbol = 'BTCUSDT') => void venue.owner.order({ symbol, side, type: 'MARKET', quantity }),
    audit: () => inspector.auditAfter(0, 100_000),
    position: (symbol = 'BTCUSDT') => inspector.picture().positions.find((each) => each.symbol === symbol),
    async call(path, body) {
      const response = await fetch(`${inspector.url}/api/inspector${path}`, {
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      });
      return (await response.json()) as never;
    },
    protectedOrFlat: (symbol = 'BTCUSDT') =>
      until(
        () => naked.nakedNow(symbol) === undefined,
        () => `${symbol} is covered by a stop or flat\n${tail(inspector)}`,
      ),
  };
  return guarded;
}

/** Resolves when entries are let through. */
export const ready = (guarded: GuardedVenue): Promise<void> =>
  until(
    () =>
      guarded.inspector.health().ready &&
      hasPrices(guarded.inspector.picture().prices) &&
      guarded.audit().some(({ kind, code }) => kind === 'RECONCILED' && code === 'OK'),
    () => `it is ready\n${guarded.logs.join('\n')}`,
  );

/** Both symbols that the tests trade have a price. */
export const hasPrices = (prices: Record<string, { symbol: string; price: number | null }>): boolean =>
  ['BTCUSDT', 'ETHUSDT'].every((name) =>
    Object.values(prices).some(({ symbol, price }) => symbol === name && price !== null),
  );

export async function openVenue(t: TestContext, settings: FakeVenueSettings = {}): Promise<FakeVenue> {
  const venue = await startFakeVenue(settings);
  t.after(() => venue.stop());
  venue.market.move('BTCUSDT', 60_000);
  venue.market.move('ETHUSDT', 2_500);
  return venue;
}

/** The end of the trail, for a test that failed. */
export const tail = (inspector: Inspector, count = 40): string =>
  linesOf(inspector.auditAfter(0, 100_000).slice(-count));

export const linesOf = (records: readonly AuditRecord[]): string =>
  records.map(({ seq, ts, kind, code, message }) => `${seq} ${ts} ${kind} ${code} ${message}`).join('\n');
