import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** The lines of a file, unpacked when its name ends in .gz. */
export function recordedLines(path: string): AsyncIterable<string> {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY });
  const unpacked = createGunzip();
  file.on('error', (error) => unpacked.destroy(error));
  return createInterface({ input: file.pipe(unpacked), crlfDelay: Number.POSITIVE_INFINITY });
}
