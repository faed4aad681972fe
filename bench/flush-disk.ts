import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PAGE_BYTES = 4096;

/** A file to be flushed on the disk that holds `directory`: what one fsync costs there at the moment. */
export interface DiskFlush {
  /** Appends 4 KiB and flushes, again and again for `ms`; adds what each took, in ms, to `into`. */
  flushFor(ms: number, into: number[]): void;
  close(): void;
}

export function openDiskFlush(directory: string): DiskFlush {
  const file = openSync(join(directory, 'flushed'), 'w');
  const page = Buffer.alloc(PAGE_BYTES, 1);
  return {
    flushFor(ms, into) {
      const end = performance.now() + ms;
      for (;;) {
        const begun = performance.now();
        if (begun >= end) return;
        writeSync(file, page);
        fsyncSync(file);
        into.push(performance.now() - begun);
      }
    },
    close: () => closeSync(file),
  };
}
