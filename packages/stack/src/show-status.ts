import { openPidFiles } from '#pid-files.ts';
import { readState } from '#state-file.ts';

/** What runs on a directory, a line a process; and whether a stack looks after it. */
export function showStatus(directory: string): { isUp: boolean; text: string } {
  const state = readState(directory);
  const running = openPidFiles(directory).running();
  const lines = [
    state === undefined
      ? `  no stack runs on ${directory}`
      : `  the stack runs, pid ${state.pid}${state.upAt === null ? ', starting' : ''}, on ${directory}`,
    ...running.map(({ name, pid }) => `  ${name.padEnd(12)} pid ${pid}`),
    ...Object.entries(state?.addresses ?? {}).map(([name, address]) => `  ${name.padEnd(12)} ${address}`),
  ];
  if (state === undefined && running.length > 0) lines.push('  left by one that was killed: npm run stack -- stop');
  return { isUp: state !== undefined && state.upAt !== null, text: `${lines.join('\n')}\n` };
}
