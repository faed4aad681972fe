import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createBackoff } from '#backoff.ts';
import { lastLines } from '#last-lines.ts';
import type { PidFiles } from '#pid-files.ts';
import { stackError } from '#stack-error.ts';

/** An Inspector gives up an orderly stop after 4.5 s; a program that has not ended after this is killed. */
const STOP_MS = 10_000;
/** A first start on a busy machine takes seconds. */
const READY_MS = 60_000;
const ASK_EVERY_MS = 100;
/** `inspector` ends with this when its environment is refused: it would be refused again. */
const REFUSED = 2;

export interface Program {
  name: string;
  command: readonly string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** True for a program that ends in order when its channel to this process closes. */
  hasChannel: boolean;
  /** True once it does its work. */
  isReady: () => Promise<boolean>;
}

export interface KeptProgram {
  /** Resolves when it is ready; rejects with `PROGRAM_FAILED` when it was given up before, or takes too long. */
  untilReady(): Promise<void>;
  /** Ends it, and does not start it again. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

interface KeeperPorts {
  pidFiles: PidFiles;
  say: (message: string) => void;
}

/** Starts a program, and starts it again whenever it ends, with growing pauses and not for ever. */
export function keepProgram(program: Program, { pidFiles, say }: KeeperPorts): KeptProgram {
  const { name, logFile } = program;
  const backoff = createBackoff();
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let givenUp: string | undefined;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const begunAt = performance.now();
      const how = await runOnce();
      if (stopping.signal.aborted) return;
      const pause = how === `code ${REFUSED}` ? undefined : backoff.pauseAfter(performance.now() - begunAt);
      if (pause === undefined) {
        givenUp = `${name} ended with ${how} and is not started again`;
        say(`${givenUp}; its log: ${logFile}`);
        return;
      }
      say(`${name} ended with ${how}; again in ${pause / 1000} s`);
      await wait(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  /** Resolves with how it ended. */
  function runOnce(): Promise<string> {
    const log = openSync(logFile, 'a');
    const [file, ...words] = program.command;
    child = spawn(file!, words, {
      env: program.env,
      stdio: ['ignore', log, log, ...(program.hasChannel ? (['ipc'] as const) : [])],
      detached: true, // a ^C is for the stack, which ends its parts in order
    });
    closeSync(log);
    if (child.pid !== undefined) pidFiles.note(name, child.pid);
    return new Promise((resolve) => {
      const done = (how: string) => {
        child = undefined;
        pidFiles.remove(name);
        resolve(how);
      };
      child!.once('error', (error) => done(error.message));
      child!.once('exit', (code, signal) => done(signal ?? `code ${code}`));
    });
  }

  const running = run();
  return {
    async untilReady() {
      const deadline = performance.now() + READY_MS;
      while (!(child !== undefined && (await program.isReady()))) {
        const trouble =
          givenUp ?? (performance.now() > deadline ? `${name} was not ready in ${READY_MS / 1000} s` : '');
        if (trouble !== '') throw stackError('PROGRAM_FAILED', trouble, [`${logFile}:`, ...lastLines(logFile)]);
        if (stopping.signal.aborted) return;
        await wait(ASK_EVERY_MS);
      }
    },
    async stop() {
      stopping.abort();
      child?.kill('SIGTERM');
      const timer = setTimeout(() => {
        say(`${name} outlived SIGTERM for ${STOP_MS / 1000} s and is killed`);
        child?.kill('SIGKILL');
      }, STOP_MS);
      await running;
      clearTimeout(timer);
    },
    kill() {
      stopping.abort();
      child?.kill('SIGKILL');
    },
  };
}
