/** P2: an entry request through all 39 rules to its code and numbers, against the same rules in one function by hand. */
import { judgeOpen, step } from '@inspector/engine';
import {
  connectorType,
  type HeldEngine,
  holdPositions,
  marketType,
  optionsOf,
  START_MS,
  symbolName,
} from '../held-engine.ts';
import { percentilesOf, percentilesText } from '../percentiles.ts';
import { measureRounds, perSecondText } from '../rounds.ts';
import type { Line, Row, Size } from '../row.ts';
import { HALF_SPREAD } from '../ticks/tick-stream.ts';
import { createHandInlined } from './hand-inlined-rules.ts';
import { approvable, createRequests, type Request, refusable } from './requests.ts';

const SYMBOLS = 100;
const WALLET_USD = 100_000;
const VOLUME = 1000;
const REQUESTS = 5000;
const RATIO = 0.5;
const OPEN_LOOP_PER_SECOND = 200_000;
const plans = {
  full: { repeats: 40, warmups: 4, rounds: 9, openLoopSeconds: 10 },
  short: { repeats: 1, warmups: 1, rounds: 2, openLoopSeconds: 0.1 },
};

export const decisionRate: Row = {
  id: 'P2',
  title: 'engine, entry request through all 39 rules → code and numbers in memory, before the record is written',
  method: [
    'Timed: reading the request object, finding account and symbol, sizing, rounding, all rules, verdict; for a refusal also each violated rule with scope, observed, limit, unit and text. Market and limit orders of six shapes; refusals by size, leverage, collar, reward, minimum, and by five rules at once.',
    'Left out: decoding of the request, record, journal, order. The peer (`bench/entries/hand-inlined-rules.ts`) reads the same objects and notes numbers, but makes no texts.',
  ],
  run,
};

function run(size: Size): Line[] {
  const { repeats, warmups, rounds, openLoopSeconds } = plans[size];
  const { engine } = emptyAccount();
  const peer = createHandInlined(optionsOf({}), {
    now: START_MS,
    names: Array.from({ length: SYMBOLS }, (_, symbol) => symbolName(symbol)),
    wallet: WALLET_USD,
    volume: VOLUME,
    halfSpread: HALF_SPREAD,
  });
  const approved = createRequests(REQUESTS, SYMBOLS, approvable);
  const refused = createRequests(REQUESTS, SYMBOLS, refusable);
  const sum = (requests: readonly Request[], judge: (request: Request) => number) => () => {
    let total = 0;
    for (let repeat = 0; repeat < repeats; repeat++) for (const request of requests) total += judge(request);
    return total;
  };
  const own = (request: Request) => judgeOpen(engine, request).violations.length;
  const hand = (request: Request) => peer.judge(request).violated;
  check(approved, own, hand);
  check(refused, own, hand);
  const work = REQUESTS * repeats;
  const both = { warmups, rounds, work };
  const allow = measureRounds({ ...both, candidate: sum(approved, own), peer: sum(approved, hand) });
  const block = measureRounds({ ...both, candidate: sum(refused, own), peer: sum(refused, hand) });
  const dear = allow.perSecond / block.perSecond;
  return [
    line('approved', allow, 2e6, '≥ 2 M/s', []),
    line('refused, with all details', block, 1e6, '≥ 1 M/s', [
      `a refusal costs ${dear.toFixed(2)} × an approval (wanted: no more than 2)`,
    ]),
    openLoop(engine, approved, openLoopSeconds),
  ];
}

/** Both must come to the same violations, or the comparison says nothing. */
function check(
  requests: readonly Request[],
  own: (request: Request) => number,
  hand: (request: Request) => number,
): void {
  for (const request of requests) {
    if (own(request) !== hand(request)) throw new Error(`${request.requestId} is judged differently by the two`);
  }
}

function emptyAccount(): HeldEngine {
  const held = holdPositions(SYMBOLS, 0);
  const account = { connectorType, marketType, walletBalance: WALLET_USD, positions: [] };
  step(held.engine, { kind: 'account-start', now: START_MS, ...account });
  return held;
}

function line(
  what: string,
  { perSecond, ratio, rounds }: ReturnType<typeof measureRounds>,
  wanted: number,
  figureWanted: string,
  more: string[],
): Line {
  return {
    row: 'P2',
    what,
    figure: perSecondText(perSecond),
    figureWanted,
    figureMet: perSecond >= wanted,
    ratio,
    ratioWanted: '≥ 0.5 of one hand-inlined function',
    ratioMet: ratio >= RATIO,
    detail: [rounds, ...more],
  };
}

/** A request falls due every 5 µs whether or not the last is done; its latency counts from when it was due. */
function openLoop(engine: HeldEngine['engine'], requests: readonly Request[], seconds: number): Line {
  const count = Math.floor(OPEN_LOOP_PER_SECOND * seconds);
  const latencies = new Float64Array(count);
  const intervalMs = 1000 / OPEN_LOOP_PER_SECOND;
  const begun = performance.now();
  for (let index = 0; index < count; index++) {
    const due = begun + index * intervalMs;
    while (performance.now() < due);
    judgeOpen(engine, requests[index % requests.length]!);
    latencies[index] = (performance.now() - due) * 1000;
  }
  const percentiles = percentilesOf(latencies);
  return {
    row: 'P2',
    what: 'approved, open loop at 200 K/s, from the intended time',
    figure: `p99.9 ${percentiles.p999.toPrecision(3)} µs`,
    figureWanted: 'p99.9 < 5 µs',
    figureMet: percentiles.p999 < 5,
    ratio: null,
    ratioWanted: '',
    ratioMet: true,
    detail: [
      percentilesText(percentiles, 'µs'),
      'after the rounds above as warm-up; the clock is read twice a request',
    ],
  };
}
