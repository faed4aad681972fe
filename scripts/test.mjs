// npm test: installs what is missing, then types, lint, unused code, and all tests. Stops at the first phase that fails.
import { availableParallelism } from 'node:os';
import { runChecks, runPhase } from './check.mjs';
import { ensureInstalled, findNode } from './launcher.mjs';

/** Test files at a time: many of them wait for a process or a timer, so even one core takes two. */
const FILES_AT_A_TIME = Math.max(2, availableParallelism());

const wanted = process.argv.slice(2);
const files =
  wanted.length > 0
    ? wanted
    : ['packages/*/src', 'scripts', 'bench', 'deploy', 'examples'].map((folder) => `${folder}/**/*.test.ts`);

ensureInstalled();
if (wanted.length === 0) runChecks();
runPhase('tests', [findNode(), '--test', `--test-concurrency=${FILES_AT_A_TIME}`, '--test-reporter=spec', ...files]);
process.stdout.write('── all good\n');
