import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from '#process-identity.ts';
import { stackError } from '#stack-error.ts';

/** What a running stack says of itself in its directory. Holds no secret. */
export interface StackState {
  pid: number;
  identity: string;
  /** Address of each part, for people and tests. */
  addresses: Record<string, string>;
  /** Unix milliseconds; null until all parts are up. */
  upAt: number | null;
}

const fileOf = (directory: string) => join(directory, 'stack.json');

/** The stack that runs on a directory; undefined when none does. */
export function readState(directory: string): StackState | undefined {
  try {
    const state = JSON.parse(readFileSync(fileOf(directory), 'utf8')) as StackState;
    return identityOf(state.pid) === state.identity ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the directory for this process. Throws `STACK_RUNNING` when another has it. */
export function claimDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true });
  const other = readState(directory);
  if (other === undefined) rmSync(fileOf(directory), { force: true });
  try {
    writeFileSync(fileOf(directory), JSON.stringify({ ...own(), addresses: {}, upAt: null }), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw stackError('STACK_RUNNING', `a stack runs on ${directory} (pid ${other?.pid ?? 'of another start'})`, [
      'npm run stack -- stop ends it; STACK_DIR chooses another directory.',
    ]);
  }
}

export function writeState(directory: string, state: Pick<StackState, 'addresses' | 'upAt'>): void {
  writeFileSync(fileOf(directory), JSON.stringify({ ...own(), ...state }));
}

export const removeState = (directory: string): void => rmSync(fileOf(directory), { force: true });

const own = (): Pick<StackState, 'pid' | 'identity'> => ({
  pid: process.pid,
  identity: identityOf(process.pid) ?? '',
});
