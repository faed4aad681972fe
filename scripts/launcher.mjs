// Finds the Node.js that runs TypeScript, installs what is missing in a checkout, and starts a program with both.
// Plain JavaScript, because the system's Node.js (20 or later) may be too old to run TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_FOR_TYPESCRIPT = 24;
/** npm writes its own lockfile copy a moment before or after the folder's: closer than this is "installed". */
const LOCKFILE_SLACK_MS = 5000;
/** How often the launcher looks whether npm, which started it, is still there. */
const PARENT_LOOK_MS = 500;

/** A path of this checkout or package. */
export const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const changed = (path) => (existsSync(at(path)) ? statSync(at(path)).mtimeMs : 0);

/** Installs once, and again whenever the lockfile has changed. Ends the process when that fails. */
export function ensureInstalled() {
  if (changed('package-lock.json') <= changed('node_modules/.package-lock.json') + LOCKFILE_SLACK_MS) return;
  process.stderr.write('installing dependencies (once) …\n');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: at('.'),
    stdio: ['ignore', 2, 2],
  });
  if (done.status === 0) return;
  process.stderr.write('npm ci failed: see above; nothing was started\n');
  process.exit(done.status ?? 1);
}

/** The pinned Node.js, else this one. Ends the process when neither can run TypeScript. */
export function findNode() {
  const pinned = pinnedNode();
  if (pinned !== undefined) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_FOR_TYPESCRIPT) return process.execPath;
  process.stderr.write(
    `inspector needs Node.js ${OLDEST_FOR_TYPESCRIPT}: the pinned copy (npm package "node") is not installed here and this is Node.js ${process.versions.node}.\n` +
      'Install again with install scripts allowed, or install Node.js 24.\n',
  );
  process.exit(1);
}

/** An optional dependency: its install script may have been skipped, or there may be no binary for this machine. */
function pinnedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const binary = join(dirname(manifest), 'bin/node');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Starts Node.js with these arguments in place of this process: same streams, same signals, same exit code. The channel
 * tells the program when this launcher is gone, however it ended.
 */
export function launch(args) {
  const child = spawn(findNode(), args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  child.channel?.unref();
  // A terminal sends ^C to the program as well, which takes the two for one.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  if (process.env.npm_lifecycle_event !== undefined) endWithParent(child);
}

/** npm ends without a word to the programs of its scripts: without this, `kill` on `npm start` would leave them running. */
function endWithParent(child) {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    child.kill('SIGTERM');
  }, PARENT_LOOK_MS);
  look.unref();
}
