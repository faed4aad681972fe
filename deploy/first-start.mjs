// A step of the image's build: starts the whole system on free ports, waits until it says that it is up, and stops it in
// order. Fills NODE_COMPILE_CACHE, and fails the build where the program would not start.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A build machine may be slow and busy; past this something hangs, and the build is to say so. */
const START_MS = 120_000;

const data = mkdtempSync(join(tmpdir(), 'first-start-'));
const env = { ...process.env, INSPECTOR_DATA_DIR: data, INSPECTOR_PORT: '0', PROVIDER_PORT: '0', LOG_LEVEL: 'info' };
const program = spawn(process.execPath, ['packages/cli/src/main.ts', 'up'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const timer = setTimeout(() => program.kill('SIGKILL'), START_MS);
const ended = new Promise((resolve) => program.once('exit', (code, signal) => resolve(code ?? signal)));

let isUp = false;
for await (const line of createInterface({ input: program.stdout })) {
  if (isUp || JSON.parse(line).msg !== 'Inspector is up') continue;
  isUp = true;
  program.kill('SIGTERM');
}
const end = await ended;
clearTimeout(timer);
rmSync(data, { recursive: true, force: true });
if (!isUp || end !== 0) {
  process.stderr.write(`first start: ${isUp ? 'it did not stop in order' : 'it did not come up'} (${end})\n`);
  process.exit(1);
}
