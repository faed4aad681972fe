/**
 * A bench to try the engine on: one account `paper:futures` with 50,000 USD, five symbols, every limit off, and either a
 * small venue that fills (`venue: 'fills'`) or none, where the test says what the venue answers. Times are ms from the
 * bench's start (2024-08-08 12:00 UTC). Each call feeds one event, carries out what the engine wants, and keeps what came.
 */
import type { AuditKind, AuditRecord, Decision, KpiSnapshot, Order } from '@inspector/contract';
import { UTC, type ZoneTable } from '#calendar/zone-table.ts';
import type { AccountInput, EngineInput, OrderInput, RequestInput, SymbolSpec, VenuePosition } from '#input.ts';
import type { Alert, Effect, PublishedEvent, Reply } from '#output.ts';
import { createEngine, type Engine, type EngineConfig } from '#state/engine.ts';
import { symbolCount, symbolIdOf } from '#state/keys.ts';
import { restoreEngine, snapshotEngine } from '#state/snapshot.ts';
import { nextTimer } from '#state/timers.ts';
import { step } from '#step.ts';
import { kpiOf } from '#views/kpi.ts';
import { optionsWith } from './limits-off.ts';
import { createSmallVenue, type Levels, type SmallVenue } from './small-venue.ts';

export const START = 1_723_118_400_000;
export const ACCOUNT_KEY = 'paper:futures';
const place = { connectorType: 'paper', marketType: 'futures' } as const;

const base = { quoteAsset: 'USDT', status: 'TRADING', tickSize: 0.01, stepSize: 0.001, minQuantity: 0.001 };
const spec = (asset: string, more: Partial<SymbolSpec> = {}): SymbolSpec => {
  return { ...base, name: `${asset}USDT`, baseAsset: asset, minNotional: 5, maxLeverage: 125, ...more };
};
/** BTC, ETH, SOL and AVAX against USDT trade; HALTUSDT does not. */
export const usualSymbols: readonly SymbolSpec[] = [
  ...['BTC', 'ETH', 'SOL', 'AVAX'].map((asset) => spec(asset)),
  spec('HALT', { status: 'BREAK' }),
];

export interface BenchSettings {
  /** Laid over `limitsOff`. */
  options?: object;
  wallet?: number;
  /** Held when the account is first seen: legacy. */
  positions?: VenuePosition[];
  venue?: 'fills' | 'none';
  feePercent?: number;
  symbols?: readonly SymbolSpec[];
  zone?: ZoneTable;
  start?: number;
  /** Without an account the test tells the engine of one itself. */
  account?: boolean;
}

/** What a test says of a request; the rest is usual: ETHUSDT, LONG, from `det`, a new id each time. */
export interface BenchRequest extends Record<string, unknown> {
  requestId?: string;
  symbol?: string | { name: string };
}

export interface DecisionRecord extends AuditRecord {
  data: Decision & { exit?: boolean; check?: boolean } & Record<string, unknown>;
}

/** Any record with data that a test may look into. */
export type Seen = AuditRecord & { data: Record<string, unknown> };

export interface Bench {
  /** What the engine was made of, to make another. */
  readonly config: EngineConfig;
  engine: Engine;
  readonly venue: SmallVenue;
  readonly now: number;
  readonly records: Seen[];
  readonly events: PublishedEvent[];
  readonly alerts: Alert[];
  readonly replies: Reply[];
  /** Effects in the order in which they came; without a venue nobody answers them. */
  readonly effects: Effect[];
  /** Every input in order, as it was fed: for feeding it again to another engine. */
  readonly inputs: EngineInput[];
  feed(input: EngineInput): void;
  /** Lets time pass, firing timers at their due times, and feeds a CLOCK line at its end. */
  wait(ms: number): Bench;
  /** Moves to so many ms after the start, without an input: only timers fire. */
  at(offsetMs: number): Bench;
  /** Mid with a spread of 0.02 and 1000 units on each side, or levels. */
  book(symbol: string, mid: number | { bids: Levels; asks: Levels; time?: number }): Bench;
  mark(symbol: string, price: number, time?: number): Bench;
  /** A book around the price and a mark at it. */
  price(symbol: string, price: number): Bench;
  trade(symbol: string, price: number, more?: { market?: boolean; time?: number; quantity?: number }): Bench;
  candle(symbol: string, close: number, time?: number): Bench;
  open(request?: BenchRequest): DecisionRecord;
  exit(type: 'close' | 'reduce' | 'flip', request?: BenchRequest): DecisionRecord;
  check(request?: BenchRequest): DecisionRecord;
  request(type: RequestInput['type'], request: BenchRequest, source?: RequestInput['source']): DecisionRecord[];
  /** An operator's call; a refusal is recorded as DEAD_LETTER, as in a replay. */
  command(command: string, fields?: Record<string, unknown>, actor?: string): Bench;
  /** A deep partial over the options in force. */
  options(patch: object, zone?: ZoneTable): Bench;
  /** An order event; `ref` names an own order as `<requestId>:<stop|target|close|entry>`. */
  order(order: Partial<Order> & { ref?: string }, seq?: number): Bench;
  account(eventType: AccountInput['eventType'], options: AccountInput['options'], more?: Partial<AccountInput>): Bench;
  balance(walletBalance: number): Bench;
  transfer(amount: number): Bench;
  /** A snapshot: it reconciles. */
  snapshot(options: AccountInput['options']): Bench;
  symbols(symbols: readonly SymbolSpec[]): Bench;
  /** Records of a kind, of a code too when it is given. */
  of(kind: AuditKind, code?: string): Seen[];
  last(kind: AuditKind, code?: string): Seen | undefined;
  /** `KIND CODE` of every record from the `from`-th on. */
  story(from?: number): string[];
  kpi(accountKey?: string): KpiSnapshot;
  /** The engine is stored as JSON and restored, as after a stop. */
  restart(): Bench;
}

export function openBench(settings: BenchSettings = {}): Bench {
  const { wallet = 50_000, positions = [], symbols = usualSymbols, start = START } = settings;
  const venue = createSmallVenue(wallet, settings.feePercent ?? 0);
  for (const position of positions) venue.hold(position);
  const fills = settings.venue !== 'none';
  let now = start;
  let ids = 0;
  const pending: Effect[] = [];

  const config = { options: optionsWith(settings.options), zone: settings.zone ?? UTC };
  const bench: Bench = {
    config,
    engine: createEngine(config),
    venue,
    get now() {
      return now;
    },
    records: [],
    events: [],
    alerts: [],
    replies: [],
    effects: [],
    inputs: [],
    feed(input) {
      stepOver(input);
      carryOut();
    },
    wait(ms) {
      advance(now + ms);
      bench.feed({ kind: 'clock', now, line: true });
      return bench;
    },
    at(offsetMs) {
      advance(start + offsetMs);
      return bench;
    },
    book(symbol, wanted) {
      const { bids, asks, time = now } = typeof wanted === 'number' ? around(wanted) : wanted;
      const levels = { bids: Float64Array.from(bids.flat()), asks: Float64Array.from(asks.flat()) };
      const counts = { bidCount: bids.length, askCount: asks.length };
      bench.feed({ kind: 'book', now, symbol: idOf(symbol), ...levels, ...counts, time, seq: Number.NaN });
      feedAll(fills ? venue.book(symbol, bids, asks, now) : []);
      return bench;
    },
    mark(symbol, price, time = now) {
      bench.feed({ kind: 'price', now, symbol: idOf(symbol), price, time, mark: true, seq: Number.NaN });
      feedAll(fills ? venue.mark(symbol, price, now) : []);
      return bench;
    },
    price: (symbol, price) => bench.book(symbol, price).mark(symbol, price),
    trade(symbol, price, { market = true, time = now, quantity = 1 } = {}) {
      bench.feed({ kind: 'trade', now, symbol: idOf(symbol), price, quantity, time, market, seq: Number.NaN });
      return bench;
    },
    candle(symbol, close, time = now) {
      bench.feed({ kind: 'candle', now, symbol: idOf(symbol), close, time, seq: Number.NaN });
      return bench;
    },
    open: (request = {}) => first(bench.request('open', request)),
    exit: (type, request = {}) => first(bench.request(type, request)),
    check(request = {}) {
      const from = bench.records.length;
      bench.feed({ kind: 'check', now, request: usualRequest(request), actor: 'tester' });
      return first(decisionsFrom(from));
    },
    request(type, request, source = 'DETECTOR') {
      const from = bench.records.length;
      bench.feed({ kind: 'request', now, eventId: `event-${++ids}`, type, source, request: usualRequest(request) });
      return decisionsFrom(from);
    },
    command(command, fields = {}, actor = 'operator') {
      bench.feed({ kind: 'command', now, command, actor, fields: { reason: 'a test', ...fields } });
      return bench;
    },
    options(patch, zone = bench.engine.zone) {
      bench.feed({ kind: 'options', now, options: optionsWith(patch, bench.engine.options), zone, actor: 'operator' });
      return bench;
    },
    order(order, seq) {
      const input: OrderInput = {
        kind: 'order',
        now,
        eventId: `event-${++ids}`,
        order: { ...place, ...order },
        closed: false,
      };
      bench.feed(seq === undefined ? input : { ...input, seq });
      return bench;
    },
    account(eventType, options, more = {}) {
      // What an event says of the account is the venue's own truth, as in a replay.
      if (options.walletBalance !== undefined) venue.wallet = options.walletBalance;
      else if (eventType === 'transfer') venue.wallet += options.amount ?? 0;
      bench.feed({
        kind: 'account',
        now,
        eventId: `event-${++ids}`,
        ...place,
        eventType,
        eventTime: now,
        options,
        ...more,
      });
      return bench;
    },
    balance: (walletBalance) => bench.account('balance', { walletBalance }),
    transfer: (amount) => bench.account('transfer', { amount }),
    snapshot: (options) => bench.account('snapshot', options),
    symbols(list) {
      bench.feed({ kind: 'symbols', now, ...place, symbols: [...list] });
      return bench;
    },
    of: (kind, code) =>
      bench.records.filter((record) => record.kind === kind && (code === undefined || record.code === code)),
    last: (kind, code) => bench.of(kind, code).at(-1),
    story: (from = 0) => bench.records.slice(from).map(({ kind, code }) => `${kind} ${code}`),
    kpi(accountKey = ACCOUNT_KEY) {
      const account = bench.engine.accountsByKey.get(accountKey);
      if (account === undefined) throw new Error(`${accountKey} is not known`);
      return kpiOf(bench.engine, account);
    },
    restart() {
      bench.engine = restoreEngine(JSON.parse(JSON.stringify(snapshotEngine(bench.engine))));
      return bench;
    },
  };

  /** Keeps a copy of what came: the engine reuses its arrays. */
  function stepOver(input: EngineInput): void {
    bench.inputs.push(structuredCloneOf(input));
    const output = step(bench.engine, input);
    bench.records.push(...(output.records as Seen[]));
    bench.events.push(...output.events);
    bench.alerts.push(...output.alerts);
    bench.replies.push(...output.replies);
    bench.effects.push(...output.effects);
    pending.push(...output.effects);
  }

  function carryOut(): void {
    for (let effect = pending.shift(); effect !== undefined; effect = pending.shift()) {
      if (fills) for (const input of venue.execute(effect, now)) stepOver(input);
    }
  }

  function feedAll(inputs: readonly EngineInput[]): void {
    for (const input of inputs) bench.feed(input);
  }

  /** As a replay does: every timer due on the way fires at its own time. */
  function advance(until: number): void {
    for (let due = nextTimer(bench.engine); due <= until; due = nextTimer(bench.engine)) {
      now = Math.max(now, due);
      bench.feed({ kind: 'clock', now });
    }
    now = Math.max(now, until);
  }

  function idOf(symbol: string): number {
    const known = symbolIdOf(bench.engine, place.connectorType, place.marketType, symbol);
    if (known >= 0) return known;
    const id = symbolCount(bench.engine);
    bench.feed({ kind: 'symbol-listed', now, symbol: id, ...place, name: symbol });
    return id;
  }

  function usualRequest({ symbol = 'ETHUSDT', ...rest }: BenchRequest): RequestInput['request'] {
    const name = typeof symbol === 'string' ? { name: symbol } : symbol;
    return { requestId: `r${++ids}`, ...place, symbol: name, side: 'LONG', detectorSysname: 'det', ...rest };
  }

  function decisionsFrom(from: number): DecisionRecord[] {
    return bench.records.slice(from).filter(({ kind }) => kind === 'REQUEST_DECIDED') as unknown as DecisionRecord[];
  }

  bench.symbols(symbols);
  if (settings.account !== false) {
    bench.feed({ kind: 'account-start', now, ...place, walletBalance: wallet, positions });
  }
  return bench;
}

function first(decisions: DecisionRecord[]): DecisionRecord {
  const decision = decisions[0];
  if (decision === undefined) throw new Error('nothing was decided');
  return decision;
}

function around(mid: number): { bids: Levels; asks: Levels; time?: number } {
  const half = 0.01;
  return { bids: [[rounded(mid - half), 1000]], asks: [[rounded(mid + half), 1000]] };
}

function rounded(price: number): number {
  return Math.round(price * 1e8) / 1e8;
}

/** Inputs are plain data, but for the typed arrays of a book. */
function structuredCloneOf(input: EngineInput): EngineInput {
  return input.kind === 'book' ? { ...input, bids: input.bids.slice(), asks: input.asks.slice() } : { ...input };
}

/** Codes of a decision's violations, in their order. */
export function codesOf(decision: DecisionRecord): string[] {
  return decision.data.violations.map(({ code }) => code);
}

/** Codes of the rules that could not be judged. */
export function skippedOf(decision: DecisionRecord): string[] {
  return decision.data.inputs.skipped as string[];
}

/** Codes of limits that were reached and only warn. */
export function warningsOf(decision: DecisionRecord): string[] {
  return (decision.data.inputs.warnings as { code: string }[]).map(({ code }) => code);
}
