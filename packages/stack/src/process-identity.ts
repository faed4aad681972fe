import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** `ps` answers at once or not at all. */
const PS_MS = 5_000;

/**
 * Tells a process from a later one with the same pid, by when it began. Undefined when none runs; one that has ended and
 * was not yet collected does not run.
 */
export function identityOf(pid: number): string | undefined {
  if (process.platform === 'linux') return fromProc(pid);
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    timeout: PS_MS,
  });
  return stdout?.trim() || undefined;
}

function fromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it is in brackets and may hold anything. Then: state, and 19 fields on the start in ticks since boot.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
