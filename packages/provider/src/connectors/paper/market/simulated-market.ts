import type { Envelope } from '@inspector/contract';
import type { Candle, CandleQuery } from '../../connector.ts';
import { drawBook, type Quote, toStep } from './book-maker.ts';
import { CandleHistory } from './candles.ts';
import { movePrices, type PriceProcess, startPriceProcess, volatilityOf } from './price-process.ts';
import { createRandom, type Random, type RandomState } from './random.ts';
import { type SymbolProfile, simulatedSymbols } from './symbols.ts';

/** The market moves in slots of this length; every event bears the time of its slot. */
const SLOT_MS = 100;
const SECOND_MS = 1000;
const SYMBOLS_EVERY_MS = 60 * 60 * 1000;
/** A longer silence (a suspended machine, a restart) is skipped: the market stood still, instead of a flood of events. */
export const CATCH_UP_LIMIT_MS = 5000;
/** Prints far off the book, a symbol and second: one in four hours. */
const STRAY_PRINTS_PER_SECOND = 1 / 14_400;
/** Somebody trades at least this often, however quiet the market is: silence would look like a broken feed. */
const TRADE_AT_LEAST_EVERY_MS = 3000;

export interface SimulatedMarketSettings {
  connectorType: string;
  marketType: string;
  seed: number;
  /** When the market opens; it is silent before. */
  startAt: number;
  /** Minutes of candles made up before `startAt`. */
  historyMinutes?: number;
  /** Told apart from other markets by the event ids; 0 to 2^32 − 1. */
  instance?: number;
  profiles?: readonly SymbolProfile[];
}

/** What continues a market after a restart, as JSON. */
export interface SimulatedMarketSnapshot {
  random: RandomState;
  process: PriceProcess;
}

interface SymbolStream {
  quote: Quote;
  mark: number;
  /** Books owed; one is sent whenever a whole one is. */
  bookCredit: number;
  tradedAt: number;
}

/**
 * A market that looks like one: eight correlated symbols with changing volatility, spread and depth, trends, ranges and
 * shocks. Pure: the same settings and the same final time give the same events, however the calls are spaced, as long as
 * no gap between calls exceeds CATCH_UP_LIMIT_MS.
 */
export class SimulatedMarket {
  readonly #settings: SimulatedMarketSettings;
  readonly #profiles: readonly SymbolProfile[];
  readonly #random: Random;
  readonly #process: PriceProcess;
  readonly #streams: SymbolStream[];
  readonly #candles = new CandleHistory();
  #slot: number;
  #eventCount = 0;
  #isListed = false;

  constructor(settings: SimulatedMarketSettings, snapshot?: SimulatedMarketSnapshot) {
    this.#settings = settings;
    this.#profiles = settings.profiles ?? simulatedSymbols;
    this.#random = createRandom(snapshot?.random ?? settings.seed);
    this.#process = snapshot ? structuredClone(snapshot.process) : startPriceProcess(this.#profiles, this.#random);
    this.#slot = settings.startAt - (settings.startAt % SLOT_MS);
    this.#streams = this.#profiles.map((_, index) => {
      const quote = this.#draw(index);
      return { quote, mark: midOf(quote), bookCredit: 1, tradedAt: 0 };
    });
    this.#makeHistory(settings.historyMinutes ?? 0);
  }

  get symbols(): readonly SymbolProfile[] {
    return this.#profiles;
  }

  /** Everything that happens up to and including `now`, in order of time. */
  next(now: number): Envelope[] {
    const events: Envelope[] = [];
    if (now - this.#slot > CATCH_UP_LIMIT_MS) this.#slot = now - (now % SLOT_MS);
    for (; this.#slot <= now; this.#slot += SLOT_MS) this.#playSlot(this.#slot, events);
    return events;
  }

  candles(query: CandleQuery): Candle[] {
    return this.#candles.query(query);
  }

  snapshot(): SimulatedMarketSnapshot {
    return { random: this.#random.state(), process: structuredClone(this.#process) };
  }

  #playSlot(at: number, events: Envelope[]): void {
    if (!this.#isListed || at % SYMBOLS_EVERY_MS === 0) this.#list(at, events);
    movePrices(this.#process, this.#profiles, SLOT_MS / SECOND_MS, this.#random);
    this.#profiles.forEach((profile, index) => {
      this.#playBook(profile, index, at, events);
      this.#playTrades(profile, index, at, events);
    });
    if (at % SECOND_MS === 0) this.#playMarks(at, events);
  }

  #list(at: number, events: Envelope[]): void {
    this.#isListed = true;
    const payload = { ...this.#place(), symbols: this.#profiles.map(({ spec }) => ({ ...spec })) };
    events.push({ ...this.#head(at), type: 'PROVIDER_SYMBOLS', payload });
  }

  #playBook(profile: SymbolProfile, index: number, at: number, events: Envelope[]): void {
    const stream = this.#streams[index]!;
    stream.bookCredit += (profile.booksPerSecond * SLOT_MS) / SECOND_MS;
    if (stream.bookCredit < 1) return;
    stream.bookCredit -= 1;
    stream.quote = this.#draw(index);
    const { bids, asks } = stream.quote;
    const payload = { ...this.#place(), symbol: { name: profile.spec.name }, bids, asks, time: at };
    events.push({ ...this.#head(at), type: 'PROVIDER_MARKETDATA_ORDERBOOK', payload });
  }

  /** Buyers take the ask, sellers hit the bid, and more of those come whom the last move favoured. */
  #playTrades(profile: SymbolProfile, index: number, at: number, events: Envelope[]): void {
    const stream = this.#streams[index]!;
    const { quote } = stream;
    const fair = Math.exp(this.#process.symbols[index]!.logPrice);
    const pressure = Math.tanh(((fair - midOf(quote)) / fair) * 5000);
    const busy = Math.min(3, Math.max(0.4, volatilityOf(this.#process)));
    const least = at - stream.tradedAt >= TRADE_AT_LEAST_EVERY_MS ? 1 : 0;
    const count = Math.max(least, this.#random.poisson((profile.tradesPerSecond * busy * SLOT_MS) / SECOND_MS));
    if (count > 0) stream.tradedAt = at;
    for (let each = 0; each < count; each += 1) {
      const isBuy = this.#random.uniform() < 0.5 + 0.4 * pressure;
      const best = isBuy ? quote.asks[0]! : quote.bids[0]!;
      const notional = profile.levelDepthUsd * 0.02 * Math.exp(this.#random.normal());
      this.#trade(profile, { price: best.price, notional, isBuy }, at, events);
    }
    if (this.#random.uniform() < (STRAY_PRINTS_PER_SECOND * SLOT_MS) / SECOND_MS) {
      const isBuy = this.#random.uniform() < 0.5;
      const away = (isBuy ? 1 : -1) * (0.02 + 0.02 * this.#random.uniform());
      this.#trade(
        profile,
        { price: toStep(fair * (1 + away), profile.spec.tickSize), notional: 50, isBuy },
        at,
        events,
      );
    }
  }

  #trade(
    profile: SymbolProfile,
    { price, notional, isBuy }: { price: number; notional: number; isBuy: boolean },
    at: number,
    events: Envelope[],
  ): void {
    const { name, stepSize } = profile.spec;
    const volume = Math.max(stepSize, toStep(notional / price, stepSize));
    const side = isBuy ? ('LONG' as const) : ('SHORT' as const);
    const payload = { ...this.#place(), symbol: { name }, price, volume, side, time: at };
    events.push({ ...this.#head(at), type: 'PROVIDER_MARKETDATA_TRADE', payload });
  }

  /** Once a second: the mark follows the mid by half of the distance; candles follow the mark. */
  #playMarks(at: number, events: Envelope[]): void {
    const ended: [name: string, candle: Candle][] = [];
    const prices: Record<string, { value: number; moment: number; mark: boolean }> = {};
    this.#profiles.forEach(({ spec, tradesPerSecond, levelDepthUsd }, index) => {
      const stream = this.#streams[index]!;
      stream.mark = (stream.mark + midOf(stream.quote)) / 2;
      const value = toStep(stream.mark, spec.tickSize);
      prices[spec.name] = { value, moment: at, mark: true };
      const volume = toStep((tradesPerSecond * levelDepthUsd * 0.03) / value, spec.stepSize);
      const candle = this.#candles.add(spec.name, value, volume, at);
      if (candle) ended.push([spec.name, candle]);
    });
    events.push({ ...this.#head(at), type: 'PROVIDER_SYMBOL_PRICES', payload: { ...this.#place(), prices } });
    for (const [name, candle] of ended) {
      const payload = { ...this.#place(), symbol: { name }, interval: '1m', ...candle };
      events.push({ ...this.#head(at), type: 'PROVIDER_MARKETDATA_CANDLE', payload });
    }
  }

  #draw(index: number): Quote {
    const { logPrice, thinness } = this.#process.symbols[index]!;
    const market = { price: Math.exp(logPrice), volatility: volatilityOf(this.#process), thinness };
    return drawBook(this.#profiles[index]!, market, this.#random);
  }

  /** Candles of the time before: a path of its own, shifted so that it ends where the market begins. */
  #makeHistory(minutes: number): void {
    const seconds = minutes * 60;
    if (seconds === 0) return;
    const random = createRandom(this.#settings.seed ^ 0x5eed);
    const past = startPriceProcess(this.#profiles, random);
    const path: Float64Array[] = this.#profiles.map(() => new Float64Array(seconds));
    for (let second = 0; second < seconds; second += 1) {
      movePrices(past, this.#profiles, 1, random);
      past.symbols.forEach(({ logPrice }, index) => {
        path[index]![second] = logPrice;
      });
    }
    this.#profiles.forEach(({ spec, tradesPerSecond, levelDepthUsd }, index) => {
      const shift = this.#process.symbols[index]!.logPrice - path[index]!.at(-1)!;
      path[index]!.forEach((logPrice, second) => {
        const price = toStep(Math.exp(logPrice + shift), spec.tickSize);
        const volume = toStep((tradesPerSecond * levelDepthUsd * 0.03) / price, spec.stepSize);
        this.#candles.add(spec.name, price, volume, this.#slot - (seconds - second) * SECOND_MS);
      });
    });
  }

  #place(): { connectorType: string; marketType: string } {
    return { connectorType: this.#settings.connectorType, marketType: this.#settings.marketType };
  }

  #head(at: number): { eventId: string; source: 'PROVIDER'; timestamp: number } {
    this.#eventCount += 1;
    return {
      eventId: marketEventId(this.#settings.instance ?? 0, this.#eventCount),
      source: 'PROVIDER',
      timestamp: at,
    };
  }
}

const midOf = ({ bids, asks }: Quote): number => (bids[0]!.price + asks[0]!.price) / 2;

const marketEventId = (instance: number, count: number): string => {
  const place = instance.toString(16).padStart(8, '0');
  return `6d61726b-65${place.slice(0, 2)}-4${place.slice(2, 5)}-8${place.slice(5)}-${count.toString(16).padStart(12, '0')}`;
};
