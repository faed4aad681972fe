import { exitCodes } from './exit-codes.ts';
import type { OperatingError } from './operating-error.ts';

/** What the owner can do, by the code of the error. */
const advice: Readonly<Record<string, string>> = {
  DATA_DIR_HELD: 'Stop that process, or give this one a directory of its own with INSPECTOR_DATA_DIR.',
  DATA_DIR_FOREIGN: 'Set INSPECTOR_DATA_DIR to an empty or new directory, or to one that this Inspector wrote.',
  DATA_DIR_CORRUPT: 'Nothing was changed. Restore the directory from a backup, or set INSPECTOR_DATA_DIR to a new one.',
  DATA_DIR_NEWER: 'Start the version that wrote it, or set INSPECTOR_DATA_DIR to another directory.',
  DATA_DIR_UNWRITABLE: 'Give this user the right to write there, or set INSPECTOR_DATA_DIR to another directory.',
  JOURNAL_FULL: 'Free some space on that disk and start again.',
  JOURNAL_IO: 'Look at the disk and the system log, then start again.',
  JOURNAL_DIVERGED:
    'After an upgrade: start the version that wrote the journal, stop it in order, then start this one. With the same version it is a mistake of the program: keep the directory and report it.',
  PORT_IN_USE: 'INSPECTOR_PORT and PROVIDER_PORT choose other ports; 0 takes any free one.',
  PORT_FORBIDDEN: 'INSPECTOR_PORT and PROVIDER_PORT choose other ports.',
  HOST_NOT_AVAILABLE: 'INSPECTOR_HOST and PROVIDER_HOST say where to listen.',
  ACCOUNT_MODE: 'docs/venues.md says which modes of an account are governed, and how to change them at the venue.',
  MARKET_TYPE_UNKNOWN: '',
  VENUE_UNKNOWN: '',
  INPUT_UNREADABLE: 'CONNECTORS=replay:<file> names a recording: one event a line, plain or .gz.',
  STATE_UNREADABLE: '',
  REDIS_URL: 'EVENT_BUS_URL is memory: or an address such as redis://user:password@host:6379/0.',
  REDIS_UNREACHABLE:
    'EVENT_BUS_URL says where Redis is: start it, or correct the address; rediss:// where it speaks TLS.',
};

export interface Failure {
  exitCode: number;
  text: string;
}

/**
 * An error as a person should read it: code, place, what to do. Only an error that no code names, a bug, shows its stack.
 * `during` is the command, such as `up`.
 */
export function describeFailure(error: unknown, during: string): Failure {
  if (!(error instanceof Error)) return { exitCode: exitCodes.bug, text: `inspector ${during}: ${String(error)}\n` };
  const code = codeOf(error);
  if (code === undefined) {
    const text = `inspector ${during}: INTERNAL: a mistake of the program, please report it\n${error.stack ?? error.message}\n`;
    return { exitCode: exitCodes.bug, text };
  }
  const { exitCode = exitCodes.failed, details = [] } = error as Partial<OperatingError>;
  const lines = [`inspector ${during}: ${code}: ${error.message}`, ...details.map((detail) => `  ${detail}`)];
  if (advice[code]) lines.push(`  ${advice[code]}`);
  return { exitCode, text: `${lines.join('\n')}\n` };
}

/** Ours, the operating system's and SQLite's errors carry a code; what JavaScript itself throws does not. */
function codeOf(error: Error): string | undefined {
  if (!('code' in error) || typeof error.code !== 'string') return undefined;
  const { code } = error;
  if (code === 'ERR_SQLITE_ERROR') return 'STORE_UNREADABLE';
  const isOfNode = code.startsWith('ERR_') || error instanceof TypeError;
  return isOfNode ? undefined : code;
}
