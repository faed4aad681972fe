/** Reads a file as whole lines, plain or gzip, in pieces: memory does not grow with the file. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fileError, lineError } from './replay-error.ts';

/** A longer line stops the run: it could not be held in memory with its parsed form. */
export const LINE_LIMIT_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;
const NEWLINE = 10;

export interface Progress {
  /** Of the file as it is on disk. */
  bytesRead: number;
  bytesTotal: number;
}

/**
 * Yields pieces that end where a line ends; the last may lack its newline. Each piece is valid until the next is asked
 * for. Throws a ReplayError: 2 when the file cannot be read, 3 when a line is too long.
 */
export async function* readLines(path: string, onProgress?: (progress: Progress) => void): AsyncGenerator<Buffer> {
  const { bytesTotal, gzip } = await inspectFile(path);
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  let stream: Readable = file;
  if (gzip) {
    const unzipped = createGunzip({ chunkSize: PIECE_BYTES });
    file.on('error', (error) => unzipped.destroy(error));
    stream = file.pipe(unzipped);
  }
  let held: Buffer[] = [];
  let heldBytes = 0;
  let lines = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      onProgress?.({ bytesRead: file.bytesRead, bytesTotal });
      const end = chunk.lastIndexOf(NEWLINE) + 1;
      if (end === 0) {
        held.push(chunk);
        heldBytes += chunk.length;
        if (heldBytes > LINE_LIMIT_BYTES) throw lineError(lines + 1, `longer than ${LINE_LIMIT_BYTES} bytes`);
        continue;
      }
      held.push(chunk.subarray(0, end));
      const piece = held.length === 1 ? held[0]! : Buffer.concat(held);
      lines += countLines(piece);
      yield piece;
      held = end < chunk.length ? [chunk.subarray(end)] : [];
      heldBytes = chunk.length - end;
    }
  } catch (error) {
    throw error instanceof Error && error.name === 'ReplayError' ? error : fileError(path, error);
  } finally {
    file.destroy();
  }
  if (held.length > 0) yield Buffer.concat(held);
}

async function inspectFile(path: string): Promise<{ bytesTotal: number; gzip: boolean }> {
  try {
    const file = await open(path, 'r');
    try {
      const status = await file.stat();
      if (!status.isFile()) throw new Error('not a file');
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return { bytesTotal: status.size, gzip: bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

function countLines(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
