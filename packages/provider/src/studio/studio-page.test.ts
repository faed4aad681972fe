import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { providerForTest, testDirectory } from '#testing/provider-for-test.ts';

const SCRIPT = 'export const page = 1;\n'.repeat(200);

/** As a build leaves it. */
function builtPage(t: TestContext): string {
  const directory = testDirectory(t);
  mkdirSync(join(directory, 'assets'));
  const head =
    '<link rel="stylesheet" href="/assets/page-3f.css"><script type="module" src="/assets/page-1a.js"></script>';
  const html = `<!doctype html><html data-app-key="{{appKey}}" data-version="{{version}}"><head>${head}</head></html>`;
  writeFileSync(join(directory, 'index.html'), html);
  writeFileSync(join(directory, 'assets/page-1a.js'), SCRIPT);
  writeFileSync(join(directory, 'assets/page-3f.css'), 'body { margin: 0 }');
  writeFileSync(join(directory, 'theme.js'), '');
  writeFileSync(join(directory, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return directory;
}

test('the page and all it loads are open, hold no data, and fit a strict content security policy', async (t) => {
  const { url, token } = await providerForTest(t, { studioDirectory: builtPage(t), version: '1.2.3' });
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  assert.equal(answer.headers.get('cache-control'), 'no-cache');
  const policy = answer.headers.get('content-security-policy') ?? '';
  assert.match(policy, /script-src 'self'/);
  assert.doesNotMatch(policy, /script-src[^;]*unsafe/);
  const page = await answer.text();
  assert.ok(!page.includes(token.secret));
  assert.doesNotMatch(page, /\{\{/);
  assert.match(page, /data-app-key="inspector" data-version="1\.2\.3"/);
  const loaded = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path as string);
  assert.equal(loaded.length, 2);
  for (const path of [...loaded, '/theme.js', '/icon.svg', '/favicon.ico', '/docs', '/health']) {
    assert.equal((await fetch(url + path)).status, 200, path);
  }
});

test('what has a hash in its name is kept for ever, the rest is asked for again', async (t) => {
  const { url } = await providerForTest(t, { studioDirectory: builtPage(t) });
  const cacheOf = async (path: string) => (await fetch(url + path)).headers.get('cache-control');
  assert.match((await cacheOf('/assets/page-1a.js')) ?? '', /immutable/);
  assert.equal(await cacheOf('/theme.js'), 'no-cache');
});

test('a file goes compressed to whom that suits, and whole to others', async (t) => {
  const { url } = await providerForTest(t, { studioDirectory: builtPage(t) });
  for (const [accepted, encoding] of [
    ['gzip, br', 'gzip'],
    ['identity', null],
  ] as const) {
    const answer = await fetch(`${url}/assets/page-1a.js`, { headers: { 'accept-encoding': accepted } });
    assert.equal(answer.headers.get('content-encoding'), encoding);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/javascript/);
    assert.equal(await answer.text(), SCRIPT);
  }
});

test('a file that was not built is not there, and no path leads out of the page', async (t) => {
  const { url } = await providerForTest(t, { studioDirectory: builtPage(t) });
  for (const path of ['/assets/other.js', '/assets/..%2f..%2fprovider.db', '/index.html', '/assets']) {
    assert.equal((await fetch(url + path)).status, 404, path);
  }
});

test('the name of the Inspector cannot break out of the page', async (t) => {
  const { url } = await providerForTest(t, { studioDirectory: builtPage(t), inspectorAppKey: '"><script>' });
  assert.ok(!(await (await fetch(url)).text()).includes('"><script>'));
});

test('without a built page everything else works, and the page says how to build it', async (t) => {
  for (const studioDirectory of [undefined, testDirectory(t)]) {
    const { url, token } = await providerForTest(t, studioDirectory === undefined ? {} : { studioDirectory });
    const answer = await fetch(url);
    assert.equal(answer.status, 200);
    const page = await answer.text();
    assert.match(page, /npm run build --workspace packages\/studio/);
    assert.doesNotMatch(page, /\{\{|<script/);
    assert.ok(!page.includes(token.secret));
    assert.equal((await fetch(`${url}/health`)).status, 200);
  }
});
