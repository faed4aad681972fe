/** P11: what a tick and a decision cost as symbols, positions and history grow. */
import { judgeOpen, step } from '@inspector/engine';
import { approvable, createRequests, type Request } from '../entries/requests.ts';
import { type HeldEngine, holdPositions } from '../held-engine.ts';
import { median } from '../rounds.ts';
import type { Line, Row, Size } from '../row.ts';
import { driveEngine } from '../ticks/drive-engine.ts';
import { createTickStream } from '../ticks/tick-stream.ts';

const RATIO = 1.5;
const plans = {
  full: {
    symbols: [10, 100, 1000, 10_000],
    ticks: 200_000,
    decisions: 100_000,
    history: 200_000,
    warmups: 2,
    rounds: 7,
  },
  short: { symbols: [10, 100], ticks: 5000, decisions: 1000, history: 1000, warmups: 0, rounds: 1 },
};

export const growth: Row = {
  id: 'P11',
  title: 'cost growth with symbols, positions and history',
  method: [
    'Ticks: as P1, one account with a position on every symbol; the same ten symbols tick, so that what grows is the number of others; sizes in turn, round by round. With ticks spread over all symbols the processor caches hold less of them: that figure is in the detail.',
    'Times are of the measuring thread alone (its CPU time), so that what else runs does not look like growth.',
    'Decisions: as P2 (approved), for those ten symbols on the same engines, so that the account holds a position on every symbol; with history: as many refused requests before.',
  ],
  run,
};

/** Symbols that tick and are asked for. */
const ACTIVE_SYMBOLS = 10;
/** So small that all rounds together stay within the time for which a price is fresh. */
const ACTIVE_INTERVAL_MS = 0.002;

interface Grown {
  symbols: number;
  spread(): number;
  ticks(): number;
  decisions(): number;
}

function run(size: Size): Line[] {
  const plan = plans[size];
  const worlds = plan.symbols.map((symbols) => createWorld(symbols, plan));
  const tick = costs(
    worlds.map((world) => ({ work: plan.ticks, run: world.ticks })),
    plan,
  );
  const decision = costs(
    worlds.map((world) => ({ work: plan.decisions, run: world.decisions })),
    plan,
  );
  const spread = costs(
    worlds.map((world) => ({ work: plan.ticks, run: world.spread })),
    plan,
  );
  const [young, old] = [createWorld(100, plan), createWorld(100, plan, plan.history)];
  const history = costs(
    [young, old].map((world) => ({ work: plan.decisions, run: world.decisions })),
    plan,
  );
  const shown = (nanoseconds: readonly number[]) =>
    plan.symbols.map((symbols, index) => `${symbols}: ${nanoseconds[index]!.toFixed(0)} ns`).join(', ');
  const between = `from ${plan.symbols[0]} to ${plan.symbols.at(-1)} symbols`;
  return [
    line(`a tick, ${between}`, tick, [shown(tick), `spread over all: ${shown(spread)}`]),
    line(`a decision, ${between}`, decision, [shown(decision)]),
    line(`a decision, after ${plan.history} requests`, history, [
      `${history[0]!.toFixed(0)} ns without, ${history[1]!.toFixed(0)} ns with that history`,
    ]),
  ];
}

function createWorld(symbols: number, plan: { ticks: number; decisions: number }, history = 0): Grown {
  const held = holdPositions(symbols, 1, { riskManagement: { maxPortfolioExposurePercent: 0 } });
  const active = { ...createTickStream(plan.ticks, ACTIVE_SYMBOLS), intervalMs: ACTIVE_INTERVAL_MS };
  const all = createTickStream(plan.ticks, symbols);
  const requests = createRequests(Math.min(plan.decisions, 10_000), ACTIVE_SYMBOLS, approvable);
  refuse(held, history);
  return {
    symbols,
    ticks: () => driveEngine(held, active),
    spread: () => driveEngine(held, all),
    decisions: () => judgeAll(held, requests, plan.decisions),
  };
}

function judgeAll({ engine }: HeldEngine, requests: readonly Request[], count: number): number {
  let violations = 0;
  for (let index = 0; index < count; index++) {
    violations += judgeOpen(engine, requests[index % requests.length]!).violations.length;
  }
  return violations;
}

/** Requests under the venue's minimum, decided and remembered. */
function refuse({ engine, now, symbols }: HeldEngine, count: number): void {
  for (const request of createRequests(count, symbols, () => ({ quantity: 0.0001 }))) {
    const refused = { ...request, requestId: `old-${request.requestId}` };
    const eventId = refused.requestId;
    step(engine, { kind: 'request', now, eventId, type: 'open', source: 'DETECTOR', request: refused });
  }
}

/** Nanoseconds of this thread for a unit of each, medians of rounds in turn. */
function costs(
  candidates: readonly { work: number; run(): number }[],
  { warmups, rounds }: { warmups: number; rounds: number },
): number[] {
  const samples = candidates.map((): number[] => []);
  for (let round = -warmups; round < rounds; round++) {
    for (const [index, { work, run }] of candidates.entries()) {
      const before = process.threadCpuUsage().user;
      run();
      const nanoseconds = ((process.threadCpuUsage().user - before) * 1000) / work;
      if (round >= 0) samples[index]!.push(nanoseconds);
    }
  }
  return samples.map(median);
}

function line(what: string, nanoseconds: readonly number[], detail: string[]): Line {
  const ratio = nanoseconds.at(-1)! / nanoseconds[0]!;
  return {
    row: 'P11',
    what,
    figure: `${nanoseconds.at(-1)!.toFixed(0)} ns`,
    figureWanted: '',
    figureMet: true,
    ratio,
    ratioWanted: '≤ 1.5 ×',
    ratioMet: ratio <= RATIO,
    detail,
  };
}
