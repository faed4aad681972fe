/** `inspector replay`: a file's events through the engine, and the audit out (contract 9). */
import type { Writable } from 'node:stream';
import type { AuditRecord } from '@inspector/contract';
import { createCaptureDecoder, engineSymbols, isCaptureLineError } from '@inspector/inspector/ingest';
import { type Comparison, type ComparisonFold, createComparison } from './comparison.ts';
import { openOutput } from './output-lines.ts';
import { createPaperVenue } from './paper-venue.ts';
import { type Progress, readLines } from './read-lines.ts';
import { lineError } from './replay-error.ts';
import { parseReplayLine, type ReplayLine } from './replay-line.ts';
import { createSession, type Session } from './session.ts';
import { readOptions, readPaperTerms } from './settings.ts';
import { createSummary, type ReplaySummary, type SummaryFold } from './summary.ts';

/** A recording of Binance's combined streams, and the names that its events get. */
export interface CaptureFormat {
  connector: string;
  market: 'futures' | 'spot';
}

export interface ReplayConfig {
  /** Path of the events, plain or gzip. */
  input: string;
  /** Present when the file is a capture and no event file. */
  capture?: CaptureFormat | undefined;
  /** Path of an options file, over the defaults. */
  options?: string | undefined;
  /** Path of another one: the run is made with both and compared. */
  compare?: string | undefined;
  venue: 'none' | 'paper';
  latencyMs?: number;
  /** Path for the records; stdout without one. */
  out?: string | undefined;
  /** `PAPER_*` */
  env?: Readonly<Record<string, string | undefined>>;
  stdout?: Writable;
  onProgress?: (progress: Progress & { events: number }) => void;
}

export interface ReplayResult {
  summary: ReplaySummary;
  comparison?: Comparison;
}

/** Runs a replay to its end. Throws a ReplayError: what was recorded until then has been written. */
export async function runReplay(config: ReplayConfig): Promise<ReplayResult> {
  const terms = readPaperTerms(config.env ?? process.env);
  const optionSets = [await readOptions(config.options)];
  if (config.compare !== undefined) optionSets.push(await readOptions(config.compare));
  const output = await openOutput(config.out, config.stdout ?? process.stdout);
  const comparison = config.compare === undefined ? null : createComparison();

  const runs = optionSets.map((options, index) => {
    const summary = createSummary();
    const side = index === 0 ? 'base' : 'other';
    const onRecord = (record: AuditRecord) => {
      if (index === 0) output.write(record);
      summary.add(record);
      comparison?.add(side, record);
    };
    const venue =
      config.venue === 'paper'
        ? createPaperVenue({ ...terms, priceStaleMs: options.tradeSettings.priceStaleMs })
        : null;
    const latencyMs = config.latencyMs ?? 0;
    return { summary, session: createSession({ options, venue, paperBalance: terms.balance, latencyMs, onRecord }) };
  });

  const sessions = runs.map((run) => run.session);
  const taker = config.capture ? createCaptureTaker(sessions, config.capture) : createLineTaker(sessions, comparison);
  let events = 0;
  try {
    for await (const piece of readLines(config.input, (progress) => config.onProgress?.({ ...progress, events }))) {
      events += taker(piece);
      await output.flush();
    }
    return finish(runs, events, comparison, output);
  } finally {
    await output.close();
  }
}

/** Takes a piece of whole lines and returns how many of them were no blanks. */
type PieceTaker = (piece: Buffer) => number;

function createLineTaker(sessions: readonly Session[], comparison: ComparisonFold | null): PieceTaker {
  const order = createLineOrder();
  let number = 0;
  return (piece) => {
    let taken = 0;
    for (const bytes of linesOf(piece)) {
      number++;
      if (order.isBlank(bytes, number)) continue;
      // Parsed once a session: an engine may keep what it is given.
      for (const session of sessions) session.take(order.check(parseReplayLine(bytes, number), number));
      comparison?.endLine(number);
      taken++;
    }
    return taken;
  };
}

function createCaptureTaker(sessions: readonly Session[], { connector, market }: CaptureFormat): PieceTaker {
  const takers = sessions.map((session) => {
    const symbols = engineSymbols(session.engine);
    const decoder = createCaptureDecoder({ connectorType: connector, marketType: market, symbols });
    return (piece: Buffer) => decoder.decode(piece, session.feed);
  });
  return (piece) => {
    try {
      return takers.map((take) => take(piece))[0] ?? 0;
    } catch (error) {
      throw isCaptureLineError(error) ? lineError(error.line, error.message) : error;
    }
  };
}

function finish(
  runs: readonly { summary: SummaryFold; session: Session }[],
  events: number,
  comparison: ComparisonFold | null,
  output: { write(value: unknown): void },
): ReplayResult {
  const [summary, other] = runs.map((run) => run.summary.finish(run.session.engine, events));
  const compared = comparison && other ? comparison.finish(summary!, other) : null;
  if (compared) output.write({ kind: 'REPLAY_COMPARISON', data: compared });
  output.write({ kind: 'REPLAY_SUMMARY', data: summary });
  return compared ? { summary: summary!, comparison: compared } : { summary: summary! };
}

const NEWLINE = 10;

function* linesOf(piece: Buffer): Generator<Buffer> {
  let start = 0;
  while (start < piece.length) {
    const newline = piece.indexOf(NEWLINE, start);
    const end = newline < 0 ? piece.length : newline;
    yield piece.subarray(start, end);
    start = end + 1;
  }
}

/** What a line's place in the file demands of it. */
function createLineOrder() {
  let newest = 0;
  let blank = 0;
  let begun = false;
  return {
    /** Blank lines may end a file, and stand nowhere else. */
    isBlank(line: Buffer, number: number): boolean {
      if (line.toString().trim() === '') {
        blank ||= number;
        return true;
      }
      if (blank > 0) throw lineError(blank, 'not JSON: the line is blank');
      return false;
    },
    check(line: ReplayLine, number: number): ReplayLine {
      if (line.now < newest) throw lineError(number, `timestamp ${line.now} goes back in time, before ${newest}`);
      if (line.kind !== 'account') begun = true;
      else if (begun) throw lineError(number, 'REPLAY_ACCOUNT must come before everything else');
      newest = line.now;
      return line;
    },
  };
}
