/** P5: from the tick that crosses a stop to the call that closes the position, while ticks come at a fixed rate. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Envelope, OptionsPatch } from '@inspector/contract';
import { type Bus, createMemoryBus, type Inspector, startInspector } from '@inspector/inspector';
import { type Journal, openSqliteJournal, type SqliteJournal } from '@inspector/inspector/journal';
import { openDiskFlush } from '../flush-disk.ts';
import { connectorType, ENTRY_PRICE, marketType, optionsOf, symbolName } from '../held-engine.ts';
import { inspectorConfig, silentLog } from '../inspector-config.ts';
import { percentilesOf, percentilesText } from '../percentiles.ts';
import type { Line, Row, Size } from '../row.ts';
import { withDirectory } from '../temporary-directory.ts';
import { createDeafVenue, type DeafVenue } from './deaf-venue.ts';

const TICKS_PER_SECOND = 10_000;
/** One tick in so many crosses a stop: 25 a second, so that what one leaves behind is done before the next. */
const TICKS_PER_CROSSING = 400;
/** One tick in so many is a book of one level; the others are marks. */
const TICKS_PER_BOOK = 64;
/** Below the stop of half a percent under the entry. */
const CROSSING_PRICE = ENTRY_PRICE * 0.99;
const FLUSH_MS = 100;
/** For closes on their way at the end of a phase, and for the start: what takes longer has failed. */
const GIVE_UP_MS = 10_000;
const LOOK_MS = 5;
/** One fsync on a disk for which the absolute figures are asked. */
const QUICK_FSYNC_MS = 0.3;
const plans = {
  full: { symbols: 1000, held: 250, phaseTicks: TICKS_PER_SECOND, warmups: 5, phases: 48 },
  short: { symbols: 20, held: 10, phaseTicks: 1200, warmups: 1, phases: 2 },
};

/** Only stops and targets act: no limit trips on a thousand losses, and none is naked long enough for the ladder. */
const options: OptionsPatch = {
  riskManagement: { maxDailyLossPercent: 0, maxDrawdownPercent: 0, maxLossTradesPerDay: 0, maxTradesPerDay: 0 },
  strategyLogic: { maxConsecutiveLosses: 0, cooldownPeriod: 0 },
  protection: { nakedMaxMs: 3_600_000 },
};

export const stopToClose: Row = {
  id: 'P5',
  title: 'tick that crosses a stop → closing order leaves the process, 10 K ticks/s',
  method: [
    'A whole Inspector (`startInspector`: memory bus, ingest, engine, SQLite journal on the disk, effects, REST) over 1,000 symbols with 250 positions. 10,000 ticks a second come in on the bus, each due on its own (open loop); 25 a second cross a stop whose order at the venue does not work, so that the software stop acts at once.',
    'Latency: from the moment that the crossing tick was due to the call of the Provider client that closes. On the path: bus, validation, decoding, engine, the commit with its fsync, the queue of effects; and what else the turn held (other closes, fills, protection, cancels, ticks). Left out: the call itself over HTTP. The ticks are made on the same thread.',
    'In turn with each second of ticks: 4 KiB appended and flushed with fsync to a file on the same disk for 100 ms.',
  ],
  run: (size) => withDirectory((directory) => run(directory, size)),
};

interface Crossings {
  /** When the crossing tick of a symbol was due; taken out by its close. */
  due: Map<string, number>;
  latencies: number[];
  /** Symbols that were closed though no tick had crossed: a fault of the measurement or of the product. */
  unasked: string[];
}

async function run(directory: string, size: Size): Promise<Line[]> {
  const plan = plans[size];
  const bus = createMemoryBus();
  const crossings: Crossings = { due: new Map(), latencies: [], unasked: [] };
  const venue = createDeafVenue(bus, (symbol, at) => {
    const due = crossings.due.get(symbol);
    crossings.due.delete(symbol);
    if (due === undefined) crossings.unasked.push(symbol);
    else crossings.latencies.push(at - due);
  });
  const dataDir = join(directory, 'data');
  const commits: number[] = [];
  const journal = timedJournal(openSqliteJournal({ directory: dataDir, appKey: 'bench' }), commits);
  const inspector = await startInspector(inspectorConfig(dataDir, optionsOf(options)), {
    bus,
    journal,
    log: silentLog,
    client: venue.client,
    onFailed: (error) => {
      throw error;
    },
  });
  try {
    await openPositions({ bus, venue, inspector }, plan);
    const flushes = await runPhases({ bus, crossings, commits, directory }, plan);
    return linesOf({ crossings, commits, flushes, size });
  } finally {
    venue.stop();
    await inspector.stop('the measurement is over');
    await bus.close();
  }
}

/** Notes what each commit took that made a close durable. */
function timedJournal(journal: SqliteJournal, into: number[]): SqliteJournal {
  return Object.create(journal, {
    commit: {
      value: (batch: Parameters<Journal['commit']>[0], durability: Parameters<Journal['commit']>[1]) => {
        const begun = performance.now();
        journal.commit(batch, durability);
        if (batch.records.some(({ kind }) => kind === 'CLOSE_REQUESTED')) into.push(performance.now() - begun);
      },
    },
  }) as SqliteJournal;
}

interface Setting {
  bus: Bus;
  venue: DeafVenue;
  inspector: Inspector;
}

async function openPositions({ bus, venue, inspector }: Setting, plan: { symbols: number; held: number }) {
  const names = Array.from({ length: plan.symbols }, (_, symbol) => symbolName(symbol));
  const spec = { quoteAsset: 'USDT', status: 'TRADING', tickSize: 0.01, stepSize: 0.001, minQuantity: 0.001 };
  const symbols = names.map((name) => ({ name, baseAsset: name.slice(0, -4), ...spec }));
  const head = { eventId: randomUUID(), source: 'PROVIDER', timestamp: Date.now() } as const;
  await bus.publish('PROVIDER', { ...head, type: 'PROVIDER_SYMBOLS', payload: { connectorType, marketType, symbols } });
  for (const name of names) await bus.publish('PROVIDER', tickOf(name, ENTRY_PRICE, false));
  await until(() => inspector.health().ready, 'the Inspector is ready');
  for (let symbol = 0; symbol < plan.held; symbol++) venue.open(symbol);
  await until(() => inspector.picture().positions.length === plan.held, 'all positions are open');
}

interface Running {
  bus: Bus;
  crossings: Crossings;
  commits: number[];
  directory: string;
}

/** What one fsync took in between, in ms. */
async function runPhases({ bus, crossings, commits, directory }: Running, plan: (typeof plans)[Size]) {
  const flushes: number[] = [];
  const disk = openDiskFlush(directory);
  const stream = { bus, crossings, symbols: plan.symbols, held: plan.held, crossed: 0, sent: 0 };
  try {
    for (let phase = 0; phase < plan.warmups + plan.phases; phase++) {
      if (phase === plan.warmups) for (const samples of [crossings.latencies, commits, flushes]) samples.length = 0;
      disk.flushFor(FLUSH_MS, flushes);
      await sendTicks(stream, plan.phaseTicks);
      await until(() => crossings.due.size === 0, 'every crossed position is closed');
      if (crossings.unasked.length > 0) throw new Error(`closed without a crossing tick: ${crossings.unasked}`);
    }
  } finally {
    disk.close();
  }
  return flushes;
}

interface TickStream {
  bus: Bus;
  crossings: Crossings;
  symbols: number;
  held: number;
  crossed: number;
  sent: number;
}

/** Each tick is sent in the first turn of the event loop at or after the moment that it is due. */
async function sendTicks(stream: TickStream, count: number): Promise<void> {
  const intervalMs = 1000 / TICKS_PER_SECOND;
  const begun = performance.now();
  for (let done = 0; done < count; ) {
    const due = Math.min(count, Math.floor((performance.now() - begun) / intervalMs) + 1);
    for (; done < due; done++) sendTick(stream, begun + done * intervalMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function sendTick(stream: TickStream, due: number): void {
  const { bus, crossings } = stream;
  const index = stream.sent++;
  if (index % TICKS_PER_CROSSING === TICKS_PER_CROSSING - 1) {
    const name = symbolName(stream.crossed++ % stream.held);
    crossings.due.set(name, due);
    void bus.publish('PROVIDER', tickOf(name, CROSSING_PRICE, false));
    return;
  }
  // The mark moves by a few ticks, far from every level.
  const price = ENTRY_PRICE + ((index * 7) % 11) * 0.01;
  void bus.publish('PROVIDER', tickOf(symbolName(index % stream.symbols), price, index % TICKS_PER_BOOK === 0));
}

function tickOf(name: string, price: number, isBook: boolean): Envelope {
  const now = Date.now();
  const head = { eventId: randomUUID(), source: 'PROVIDER', timestamp: now } as const;
  if (!isBook) {
    const prices = { [name]: { value: price, moment: now, mark: true } };
    return { ...head, type: 'PROVIDER_SYMBOL_PRICES', payload: { connectorType, marketType, prices } };
  }
  const bids = [{ price: price - 0.01, volume: 1000 }];
  const asks = [{ price: price + 0.01, volume: 1000 }];
  const book = { connectorType, marketType, symbol: { name }, bids, asks, time: now };
  return { ...head, type: 'PROVIDER_MARKETDATA_ORDERBOOK', payload: book };
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = performance.now() + GIVE_UP_MS;
  while (!isSo()) {
    if (performance.now() >= end) throw new Error(`not so within ${GIVE_UP_MS} ms: ${what}`);
    await pause(LOOK_MS);
  }
}

interface Samples {
  crossings: Crossings;
  commits: number[];
  flushes: number[];
  size: Size;
}

function linesOf({ crossings, commits, flushes, size }: Samples): Line[] {
  const own = percentilesOf(Float64Array.from(crossings.latencies));
  const commit = percentilesOf(Float64Array.from(commits));
  const flush = percentilesOf(Float64Array.from(flushes));
  const ratio = own.p50 / flush.p50;
  const isSlowDisk = flush.p50 > QUICK_FSYNC_MS;
  const { warmups, phaseTicks } = plans[size];
  const detail = [
    `from the intended time: ${percentilesText(own, 'ms')}; after ${warmups * phaseTicks} ticks to warm up`,
    `one fsync: ${percentilesText(flush, 'ms')}`,
    `the commits that held the closes: ${percentilesText(commit, 'ms')}`,
  ];
  const where = `where one fsync is ≤ ${QUICK_FSYNC_MS} ms`;
  const base = { row: 'P5', figureWanted: '', figureMet: true, ratio: null, ratioWanted: '', ratioMet: true };
  return [
    {
      ...base,
      what: 'crossing tick to closing call, p50',
      figure: `${own.p50.toPrecision(3)} ms`,
      figureWanted: `< 1 ms ${where}`,
      figureMet: own.p50 < 1 || isSlowDisk,
      ratio,
      ratioWanted: '≤ 3 × one fsync',
      ratioMet: ratio <= 3,
      detail,
    },
    {
      ...base,
      what: 'crossing tick to closing call, p99',
      figure: `${own.p99.toPrecision(3)} ms`,
      figureWanted: `< 5 ms ${where}`,
      figureMet: own.p99 < 5 || isSlowDisk,
      detail: [],
    },
  ];
}
