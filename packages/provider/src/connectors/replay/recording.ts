import { createCaptureReader, marketTypeOfFrame } from './capture-reader.ts';
import { marketOf, type RecordedEvent, readRecordedEvent } from './envelope-reader.ts';
import { recordedLines, unreadable } from './recorded-lines.ts';

/** Lines that are looked at to learn what a file is. */
const LINES_PROBED = 1000;

export interface Recording {
  file: string;
  /** The market in the file's own names; events of others in it are passed over. */
  connectorType: string;
  marketType: string;
  /** From the beginning, in order. Errors: INPUT_UNREADABLE, with the line's number where there is one. */
  events(): AsyncGenerator<RecordedEvent>;
}

/** Opens a replay file (contract 9) or a capture of Binance streams, told apart by the first line. */
export async function openRecording(file: string): Promise<Recording> {
  let isCapture: boolean | undefined;
  for await (const { number, text } of recordedLines(file)) {
    isCapture ??= /^\d{16,20} /.test(text);
    const market = readLine(file, number, () => (isCapture ? captureMarket(text) : envelopeMarket(text)));
    if (market) return { file, ...market, events: () => eventsOf(file, market, isCapture === true) };
    if (number >= LINES_PROBED) break;
  }
  throw unreadable(file, 'there is no market data in its beginning');
}

type Market = Pick<Recording, 'connectorType' | 'marketType'>;

function captureMarket(text: string): Market | undefined {
  const marketType = marketTypeOfFrame(text);
  return marketType && { connectorType: 'binance', marketType };
}

function envelopeMarket(text: string): Market | undefined {
  const recorded = readRecordedEvent(text);
  if (!recorded) return undefined;
  const { connectorType, marketType } = marketOf(recorded);
  return { connectorType, marketType };
}

async function* eventsOf(file: string, market: Market, isCapture: boolean): AsyncGenerator<RecordedEvent> {
  const readCapture = createCaptureReader(market);
  for await (const { number, text } of recordedLines(file)) {
    if (isCapture) {
      for (const envelope of readLine(file, number, () => readCapture(text)))
        yield { kind: 'event', at: envelope.timestamp, envelope };
      continue;
    }
    const recorded = readLine(file, number, () => readRecordedEvent(text));
    if (!recorded) continue;
    const { connectorType, marketType } = marketOf(recorded);
    if (connectorType === market.connectorType && marketType === market.marketType) yield recorded;
  }
}

function readLine<T>(file: string, number: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(file, `line ${number}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
