import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildPage } from './testing/build-page.ts';

const packageDirectory = fileURLToPath(new URL('..', import.meta.url));
const dist = join(packageDirectory, 'dist');

/** What the first view may load, compressed. */
const SCRIPT_LIMIT_KB = 350;

/** A script and all that it imports at once; what it loads later is not among them. */
function withImports(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const code = readFileSync(path, 'utf8');
  for (const [, name] of code.matchAll(/(?:from|import)\s*"(\.\/[^"]+\.js)"/g)) {
    withImports(join(dist, 'assets', name as string), seen);
  }
  return seen;
}

test('the script of the first load stays within its bound', (t) => {
  buildPage();
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const entries = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => join(dist, path as string));
  const main = entries.find((path) => /assets/.test(path));
  assert.ok(main);
  const firstView = /assets\/now-view-[^"]+\.js/.exec(readFileSync(main, 'utf8'))?.[0];
  assert.ok(firstView);
  const loaded = new Set([...entries, join(dist, firstView)].flatMap((path) => [...withImports(path)]));
  const bytes = [...loaded].reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
  t.diagnostic(`${(bytes / 1024).toFixed(0)} KB gzipped in ${loaded.size} files`);
  assert.ok(bytes <= SCRIPT_LIMIT_KB * 1024, `${bytes} bytes`);
});
