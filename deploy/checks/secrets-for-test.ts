import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestContext } from 'node:test';
import { deployPath } from './deploy-file.ts';

/** A folder that make-secrets.sh has filled; it goes with the test. */
export function secretsForTest(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-secrets-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  makeSecrets(folder);
  return folder;
}

/** Runs it; throws with what it says when it fails. */
export function makeSecrets(folder: string): void {
  const { status, stderr } = spawnSync('sh', [deployPath('make-secrets.sh'), folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`make-secrets.sh: ${stderr}`);
}

/** Reads a mounted secret by the last part of its path, wherever it is mounted. */
export const readSecret =
  (folder: string) =>
  (path: string): string =>
    readFileSync(join(folder, basename(path)), 'utf8');
