// Types, lint, and what is unused: everything that is checked without running the project.
// node scripts/check.mjs [PHASE …] runs all phases, or those named.
import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { at, ensureInstalled } from './launcher.mjs';

/** What `npm` runs each tool with: the pinned Node.js first. */
const env = { ...process.env, PATH: `${at('node_modules/.bin')}${delimiter}${process.env.PATH}` };

const checks = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of the engine', command: ['tsc', '-p', 'packages/engine'] },
  { name: 'types of Studio', command: ['tsc', '-p', 'packages/studio'] },
  { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'unused code', command: ['knip', '--strict', '--no-progress'] },
];

/** Runs a phase and says how it went. Ends the process with the phase's exit code when it fails. */
export function runPhase(name, [command, ...args]) {
  const begun = performance.now();
  process.stdout.write(`── ${name}\n`);
  const { status } = spawnSync(command, args, { cwd: at('.'), env, stdio: 'inherit' });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (status === 0) {
    process.stdout.write(`   ${name}: good (${seconds} s)\n`);
    return;
  }
  process.stdout.write(`   ${name}: FAILED (${seconds} s): ${[command, ...args].join(' ')}\n`);
  process.exit(status ?? 1);
}

export function runChecks() {
  for (const { name, command } of checks) runPhase(name, command);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  runChecks();
}
