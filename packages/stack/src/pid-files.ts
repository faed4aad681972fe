import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from '#process-identity.ts';

/** A process that the stack has started. The file outlives a crash of the stack. */
export interface StartedProcess {
  name: string;
  pid: number;
  identity: string;
}

/** Pid files of a directory: one for each process that was started and has not been seen to end. */
export interface PidFiles {
  note(name: string, pid: number): void;
  remove(name: string): void;
  /** Those of which the same process still runs. */
  running(): StartedProcess[];
}

export function openPidFiles(stackDirectory: string): PidFiles {
  const directory = join(stackDirectory, 'run');
  mkdirSync(directory, { recursive: true });
  const fileOf = (name: string) => join(directory, `${name}.json`);

  return {
    note(name, pid) {
      const identity = identityOf(pid);
      if (identity === undefined) return; // has ended already
      const part = `${fileOf(name)}.part`;
      writeFileSync(part, JSON.stringify({ name, pid, identity }));
      renameSync(part, fileOf(name));
    },
    remove: (name) => rmSync(fileOf(name), { force: true }),
    running() {
      const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
      return files.flatMap((file) => {
        const started = read(join(directory, file));
        return started !== undefined && identityOf(started.pid) === started.identity ? [started] : [];
      });
    },
  };
}

function read(file: string): StartedProcess | undefined {
  try {
    const { name, pid, identity } = JSON.parse(readFileSync(file, 'utf8')) as Partial<StartedProcess>;
    return typeof name === 'string' && Number.isInteger(pid) && typeof identity === 'string'
      ? { name, pid: pid!, identity }
      : undefined;
  } catch {
    return undefined;
  }
}
