/** P4: from the streams of Redis through ingest, engine and journal to the events that Inspector publishes. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Envelope, OptionsPatch } from '@inspector/contract';
import { type Bus, createRedisBus, type Inspector, startInspector } from '@inspector/inspector';
import { redisMissing, startRedis } from '@inspector/servers';
import { createClient, type RedisClientType } from 'redis';
import { connectorType, marketType, optionsOf, symbolName } from '../held-engine.ts';
import { inspectorConfig, silentLog } from '../inspector-config.ts';
import { perSecondText } from '../rounds.ts';
import { roundsInTurn } from '../rounds-in-turn.ts';
import type { Line, Row, Size } from '../row.ts';
import { createDeafVenue, type DeafVenue } from '../stops/deaf-venue.ts';
import { withDirectory } from '../temporary-directory.ts';
import { readBare } from './bare-reader.ts';
import { ACCOUNT_STREAM, MARKET_STREAM, preload } from './stream-load.ts';

const STREAMS = [MARKET_STREAM, ACCOUNT_STREAM];
const CONSUMER = 'one';
/** A round that takes longer has failed. */
const GIVE_UP_MS = 60_000;
const LOOK_MS = 5;
const plans = {
  full: { symbols: 1000, held: 200, warmups: 1, rounds: 5, events: 100_000 },
  short: { symbols: 10, held: 2, warmups: 0, rounds: 1, events: 2000 },
};
type Plan = (typeof plans)[Size];

/** No limit and no ladder: what is measured is the way of the events. */
const options: OptionsPatch = { protection: { nakedMaxMs: 3_600_000 } };

export const streamsToEvents: Row = {
  id: 'P4',
  title: 'Redis Streams → ingest → engine → `INSPECTOR_*` published',
  method: [
    'A Redis of its own (append-only file, `everysec`). Before each round 100,000 events are put into `bus:md:` and `bus:acct:`: trades, books of five levels, marks, and one in fifty an account event. Then a whole Inspector starts (`startInspector`: Redis bus, validation, decoding, engine with 1,000 symbols and 200 positions, SQLite journal, effects, REST) and takes them, acknowledged when they are stored.',
    'Timed: from the first batch that is handed over to the end of the last; publishing of what comes of it included, the start of the Inspector and the preloading not. Times of the events are those of the preloading.',
    'The peer is the bare `redis` client in the same process, which reads the same entries of the same streams by a group of its own (`XREADGROUP` of 512, `JSON.parse`, `XACK`), when the Inspector has stopped.',
  ],
  run: (size) => (redisMissing() === undefined ? withDirectory((directory) => run(directory, plans[size])) : []),
};

interface Setting {
  url: string;
  dataDir: string;
  client: RedisClientType;
  plan: Plan;
  /** Of rounds of the Inspector: events that it published. */
  published: number[];
  round: number;
}

async function run(directory: string, plan: Plan): Promise<Line[]> {
  const server = await startRedis({ directory: join(directory, 'redis') });
  if (server === undefined) return [];
  // A time-out a command would leave a hundred thousand timers behind the preloading, to fire within the round.
  const client: RedisClientType = createClient({ url: server.url, commandOptions: { timeout: 0 } });
  client.on('error', () => {}); // its calls reject
  try {
    await client.connect();
    const { url } = server;
    const setting: Setting = { url, dataDir: join(directory, 'data'), client, plan, published: [], round: 0 };
    await openPositions(setting);
    const { warmups, rounds, events } = plan;
    const result = await roundsInTurn({
      warmups,
      rounds,
      candidate: () => consume(setting),
      peer: () => readBare(client, { group: groupOf(setting), streams: STREAMS, count: events }),
    });
    return [
      {
        row: 'P4',
        what: `${events} events from two streams`,
        figure: perSecondText(result.perSecond),
        figureWanted: '',
        figureMet: true,
        ratio: result.ratio,
        ratioWanted: '≥ 0.6 of the bare client',
        ratioMet: result.ratio >= 0.6,
        detail: [
          `${result.rounds}, ${events} each`,
          `INSPECTOR_* published in the rounds: ${setting.published.join(', ')}`,
        ],
      },
    ];
  } finally {
    client.destroy();
    await server.stop();
  }
}

const groupOf = ({ round }: Setting) => `bare-${round}`;

interface Running {
  bus: Bus;
  inspector: Inspector;
  venue: DeafVenue;
  stop(): Promise<void>;
}

/** `onBatch` hears of each batch before it is handled, and of its end. */
async function start({ url, dataDir }: Setting, onBatch: (events: number, isOver: boolean) => void): Promise<Running> {
  const redis = createRedisBus({ url, name: 'bench', consumer: CONSUMER, log: silentLog });
  await redis.ready();
  const bus: Bus = Object.create(redis, {
    subscribe: {
      value: (subscriber: Parameters<Bus['subscribe']>[0]) =>
        redis.subscribe({
          ...subscriber,
          async handle(events, positions) {
            onBatch(events.length, false);
            await subscriber.handle(events, positions);
            onBatch(events.length, true);
          },
        }),
    },
  });
  const venue = createDeafVenue(bus, () => {});
  const inspector = await startInspector(inspectorConfig(dataDir, optionsOf(options)), {
    bus,
    log: silentLog,
    client: venue.client,
    onFailed: (error) => {
      throw error;
    },
  });
  const stop = async () => {
    venue.stop();
    await inspector.stop('the round is over');
    await bus.close();
  };
  return { bus, inspector, venue, stop };
}

/** The group of the Inspector is made, its symbols are listed and its positions opened. */
async function openPositions(setting: Setting): Promise<void> {
  const { client, plan } = setting;
  const spec = { quoteAsset: 'USDT', status: 'TRADING', tickSize: 0.01, stepSize: 0.001, minQuantity: 0.001 };
  const symbols = Array.from({ length: plan.symbols }, (_, symbol) => ({
    name: symbolName(symbol),
    baseAsset: `S${symbol}`,
    ...spec,
  }));
  const head = { eventId: 'symbols', source: 'PROVIDER', timestamp: Date.now() } as const;
  const listed: Envelope = { ...head, type: 'PROVIDER_SYMBOLS', payload: { connectorType, marketType, symbols } };
  const { bus, inspector, venue, stop } = await start(setting, () => {});
  try {
    // A new group reads what comes from its beginning on, for which this waits.
    await bus.publish('PROVIDER', listed);
    await preload(client, plan.symbols, plan.symbols);
    await until(() => inspector.health().ready, 'the Inspector is ready');
    for (let symbol = 0; symbol < plan.held; symbol++) venue.open(symbol);
    await until(() => inspector.picture().positions.length === plan.held, 'all positions are open');
  } finally {
    await stop();
  }
}

/** Events a second of one round. */
async function consume(setting: Setting): Promise<number> {
  const { client, plan } = setting;
  setting.round++;
  for (const stream of STREAMS) {
    await client.xTrim(stream, 'MAXLEN', 0); // all were read
    await client.xGroupCreate(stream, groupOf(setting), '$', { MKSTREAM: true });
  }
  await preload(client, plan.events, plan.symbols);
  globalThis.gc?.(); // what preloading left is none of the Inspector's
  let begun = 0;
  let ended = 0;
  let taken = 0;
  const { bus, stop } = await start(setting, (events, isOver) => {
    if (begun === 0) begun = performance.now();
    if (!isOver) return;
    taken += events;
    ended = performance.now();
  });
  try {
    await until(() => taken >= plan.events, 'all events of the round are taken');
    setting.published.push(bus.statistics().published);
    if (taken > plan.events) throw new Error(`${taken} events came of ${plan.events}`);
  } finally {
    await stop();
  }
  return (plan.events * 1000) / (ended - begun);
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = performance.now() + GIVE_UP_MS;
  while (!isSo()) {
    if (performance.now() >= end) throw new Error(`not so within ${GIVE_UP_MS} ms: ${what}`);
    await pause(LOOK_MS);
  }
}
