import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The processes that this example has started, and ends again. */
export interface Programs {
  start(program: Program): void;
  /** The last that was started ends first. */
  end(): Promise<void>;
  /** `name pid` of each, for whoever wants to look. */
  names(): string[];
}

export interface Program {
  name: string;
  /** What Node.js is given. */
  words: readonly string[];
  /** All of its environment, but for the path: no setting of the caller changes what is seen. */
  env?: Record<string, string>;
  onLine: (line: string) => void;
}

/** An Inspector ends in order in under 5 s; what takes longer is ended by force. */
const ENDS_WITHIN_MS = 8_000;

/** `onEnded` hears of a program that ended without being asked to. */
export function createPrograms(onEnded: (name: string, exitCode: number | null) => void): Programs {
  const running: { name: string; child: ChildProcess; ended: Promise<number | null> }[] = [];
  let isEnding = false;

  return {
    /**
     * It is no part of the terminal's group, so that ^C reaches this process only, which ends them in order; and it has a
     * channel to this process, which tells it when this one is gone, however it ended.
     */
    start({ name, words, env = {}, onLine }) {
      if (isEnding) throw new Error(`${name} is not started: everything is being ended`);
      const child = spawn(process.execPath, words, {
        detached: true,
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      for (const stream of [child.stdout, child.stderr])
        if (stream !== null) createInterface({ input: stream }).on('line', onLine);
      const ended = new Promise<number | null>((resolve) => {
        child.once('exit', resolve);
        child.once('error', () => resolve(null));
      });
      running.push({ name, child, ended });
      void ended.then((exitCode) => {
        if (!isEnding) onEnded(name, exitCode);
      });
    },
    async end() {
      isEnding = true;
      for (const { child, ended } of running.splice(0).reverse()) {
        child.kill('SIGTERM');
        const byForce = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
        await ended;
        clearTimeout(byForce);
      }
    },
    names: () => running.map(({ name, child }) => `${name} ${child.pid}`),
  };
}
