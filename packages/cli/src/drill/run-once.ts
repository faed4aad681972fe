import { type AuditRecord, accountKey, type Envelope, type Options } from '@inspector/contract';
import { PAPER_MAKER_FEE_PERCENT, PAPER_TAKER_FEE_PERCENT, SimulatedMarket } from '@inspector/provider/connectors';
import { createPaperVenue } from '#replay/paper-venue.ts';
import { createSession } from '#replay/session.ts';
import type { DrillScenario } from './scenarios.ts';

const place = { connectorType: 'paper', marketType: 'futures' };
const BALANCE_USD = 10_000;
/** Any moment does: a drill's time is its own. */
const BEGIN = Date.UTC(2024, 7, 8, 12);
const STEP_MS = 100;
/** Prices first, then the entries, then the kill, at a moment that differs from run to run. */
const ENTRIES_AT_MS = 3_000;
const KILL_AFTER_MS = 8_000;
const KILL_SPREAD_MS = 4_000;
/** Not flat this long after the trigger: the drill has failed. */
const GIVE_UP_MS = 120_000;
/** A bot that has not heard goes on asking. */
const ASK_AGAIN_MS = 500;

export interface DrillRun {
  /** From the trigger to the venue's proof, in ms; null when it did not come. */
  killToFlatMs: number | null;
  /** Open at the trigger. */
  positions: number;
  /** Working at the venue at the trigger. */
  orders: number;
  /** What was not as it must be; empty when the run is good. */
  faults: string[];
}

export interface DrillSettings {
  scenario: DrillScenario;
  options: Options;
  seed: number;
}

/** One kill on the real engine and the paper venue, on simulated time: the same seed gives the same run. */
export function runOnce({ scenario, options, seed }: DrillSettings): DrillRun {
  const terms = {
    balance: BALANCE_USD,
    makerFeePercent: PAPER_MAKER_FEE_PERCENT,
    takerFeePercent: PAPER_TAKER_FEE_PERCENT,
  };
  const venue = createPaperVenue({ ...terms, faults: scenario.faults });
  const records: AuditRecord[] = [];
  const session = createSession({
    options,
    venue,
    paperBalance: BALANCE_USD,
    latencyMs: scenario.latencyMs,
    onRecord: (record) => records.push(record),
  });
  const market = new SimulatedMarket({ ...place, seed, startAt: BEGIN });
  const killAt = BEGIN + ENTRIES_AT_MS + KILL_AFTER_MS + ((seed * 1_337) % KILL_SPREAD_MS);
  const symbols = market.symbols.map(({ spec }) => spec.name);
  const isFlat = () => records.some(({ kind, code }) => kind === 'KILL_SWITCH' && code === 'VERIFIED_FLAT');
  const showing = (now: number) =>
    shown(
      venue.execute(
        {
          kind: 'query',
          accountKey: accountKey(place.connectorType, place.marketType),
          queryId: 0,
          reason: 'kill-switch',
        },
        now,
      ),
    );

  let before = { positions: 0, orders: 0 };
  let asked = 0;
  session.take({ kind: 'account', now: BEGIN, account: { ...place, walletBalance: BALANCE_USD } });
  for (let now = BEGIN + STEP_MS; now <= killAt + GIVE_UP_MS && !isFlat(); now += STEP_MS) {
    for (const message of market.next(now)) session.take({ kind: 'event', now: message.timestamp, message });
    session.take({ kind: 'clock', now });
    if (now === BEGIN + ENTRIES_AT_MS)
      for (const message of entries(market, { seed, now })) session.take({ kind: 'event', now, message });
    if (now < killAt) continue;
    if (asked === 0) {
      before = countOf(showing(now));
      const payload = {
        command: 'kill-switch/trigger',
        scope: 'global',
        reason: 'drill',
        actor: 'drill',
        confirm: true,
      };
      session.take({ kind: 'command', now, payload });
    }
    if ((now - killAt) % ASK_AGAIN_MS < STEP_MS) {
      asked += 1;
      const name = symbols[asked % symbols.length]!;
      session.take({
        kind: 'event',
        now,
        message: openRequest({ requestId: `late-${asked}`, now, symbol: { name }, side: 'LONG' }),
      });
    }
  }
  const last = records.at(-1)?.ts ?? killAt;
  return judge(records, { before, after: countOf(showing(last)) });
}

interface Standing {
  positions: number;
  orders: number;
}

function judge(records: readonly AuditRecord[], { before, after }: { before: Standing; after: Standing }): DrillRun {
  const triggered = records.find(({ kind, code }) => kind === 'KILL_SWITCH' && code === 'TRIGGERED');
  const flat = records.find(({ kind, code }) => kind === 'KILL_SWITCH' && code === 'VERIFIED_FLAT');
  const faults: string[] = [];
  if (before.positions === 0) faults.push('no position was open at the trigger: the options let none in');
  if (!triggered) faults.push('the trigger was refused');
  else if (!flat) faults.push('not verified flat');
  if (flat && after.positions + after.orders > 0)
    faults.push(`the venue still shows ${after.positions} positions, ${after.orders} orders`);
  const lateEntries = records.filter(
    ({ kind, seq, data }) =>
      kind === 'ORDER_SENT' && triggered !== undefined && seq > triggered.seq && data.purpose === 'ENTRY',
  );
  if (lateEntries.length > 0) faults.push(`${lateEntries.length} entries were sent after the trigger`);
  return { killToFlatMs: triggered && flat ? flat.ts - triggered.ts : null, ...before, faults };
}

/** Market entries on every other symbol, and limit entries below the market that rest. */
function entries(market: SimulatedMarket, { seed, now }: { seed: number; now: number }): Envelope[] {
  return market.symbols.map(({ spec }, index) => {
    const side = (index + seed) % 3 === 0 ? 'SHORT' : 'LONG';
    const request = { requestId: `entry-${index}`, now, symbol: { name: spec.name }, side, sizePercent: 5 } as const;
    return openRequest(index % 2 === 0 ? request : { ...request, side: 'LONG', priceOffsetPercent: -2, market });
  });
}

interface Asking {
  requestId: string;
  now: number;
  symbol: { name: string };
  side: 'LONG' | 'SHORT';
  sizePercent?: number;
  priceOffsetPercent?: number;
  market?: SimulatedMarket;
}

function openRequest({ requestId, now, symbol, side, sizePercent = 5, priceOffsetPercent, market }: Asking): Envelope {
  const last = market?.candles({ symbol: symbol.name, interval: '1m' }).at(-1)?.close;
  const price =
    priceOffsetPercent === undefined || last === undefined ? {} : { price: last * (1 + priceOffsetPercent / 100) };
  const payload = { ...place, requestId, symbol, side, sizePercent, detectorSysname: 'drill', ...price };
  return {
    eventId: requestId,
    type: 'DETECTOR_POSITION_OPEN_REQUEST',
    source: 'DETECTOR',
    timestamp: now,
    payload,
  } as Envelope;
}

function countOf({ positions, orders }: { positions: readonly unknown[]; orders: readonly unknown[] }): Standing {
  return { positions: positions.length, orders: orders.length };
}

type VenueMessages = ReturnType<ReturnType<typeof createPaperVenue>['execute']>;

function shown(messages: VenueMessages): { positions: readonly unknown[]; orders: readonly unknown[] } {
  const [message] = messages;
  if (message?.kind !== 'answer' || message.input.kind !== 'venue-state')
    throw new Error('the venue did not answer a query');
  return { positions: message.input.positions ?? [], orders: message.input.orders ?? [] };
}
