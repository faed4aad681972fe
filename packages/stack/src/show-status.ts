import { askRole } from '#ask-role.ts';
import { openPidFiles } from '#pid-files.ts';
import { readState } from '#state-file.ts';

/** Where a process listens, in the names of the stack's addresses. */
const addressOf: Readonly<Record<string, string>> = { 'inspector-1': 'inspector', 'inspector-2': 'standby' };

interface Status {
  isUp: boolean;
  text: string;
}

/** What runs on a directory, a line a process; and whether a stack looks after it. */
export async function showStatus(directory: string, inspectorToken: string | undefined): Promise<Status> {
  const state = readState(directory);
  const running = openPidFiles(directory).running();
  const lines = [
    state === undefined
      ? `  no stack runs on ${directory}`
      : `  the stack runs, pid ${state.pid}${state.upAt === null ? ', starting' : ''}, on ${directory}`,
  ];
  for (const { name, pid } of running) {
    const address = state?.addresses[addressOf[name] ?? name] ?? '';
    const role = name in addressOf && address !== '' ? await askRole(address, inspectorToken) : '';
    lines.push(`  ${name.padEnd(12)} pid ${String(pid).padEnd(9)} ${address.padEnd(24)}  ${role}`.trimEnd());
  }
  if (state === undefined && running.length > 0) lines.push('  left by one that was killed: npm run stack -- stop');
  return { isUp: state !== undefined && state.upAt !== null, text: `${lines.join('\n')}\n` };
}
