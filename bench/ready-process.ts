import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A start that takes longer has failed. */
const GIVE_UP_MS = 60_000;

export interface ReadyProcess {
  /** What stands behind `ready ` in the line that it printed. */
  said: string;
  /** Tells it to end, and waits until it has. */
  stop(): Promise<void>;
}

/** Starts a program of Node.js that prints `ready …` when it is, and ends at SIGTERM. */
export async function startReady(args: readonly string[]): Promise<ReadyProcess> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const timer = setTimeout(() => child.kill('SIGKILL'), GIVE_UP_MS);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  let output = '';
  for await (const data of child.stdout.iterator({ destroyOnReturn: false })) {
    output += String(data);
    const said = /^ready (.*)\n/m.exec(output)?.[1];
    if (said === undefined) continue;
    clearTimeout(timer);
    child.stdout.resume();
    return { said, stop };
  }
  clearTimeout(timer);
  await stop();
  throw new Error(`${args.join(' ')} did not become ready: ${output.slice(-2000)}`);
}
