// Starts a TypeScript program of this checkout with the pinned Node.js, whatever Node.js (20 or later) runs this file.
// Plain JavaScript, because the system's Node.js may be too old to run TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST_FOR_TYPESCRIPT = 24;
/** npm writes its own lockfile copy a moment before or after the folder's: closer than this is "installed". */
const LOCKFILE_SLACK_MS = 5000;

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const changed = (path) => (existsSync(at(path)) ? statSync(at(path)).mtimeMs : 0);

if (changed('package-lock.json') > changed('node_modules/.package-lock.json') + LOCKFILE_SLACK_MS) {
  process.stderr.write('installing dependencies (once) …\n');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: at('.'), stdio: ['ignore', 2, 2] });
  if (done.status !== 0) {
    process.stderr.write('npm ci failed: see above; nothing was started\n');
    process.exit(done.status ?? 1);
  }
}

const pinned = at('node_modules/node/bin/node');
const major = Number(process.versions.node.split('.')[0]);
if (!existsSync(pinned) && major < OLDEST_FOR_TYPESCRIPT) {
  process.stderr.write(
    `inspector needs Node.js ${OLDEST_FOR_TYPESCRIPT}: the pinned copy (npm package "node") is not installed here and this is Node.js ${process.versions.node}.\n` +
      'Run "npm ci" with install scripts allowed, or install Node.js 24.\n',
  );
  process.exit(1);
}

const child = spawn(existsSync(pinned) ? pinned : process.execPath, process.argv.slice(2), { stdio: 'inherit' });
process.on('SIGINT', () => {}); // a terminal sends it to the child as well
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
