import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createViewCode } from './view-code.ts';

/** A server that answers what the test says, and counts. */
function server() {
  const asked: { answer(code: string): void; fail(): void }[] = [];
  const code = createViewCode(
    () =>
      new Promise<string>((resolve, reject) => {
        asked.push({ answer: resolve, fail: () => reject(new Error('away')) });
      }),
  );
  return { code, asked };
}

test('two who want the code at once ask once, and what is there is not asked for again', async () => {
  const { code, asked } = server();
  assert.equal(code.loaded(), undefined);
  const wanted = Promise.all([code.load(), code.load()]);
  asked[0]?.answer('view');
  assert.deepEqual(await wanted, ['view', 'view']);
  assert.equal(code.loaded(), 'view');
  assert.equal(await code.load(), 'view');
  assert.equal(asked.length, 1);
});

test('code that could not be fetched is asked for anew', async () => {
  const { code, asked } = server();
  const first = code.load();
  asked[0]?.fail();
  await assert.rejects(first, /away/);
  assert.equal(code.loaded(), undefined);
  const second = code.load();
  asked[1]?.answer('view');
  assert.equal(await second, 'view');
});
