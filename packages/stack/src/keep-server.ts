import { setTimeout as wait } from 'node:timers/promises';
import { createBackoff } from '#backoff.ts';
import type { PidFiles } from '#pid-files.ts';
import { identityOf } from '#process-identity.ts';

const LOOK_MS = 250;

/** What Redis and QuestDB of `@inspector/servers` have in common. */
export interface Server {
  readonly pid: number | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface KeptServer {
  stop(): Promise<void>;
  kill(): void;
}

interface KeeperPorts {
  pidFiles: PidFiles;
  say: (message: string) => void;
}

/** Starts a server again whenever it ends, on the same port and data, with growing pauses and not for ever. */
export function keepServer(name: string, server: Server, { pidFiles, say }: KeeperPorts): KeptServer {
  const backoff = createBackoff();
  const stopping = new AbortController();
  let begunAt = performance.now();

  const note = () => {
    if (server.pid !== undefined) pidFiles.note(name, server.pid);
  };
  const isRunning = () => server.pid !== undefined && identityOf(server.pid) !== undefined;
  const pauseFor = (ms: number) => wait(ms, undefined, { signal: stopping.signal }).catch(() => {});

  async function watch(): Promise<void> {
    note();
    while (!stopping.signal.aborted) {
      await pauseFor(LOOK_MS);
      if (stopping.signal.aborted || isRunning()) continue;
      pidFiles.remove(name);
      const pause = backoff.pauseAfter(performance.now() - begunAt);
      if (pause === undefined) {
        say(`${name} keeps ending and is not started again`);
        return;
      }
      say(`${name} ended; again in ${pause / 1000} s`);
      await pauseFor(pause);
      if (stopping.signal.aborted) return;
      begunAt = performance.now();
      try {
        await server.start();
        note();
      } catch (error) {
        say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await watching;
      await server.stop();
      pidFiles.remove(name);
    },
    kill() {
      stopping.abort();
      void server.kill();
    },
  };
}
