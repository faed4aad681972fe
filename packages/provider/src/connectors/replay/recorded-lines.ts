import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { ConnectorError } from '../connector.ts';

/** Longest line that is taken: a book of thousands of levels is far below. A longer one ends the recording with an error. */
export const LINE_LENGTH_LIMIT = 4 * 1024 * 1024;

export interface RecordedLine {
  number: number;
  text: string;
}

/** The lines of a file, plain, or gzip when its name ends in .gz. Errors: INPUT_UNREADABLE with the file's name. */
export async function* recordedLines(file: string): AsyncGenerator<RecordedLine> {
  const source = createReadStream(file);
  const input = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    input.destroy();
  };
  source.on('error', fail);
  input.on('error', fail);
  let number = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (text.length > LINE_LENGTH_LIMIT)
        throw new Error(`line ${number} is longer than ${LINE_LENGTH_LIMIT} characters`);
      if (text.trim() !== '') yield { number, text };
    }
  } catch (error) {
    failure ??= error instanceof Error ? error : new Error(String(error));
  } finally {
    source.destroy();
  }
  if (failure) throw unreadable(file, failure.message);
}

export const unreadable = (file: string, why: string): ConnectorError =>
  new ConnectorError('INPUT_UNREADABLE', `The recording ${file} cannot be read: ${why}`);
