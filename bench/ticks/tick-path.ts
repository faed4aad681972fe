/** P1: a market tick through the engine's public `step`, against the same arithmetic on bare typed arrays. */
import { holdPositions } from '../held-engine.ts';
import { measureRounds, perSecondText } from '../rounds.ts';
import type { Line, Row, Size } from '../row.ts';
import { createBareLoop } from './bare-loop.ts';
import { driveEngine, driveEnginePlainly } from './drive-engine.ts';
import { createTickStream } from './tick-stream.ts';

const SYMBOLS = 1000;
const ACCOUNTS = 2;
const FIGURE_PER_SECOND = 5e6;
const RATIO = 0.25;
const plans = {
  full: { ticks: 500_000, warmups: 4, rounds: 9 },
  short: { ticks: 20_000, warmups: 1, rounds: 2 },
};

export const tickPath: Row = {
  id: 'P1',
  title: 'engine, market tick → valuation, trailing, limits (1,000 symbols, 2,000 positions)',
  method: [
    'Timed: `step` with a mark (63 of 64) or a one-level book of a random symbol, each held in two accounts with stop and target at the venue; default options; 50,000 ticks a second of market time, timers included.',
    'Left out: decoding, journal, effects. The bare loop (`bench/ticks/bare-loop.ts`) has no timers, records or depth statistics.',
  ],
  run,
};

function run(size: Size): Line[] {
  const { ticks, warmups, rounds } = plans[size];
  const held = holdPositions(SYMBOLS, ACCOUNTS);
  const bare = createBareLoop(held);
  const stream = createTickStream(ticks, SYMBOLS);
  const result = measureRounds({
    warmups,
    rounds,
    work: ticks,
    candidate: () => driveEngine(held, stream),
    peer: () => bare.run(stream),
  });
  const before = held.engine.lastSeq;
  const plain = measureRounds({
    warmups: 1,
    rounds: Math.ceil(rounds / 3),
    work: ticks,
    candidate: () => driveEnginePlainly(held, stream),
    peer: () => bare.run(stream),
  });
  return [
    {
      row: 'P1',
      what: 'ticks, one core',
      figure: perSecondText(result.perSecond),
      figureWanted: '≥ 5 M/s',
      figureMet: result.perSecond >= FIGURE_PER_SECOND,
      ratio: result.ratio,
      ratioWanted: '≥ 0.25 of a bare typed-array loop',
      ratioMet: result.ratio >= RATIO,
      detail: [
        result.rounds,
        `inputs as plain reused objects: ${perSecondText(plain.perSecond)}, ratio ${plain.ratio.toFixed(3)}`,
        `records written meanwhile: ${held.engine.lastSeq - before}; positions ${held.engine.positions.size}`,
      ],
    },
  ];
}
