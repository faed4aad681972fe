import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('studio.mjs', import.meta.url));

/** A checkout with a built page, in which a test says what is how old, in seconds after the build. */
function checkout(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'studio-build-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const put = (path: string, secondsAfterBuild: number): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
    const at = 1_700_000_000 + secondsAfterBuild;
    utimesSync(join(root, path), at, at);
  };
  for (const path of ['packages/studio/src/main.tsx', 'packages/studio/vite.config.ts', 'package-lock.json'])
    put(path, -10);
  put('packages/contract/src/codes/index.ts', -10);
  put('packages/studio/dist/index.html', 0);
  const isStale = (): boolean => {
    const ask = `import { isStudioStale } from ${JSON.stringify(script)}; process.stdout.write(String(isStudioStale(${JSON.stringify(root)})));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', ask], {
      encoding: 'utf8',
    });
    assert.match(stdout, /^(true|false)$/, stderr);
    return stdout === 'true';
  };
  return { root, put, isStale };
}

test('a page that is as new as its sources is not built again', (t) => {
  const { put, isStale } = checkout(t);
  assert.equal(isStale(), false);
  put('packages/studio/src/main.tsx', 0);
  assert.equal(isStale(), false, 'at the same time');
});

test('a page that is missing or older than a source is', (t) => {
  const { root, put, isStale } = checkout(t);
  for (const path of [
    'packages/studio/src/views/now/now.css',
    'packages/studio/index.html',
    'packages/contract/src/options/schema.ts',
    'package-lock.json',
  ]) {
    put(path, 1);
    assert.equal(isStale(), true, path);
    put(path, -10);
    assert.equal(isStale(), false, path);
  }
  rmSync(join(root, 'packages/studio/dist'), { recursive: true });
  assert.equal(isStale(), true);
});

test('tests, scripts and documents are not what the page is made of', (t) => {
  const { put, isStale } = checkout(t);
  for (const path of [
    'packages/studio/README.md',
    'packages/studio/src/data/rest.test.ts',
    'packages/studio/src/testing/axe.ts',
    'packages/studio/scripts/load/main.ts',
    'packages/engine/src/step.ts',
  ]) {
    put(path, 100);
    assert.equal(isStale(), false, path);
  }
});
