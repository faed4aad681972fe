import assert from 'node:assert/strict';
import test from 'node:test';
import { providerForTest } from '#testing/provider-for-test.ts';

test('the page and all it loads are open, hold no data, and fit a strict content security policy', async (t) => {
  const { url, token } = await providerForTest(t);
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  const policy = answer.headers.get('content-security-policy') ?? '';
  assert.match(policy, /script-src 'self'/);
  assert.doesNotMatch(policy, /script-src[^;]*unsafe-inline/);
  const page = await answer.text();
  assert.ok(!page.includes(token.secret));
  assert.doesNotMatch(page, /<script(?![^>]*src=)|<style| style=| on[a-z]+=/, 'nothing inline that the policy refuses');
  assert.doesNotMatch(page, /\{\{/);
  assert.match(page, /data-app-key="inspector"/);
  const loaded = [...page.matchAll(/(?:src|href)="(\/status\/[^"]+)"/g)].map(([, path]) => path as string);
  assert.equal(new Set(loaded).size, 3);
  for (const path of [...loaded, '/favicon.ico', '/docs', '/health']) {
    assert.equal((await fetch(url + path)).status, 200, path);
  }
});

test('the name of the Inspector cannot break out of the page', async (t) => {
  const { url } = await providerForTest(t, { inspectorAppKey: '"><script>' });
  assert.ok(!(await (await fetch(url)).text()).includes('"><script>'));
});
