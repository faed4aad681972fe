/** P9: from the start of the process to ready, on a new data directory and on one with a long past. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from '../rounds.ts';
import type { Line, Row, Size } from '../row.ts';
import { withDirectory } from '../temporary-directory.ts';
import { prepareDirectory } from './prepare-directory.ts';

const PROGRAM = fileURLToPath(new URL('./inspector-process.ts', import.meta.url));
const UP = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
/** A start that takes longer has failed. */
const GIVE_UP_MS = 60_000;
/** Between two looks, which is how exact the figure is. */
const LOOK_MS = 5;
const plans = {
  full: { starts: 7, records: 1_000_000, positions: 1000 },
  short: { starts: 1, records: 2000, positions: 10 },
};

export const startTime: Row = {
  id: 'P9',
  title: 'start to ready; restart with 1 M audit records and 1,000 positions',
  method: [
    'From spawning Node.js to the moment that health says ready: loading, data directory, recovery, views, REST listening, the venue reconciled. `up` is the whole one-process system on a new data directory, until its health answers 200; the restart is a stand-alone Inspector whose venue answers at once with the 1,000 positions.',
    'The restart begins at a snapshot with no inputs after it, as after an orderly stop. Left out: npm, and the file cache being cold.',
  ],
  run: (size) => withDirectory((directory) => run(directory, size)),
};

async function run(directory: string, size: Size): Promise<Line[]> {
  const { starts, records, positions } = plans[size];
  const up: number[] = [];
  const again: number[] = [];
  const old = join(directory, 'old');
  const venue = join(directory, 'venue.json');
  prepareDirectory(old, venue, { records, positions });
  for (let start = 0; start < starts; start++) {
    up.push(await startUp(join(directory, `up-${start}`)));
    again.push(await timeToReady([PROGRAM, old, venue], (output) => output.includes('ready'), {}));
  }
  const kept = `${records} records, ${positions} positions`;
  return [line('up, new directory', up, 1500, '< 1.5 s'), line(`restart, ${kept}`, again, 2000, '< 2 s')];
}

async function startUp(dataDir: string): Promise<number> {
  const env = { INSPECTOR_DATA_DIR: dataDir, INSPECTOR_PORT: '0', PROVIDER_PORT: '0', LOG_LEVEL: 'info' };
  return timeToReady([UP, 'up'], isUpReady, env);
}

/** The address of the Inspector's REST is printed; its health then says whether entries can be decided. */
async function isUpReady(output: string): Promise<boolean> {
  const address = /"inspector":"(http:[^"]+)"/.exec(output)?.[1];
  if (address === undefined) return false;
  const response = await fetch(`${address}/api/inspector/health`);
  return ((await response.json()) as { ready: boolean }).ready;
}

type Look = (output: string) => boolean | Promise<boolean>;

/** Milliseconds until `isReady`. The process is then told to end, and waited for. */
async function timeToReady(args: string[], isReady: Look, env: Record<string, string>): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const timer = setTimeout(() => child.kill('SIGKILL'), GIVE_UP_MS);
  let output = '';
  const read = (data: Buffer) => {
    output += data.toString();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const ended = once(child, 'close');
  try {
    while (!(await isReady(output))) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${args.join(' ')} did not become ready: ${output.slice(-2000)}`);
      await pause(LOOK_MS);
    }
    return performance.now() - begun;
  } finally {
    clearTimeout(timer);
    child.kill('SIGTERM');
    await ended;
  }
}

function line(what: string, times: readonly number[], most: number, figureWanted: string): Line {
  const figure = median(times);
  return {
    row: 'P9',
    what,
    figure: `${(figure / 1000).toFixed(2)} s`,
    figureWanted,
    figureMet: figure < most,
    ratio: null,
    ratioWanted: '',
    ratioMet: true,
    detail: [
      `n ${times.length}, ${(Math.min(...times) / 1000).toFixed(2)} to ${(Math.max(...times) / 1000).toFixed(2)} s`,
    ],
  };
}
