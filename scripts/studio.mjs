// Builds Studio, the page that the Provider serves, when it is missing or older than its sources. Plain JavaScript, run by
// the launcher before anything of the project is loaded. `node scripts/studio.mjs` builds it if needed.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { at, findNode } from './launcher.mjs';

/** A build takes two seconds; one that has not ended by then is given up, and the program starts without the page. */
const BUILD_LIMIT_MS = 120_000;

/** What the page is made of. Its own README, tests and scripts are not in it. */
const sources = ['packages/studio', 'packages/contract/src', 'package-lock.json'];
const ignored = /(^|[/\\])(dist|node_modules|testing|scripts)$|\.test\.tsx?$|\.md$/;

/** When a file or the newest in a folder was changed, in ms; 0 where there is none. */
export function newestChange(path) {
  if (!existsSync(path) || ignored.test(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/** True when the page is missing or a source is newer than it. */
export function isStudioStale(root = at('.')) {
  const built = join(root, 'packages/studio/dist/index.html');
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  return sources.some((source) => newestChange(join(root, source)) > builtAt);
}

/** Builds the page if needed, with a line of progress. False when it could not be built: the program runs without it. */
export function ensureStudioBuilt() {
  if (!isStudioStale()) return true;
  const vite = at('node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) {
    process.stderr.write('Studio is not built, because vite is not installed here; everything else works\n');
    return false;
  }
  process.stderr.write('building Studio (once) … ');
  const begun = performance.now();
  // Beside the checkout's own packages, so that nobody sees half a page and it can be moved into its place.
  const made = at(`node_modules/.cache/studio-${process.pid}`);
  const { status, stdout, stderr } = spawnSync(
    findNode(),
    [vite, 'build', '--logLevel', 'warn', '--outDir', made, '--emptyOutDir'],
    { cwd: at('packages/studio'), encoding: 'utf8', timeout: BUILD_LIMIT_MS },
  );
  if (status !== 0) {
    rmSync(made, { recursive: true, force: true });
    process.stderr.write(`failed; everything else works\n${stdout}${stderr}\n`);
    return false;
  }
  putInPlace(made, at('packages/studio/dist'));
  process.stderr.write(`done in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  return true;
}

function putInPlace(made, place) {
  const before = `${made}-before`;
  mkdirSync(at('node_modules/.cache'), { recursive: true });
  if (existsSync(place)) move(place, before);
  // Somebody else who built at the same time made the same.
  if (!existsSync(place)) move(made, place);
  rmSync(made, { recursive: true, force: true });
  rmSync(before, { recursive: true, force: true });
}

/** A rename, or a copy where the two are on different disks. */
function move(from, to) {
  try {
    renameSync(from, to);
  } catch {
    cpSync(from, to, { recursive: true });
    rmSync(from, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = ensureStudioBuilt() ? 0 : 1;
