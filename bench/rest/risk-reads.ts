/** P7: what a dashboard reads from the Inspector's REST, while its positions live. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { percentilesOf, percentilesText } from '../percentiles.ts';
import { type ReadyProcess, startReady } from '../ready-process.ts';
import { perSecondText } from '../rounds.ts';
import { roundsInTurn } from '../rounds-in-turn.ts';
import type { Line, Row, Size } from '../row.ts';
import { prepareDirectory } from '../start/prepare-directory.ts';
import { withDirectory } from '../temporary-directory.ts';
import { openRequestLoad, type RequestLoad } from './request-load.ts';

const INSPECTOR = fileURLToPath(new URL('../start/inspector-process.ts', import.meta.url));
const CONSTANTS = fileURLToPath(new URL('./constant-routes-process.ts', import.meta.url));
const TICKS_PER_SECOND = 1000;
const plans = {
  full: { positions: 2000, connections: 100, warmups: 2, rounds: 7, roundMs: 2000 },
  short: { positions: 20, connections: 5, warmups: 0, rounds: 1, roundMs: 100 },
};
type Plan = (typeof plans)[Size];

export const riskReads: Row = {
  id: 'P7',
  title: '`GET /risk/kpi`, 2,000 positions live, 100 connections',
  method: [
    `A stand-alone Inspector in a process of its own, with 2,000 positions on as many symbols and ${TICKS_PER_SECOND} marks a second on its memory bus, so that a picture is made ten times a second, and what is read is made of it. 100 keep-alive connections of this process ask again as soon as they are answered.`,
    'The peer is Fastify alone in a process of its own that answers a constant: the same bytes as the Inspector gave at the beginning, as text for the KPI and as a buffer for the dashboard. In turn, round by round; it has no ticks and makes no picture.',
  ],
  run: (size) => withDirectory((directory) => run(directory, size)),
};

async function run(directory: string, size: Size): Promise<Line[]> {
  const plan = plans[size];
  const dataDir = join(directory, 'data');
  const venue = join(directory, 'venue.json');
  prepareDirectory(dataDir, venue, { records: 1000, positions: plan.positions });
  const processes: ReadyProcess[] = [];
  const loads: RequestLoad[] = [];
  const start = async (args: readonly string[]) => {
    const started = await startReady(args);
    processes.push(started);
    return started.said;
  };
  const load = async (url: string) => {
    const opened = await openRequestLoad(Number(new URL(url).port), plan.connections);
    loads.push(opened);
    return opened;
  };
  try {
    const url = await start([INSPECTOR, dataDir, venue, String(TICKS_PER_SECOND)]);
    const files = { kpi: join(directory, 'kpi.json'), dashboard: join(directory, 'dashboard.json') };
    const kpi = await keepAnswer(`${url}/api/inspector/risk/kpi`, files.kpi);
    const dashboard = await keepAnswer(`${url}/api/inspector/risk/dashboard`, files.dashboard);
    const own = await load(url);
    const peer = await load(await start([CONSTANTS, files.kpi, files.dashboard]));
    return [
      await measure({ own, peer, plan, name: 'kpi', bytes: kpi, least: 0.7, of: 'a constant Fastify route' }),
      await measure({ own, peer, plan, name: 'dashboard', bytes: dashboard, least: 0.3, of: 'the same bytes' }),
    ];
  } finally {
    for (const opened of loads) opened.close();
    for (const started of processes) await started.stop();
  }
}

/** Bytes of the answer, which is kept in `file`. */
async function keepAnswer(url: string, file: string): Promise<number> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const answer = Buffer.from(await response.arrayBuffer());
  writeFileSync(file, answer);
  return answer.length;
}

interface Measurement {
  own: RequestLoad;
  peer: RequestLoad;
  plan: Plan;
  name: 'kpi' | 'dashboard';
  bytes: number;
  least: number;
  of: string;
}

async function measure({ own, peer, plan, name, bytes, least, of }: Measurement): Promise<Line> {
  const samples: Record<'own' | 'peer', number[]> = { own: [], peer: [] };
  const timed = async (load: RequestLoad, path: string, into: 'own' | 'peer') => {
    const { perSecond, latencies } = await load.run(path, plan.roundMs);
    for (const latency of latencies) samples[into].push(latency);
    return perSecond;
  };
  const result = await roundsInTurn({
    warmups: plan.warmups,
    rounds: plan.rounds,
    candidate: () => timed(own, `/api/inspector/risk/${name}`, 'own'),
    peer: () => timed(peer, `/${name}`, 'peer'),
  });
  const text = (latencies: number[]) => percentilesText(percentilesOf(Float64Array.from(latencies)), 'ms');
  return {
    row: 'P7',
    what: `GET /risk/${name}, ${bytes} bytes`,
    figure: perSecondText(result.perSecond),
    figureWanted: '',
    figureMet: true,
    ratio: result.ratio,
    ratioWanted: `≥ ${least} of ${of}`,
    ratioMet: result.ratio >= least,
    detail: [
      `${result.rounds}, ${plan.roundMs} ms each, ${plan.positions} positions, ${plan.connections} connections`,
      `from asking to the whole answer, closed loop, warm-up included: ${text(samples.own)}`,
      `the constant: ${text(samples.peer)}`,
    ],
  };
}
