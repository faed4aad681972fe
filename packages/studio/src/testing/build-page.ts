import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BUILDER = fileURLToPath(new URL('../../../../scripts/studio.mjs', import.meta.url));

/** Builds the page if it is missing or older than its sources. */
export function buildPage(): void {
  const { status, stderr } = spawnSync(process.execPath, [BUILDER], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Studio could not be built: ${stderr}`);
}
