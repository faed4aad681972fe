/** Where a replay's lines go: a file or stdout, gathered so that a line costs no system call. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { fileError } from './replay-error.ts';

export interface OutputLines {
  write(value: unknown): void;
  /** Resolves when the target has room again: call it between pieces of input, and memory stays bounded. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** `path` undefined: stdout, which stays open. Throws a ReplayError (2) where the file cannot be written. */
export async function openOutput(path: string | undefined, stdout: Writable): Promise<OutputLines> {
  const target = path === undefined ? stdout : createWriteStream(path);
  let failure: Error | null = null;
  let gone = false;
  target.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe may leave (`| head`): then nobody wants the rest.
    if (error.code === 'EPIPE') gone = true;
    else failure = error;
  });
  if (path !== undefined) {
    try {
      await once(target, 'open');
    } catch (error) {
      throw fileError(path, error);
    }
  }
  let lines: string[] = [];

  async function flush(): Promise<void> {
    if (failure) throw fileError(path ?? 'stdout', failure);
    if (lines.length === 0 || gone) {
      lines = [];
      return;
    }
    const text = `${lines.join('\n')}\n`;
    lines = [];
    await new Promise<void>((resolve) => target.write(text, () => resolve()));
  }

  return {
    write: (value) => void lines.push(JSON.stringify(value)),
    flush,
    async close() {
      await flush();
      if (failure) throw fileError(path ?? 'stdout', failure);
      if (path !== undefined) await new Promise<void>((resolve) => target.end(resolve));
    },
  };
}
