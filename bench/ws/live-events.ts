/** P8: `INSPECTOR_*` events from the bus of a Provider to all who listen at `/ws`. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Envelope } from '@inspector/contract';
import { createMemoryBus } from '@inspector/inspector/bus';
import { type Provider, startProvider } from '@inspector/provider';
import { Server } from 'socket.io';
import { START_MS } from '../held-engine.ts';
import { type Percentiles, percentilesOf, percentilesText } from '../percentiles.ts';
import { perSecondText, type Rounds } from '../rounds.ts';
import { roundsInTurn } from '../rounds-in-turn.ts';
import type { Line, Row, Size } from '../row.ts';
import { withDirectory } from '../temporary-directory.ts';
import { type ClientCrowd, gatherClients } from './client-crowd.ts';

const EVENTS_PER_SECOND = 1000;
const DELIVERY_LIMIT_MS = 250;
/** Saturated, so many events are under way at most: well under what the Provider lets a client be behind. */
const WINDOW_EVENTS = 1024;
/** Events offered in one turn of the event loop. */
const TURN_EVENTS = 128;
/** After the last event was published: what comes later counts as missing. */
const STRAGGLERS_MS = 10_000;
const TOKEN = 'a token of the benchmark';
const plans = {
  full: { clients: 500, warmups: 1, rounds: 5, roundEvents: 1000, openEvents: 20_000 },
  short: { clients: 10, warmups: 0, rounds: 1, roundEvents: 200, openEvents: 200 },
};

export const liveEvents: Row = {
  id: 'P8',
  title: '`/ws`: 500 clients, 1,000 `INSPECTOR_*` events/s',
  method: [
    'A whole Provider (`startProvider`) with a memory bus; 500 clients in two processes of their own, which speak Socket.IO over WebSocket and walk its frames without parsing them: on two cores the usual client would be what is measured. Breaches, margin updates, drops of liquidity and outliers in turn, published on the bus.',
    'Open loop: 1,000 events a second, 500,000 deliveries; latency from the moment that an event was due to its receipt, of every tenth client. Each client must receive every event, and what the sampled ones read must be in order.',
    `Saturated: at most ${WINDOW_EVENTS} events under way. The peer is a bare Socket.IO server of the same process that emits the same objects to as many clients, in turn, with the same window. It has no open loop: at that rate it falls behind without a bound.`,
  ],
  run: (size) => withDirectory((directory) => run(directory, size)),
};

interface Target {
  publish(envelope: Envelope): void;
  crowd: ClientCrowd;
  /** Of the next event. */
  seq: number;
}

async function run(directory: string, size: Size): Promise<Line[]> {
  const plan = plans[size];
  const bus = createMemoryBus();
  const provider = await startProvider(
    {
      host: '127.0.0.1',
      port: 0,
      dataDir: directory,
      version: '0.0.0',
      apiToken: TOKEN,
      tokens: [],
      allowedHosts: [],
      allowedOrigins: [],
    },
    { bus, connectors: [], auditAfter: () => [] },
  );
  const bare = await startBareServer();
  const crowds: ClientCrowd[] = [];
  const gather = async (port: number) => {
    const crowd = await gatherClients(port, TOKEN, plan.clients);
    crowds.push(crowd);
    return crowd;
  };
  try {
    const own: Target = {
      publish: (envelope) => void bus.publish('INSPECTOR', envelope),
      crowd: await gather(Number(new URL(provider.url).port)),
      seq: 1,
    };
    const peer: Target = { publish: bare.emit, crowd: await gather(bare.port), seq: 1 };
    const saturated = await roundsInTurn({
      warmups: plan.warmups,
      rounds: plan.rounds,
      candidate: () => saturate(own, plan.roundEvents),
      peer: () => saturate(peer, plan.roundEvents),
    });
    const ownOpen = await openLoop(own, plan.openEvents);
    return linesOf({ provider, saturated, ownOpen, ...plan });
  } finally {
    for (const crowd of crowds) await crowd.close();
    await bare.close();
    await provider.stop();
    await bus.close();
  }
}

async function startBareServer() {
  const server = createServer();
  const io = new Server(server, { path: '/ws/', serveClient: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    emit: (envelope: Envelope) => void io.emit(envelope.type, envelope),
    close: () => io.close(),
  };
}

/** Events a second that every client received, as many as go. */
async function saturate(target: Target, events: number): Promise<number> {
  const { crowd } = target;
  const envelopes = envelopesFrom(target.seq, events);
  await crowd.begin({ events, firstSeq: target.seq, begunAt: now(), intervalMs: 0 });
  target.seq += events;
  const begun = performance.now();
  for (let sent = 0; sent < events; ) {
    const room = Math.min(events, sent + TURN_EVENTS, crowd.received + WINDOW_EVENTS);
    for (; sent < room; sent++) target.publish(envelopes[sent]!);
    if (sent - crowd.received >= WINDOW_EVENTS) await crowd.progress();
    else await turn();
  }
  const { missing, surplus } = await crowd.end(events);
  if (missing + surplus > 0) throw new Error(`${missing} deliveries are missing, ${surplus} are too many`);
  return (events * 1000) / (performance.now() - begun);
}

interface OpenLoop {
  /** In ms. */
  latencies: Percentiles;
  /** Deliveries that had not come when the time for stragglers was over. */
  missing: number;
  /** Clients that the server let go. */
  ended: number;
}

/** Each event is published in the first turn at or after the moment that it is due. */
async function openLoop(target: Target, events: number): Promise<OpenLoop> {
  const { crowd } = target;
  const intervalMs = 1000 / EVENTS_PER_SECOND;
  const envelopes = envelopesFrom(target.seq, events);
  // The clients learn first when the first event is due.
  const begunAt = now() + 100;
  await crowd.begin({ events, firstSeq: target.seq, begunAt, intervalMs });
  target.seq += events;
  for (let sent = 0; sent < events; ) {
    const due = Math.min(events, Math.floor((now() - begunAt) / intervalMs) + 1);
    for (; sent < due; sent++) target.publish(envelopes[sent]!);
    await turn();
  }
  const { latencies, missing, surplus, ended } = await crowd.end(events, STRAGGLERS_MS);
  if (surplus > 0 && missing === 0) throw new Error(`${surplus} deliveries are too many`);
  return { latencies: percentilesOf(Float64Array.from(latencies)), missing, ended };
}

const now = () => performance.timeOrigin + performance.now();
const turn = () => new Promise((resolve) => setImmediate(resolve));

function envelopesFrom(firstSeq: number, count: number): Envelope[] {
  return Array.from({ length: count }, (_, index) => {
    const seq = firstSeq + index;
    const event = samples[seq % samples.length]!;
    const head = { eventId: randomUUID(), source: 'INSPECTOR', timestamp: START_MS + seq, epoch: 1 } as const;
    return { ...head, correlationId: `trace-${seq}`, seq, ...event } as Envelope;
  });
}

const market = { symbol: 'BTCUSDT', connectorType: 'paper', marketType: 'futures' };
const samples: Pick<Envelope, 'type' | 'payload'>[] = [
  {
    type: 'INSPECTOR_RISK_LIMIT_BREACH',
    payload: {
      code: 'DAILY_LOSS',
      action: 'STAND_DOWN',
      scope: 'account:paper:futures',
      accountKey: 'paper:futures',
      observed: -5.12,
      limit: -5,
      unit: '%',
      currentExposure: 12_345.67,
      maxAllowedExposure: 30_000,
      reason: 'The result of the day is -5.12 %, the limit is -5 %.',
      opt: { isActive: false },
      until: START_MS,
    },
  },
  {
    type: 'INSPECTOR_RISK_MARGIN_UPDATE',
    payload: {
      accountKey: 'paper:futures',
      equityUsd: 9876.54,
      marginRatio: 0.12,
      usedPct: 34.5,
      exposureUsd: 12_345.67,
      drawdownPct: 1.23,
      dailyPnlPct: -0.45,
    },
  },
  { type: 'INSPECTOR_LIQUIDITY_DROPPED', payload: { ...market, spreadPct: 0.12, topDepthUsd: 4321, limit: 20_000 } },
  {
    type: 'INSPECTOR_DATA_OUTLIER_DETECTED',
    payload: { ...market, price: 61_234.5, reference: 58_000.1, deviationPct: 5.58 },
  },
];

interface Measured {
  provider: Provider;
  saturated: Rounds;
  ownOpen: OpenLoop;
  clients: number;
  roundEvents: number;
  openEvents: number;
}

function linesOf(measured: Measured): Line[] {
  const { provider, saturated, ownOpen, clients, roundEvents, openEvents } = measured;
  const { dropped } = provider.ws.stats();
  const { latencies, missing, ended } = ownOpen;
  const notDelivered = Math.max(dropped, missing);
  const base = { row: 'P8', figureWanted: '', figureMet: true, ratio: null, ratioWanted: '', ratioMet: true };
  return [
    {
      ...base,
      what: `saturated, ${clients} clients`,
      figure: `${perSecondText(saturated.perSecond)} events`,
      ratio: saturated.ratio,
      ratioWanted: '≥ 0.7 of bare Socket.IO',
      ratioMet: saturated.ratio >= 0.7,
      detail: [
        `${saturated.rounds}, ${roundEvents} events each`,
        `${perSecondText(saturated.perSecond * clients)} deliveries against ${perSecondText(saturated.peerPerSecond * clients)}`,
      ],
    },
    {
      ...base,
      what: 'delivery at 1,000 events/s, p99',
      figure: `${latencies.p99.toPrecision(3)} ms`,
      figureWanted: `< ${DELIVERY_LIMIT_MS} ms`,
      figureMet: latencies.p99 < DELIVERY_LIMIT_MS,
      detail: [`from the intended time: ${percentilesText(latencies, 'ms')}; after the rounds above as warm-up`],
    },
    {
      ...base,
      what: `not delivered of ${openEvents * clients} at 1,000 events/s`,
      figure: String(notDelivered),
      figureWanted: 'none',
      figureMet: notDelivered === 0,
      detail: [
        `${dropped} dropped by the Provider, ${missing} not come ${STRAGGLERS_MS / 1000} s after the last was published; ${ended} clients let go`,
      ],
    },
  ];
}
