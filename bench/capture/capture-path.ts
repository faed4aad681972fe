/** P3: bytes of a recorded venue stream through decoder and engine, against the same path through JSON.parse. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { createEngine, type EngineInput, step } from '@inspector/engine';
import { createCaptureDecoder, engineSymbols } from '@inspector/inspector/ingest';
import { optionsOf } from '../held-engine.ts';
import { measureRounds, perSecondText } from '../rounds.ts';
import type { Line, Row, Size } from '../row.ts';

const CAPTURE = fileURLToPath(new URL('../../../shared/data/usdm_btcusdt_20240808.gz', import.meta.url));
const SHORT_BYTES = 2_000_000;
const NEWLINE = 10;
const FIGURE_PER_SECOND = 2e6;
const RATIO = 5;
const plans = { full: { warmups: 2, rounds: 7 }, short: { warmups: 0, rounds: 1 } };
const account = { connectorType: 'binance', marketType: 'futures' };

export const capturePath: Row = {
  id: 'P3',
  title: 'wire bytes → decision on `usdm_btcusdt_20240808.gz` (parse, book, valuation, limits)',
  method: [
    'Timed: a fresh decoder and engine over the whole recording in memory, lines to frames to the local book to `step`, with a position in the symbol so that each frame values it and moves the limits. Depth updates, tickers and trades as they came.',
    'Left out: unzipping, file reads, journal. The peer is the same decoder with its byte scanner off: every frame through JSON.parse, then the same book and engine.',
  ],
  run,
};

function run(size: Size): Line[] {
  if (!existsSync(CAPTURE)) return [];
  const whole = gunzipSync(readFileSync(CAPTURE));
  const bytes = size === 'full' ? whole : whole.subarray(0, whole.lastIndexOf(NEWLINE, SHORT_BYTES) + 1);
  const messages = feed(bytes, true).messages;
  const result = measureRounds({
    ...plans[size],
    work: messages,
    candidate: () => feed(bytes, true),
    peer: () => feed(bytes, false),
  });
  const decodeOnly = measureRounds({
    ...plans[size],
    work: messages,
    candidate: () => decode(bytes, true),
    peer: () => decode(bytes, false),
  });
  return [
    {
      row: 'P3',
      what: `${messages} messages, ${(bytes.length / messages).toFixed(0)} bytes each`,
      figure: perSecondText(result.perSecond),
      figureWanted: '≥ 2 M/s',
      figureMet: result.perSecond >= FIGURE_PER_SECOND,
      ratio: result.ratio,
      ratioWanted: '≥ 5 × through JSON.parse',
      ratioMet: result.ratio >= RATIO,
      detail: [
        result.rounds,
        `decoding and book alone: ${perSecondText(decodeOnly.perSecond)}, ${decodeOnly.ratio.toFixed(2)} × JSON.parse`,
      ],
    },
  ];
}

function feed(bytes: Uint8Array, scan: boolean): { messages: number; records: number } {
  const engine = createEngine({ options: optionsOf({}) });
  const decoder = createCaptureDecoder({ ...account, symbols: engineSymbols(engine), scan });
  let started = false;
  const emit = (input: EngineInput) => {
    if (!started) {
      started = true;
      const positions = [{ symbol: 'BTCUSDT', side: 'LONG' as const, quantity: 0.1, entryPrice: 61_700 }];
      step(engine, { kind: 'account-start', now: input.now, ...account, walletBalance: 10_000, positions });
    }
    step(engine, input);
  };
  const messages = decoder.decode(bytes, emit);
  return { messages, records: engine.lastSeq };
}

function decode(bytes: Uint8Array, scan: boolean): number {
  let listed = 0;
  const symbols = { idOf: () => (listed > 0 ? 0 : -1), count: () => listed };
  const decoder = createCaptureDecoder({ ...account, symbols, scan });
  let inputs = 0;
  decoder.decode(bytes, (input) => {
    if (input.kind === 'symbol-listed') listed++;
    inputs++;
  });
  return inputs;
}
