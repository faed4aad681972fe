import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProgram } from '#testing/run-program.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';

async function until<T>(ask: () => Promise<T | undefined>, what: string): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail(`it did not come to pass that ${what}`);
}

test('an Inspector beside a Provider of another process registers, reconciles, says what it cannot hear, and kills over HTTP', async (t) => {
  const dataDir = temporaryDirectory(t);
  const env = { INSPECTOR_DATA_DIR: dataDir, INSPECTOR_PORT: '0', PROVIDER_PORT: '0' };
  const provider = startProgram(['provider'], env);
  t.after(() => provider.child.kill('SIGKILL'));
  const { open, provider: url } = await provider.logged('Provider is up');
  const token = String(open).split('#token=')[1]!;

  const serve = startProgram(['serve'], { ...env, PROVIDER_URL: String(url) });
  t.after(() => serve.child.kill('SIGKILL'));
  const { inspector } = await serve.logged('Inspector is up');
  assert.match(String((await serve.logged('EVENT_BUS_URL is memory:')).msg), /no prices, fills or requests are heard/);
  await serve.logged('registered with the Provider');

  const proxied = `${url}/api/inspectors/inspector/inspector`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  await until(async () => {
    const { data } = (await (await fetch(`${inspector}/api/inspector/reconcile/state`)).json()) as {
      data: { reconciled: boolean }[];
    };
    return data.some(({ reconciled }) => reconciled) || undefined;
  }, 'the account is reconciled over HTTP');
  const body = JSON.stringify({ scope: 'global', reason: 'test', confirm: true });
  const triggered = await fetch(`${proxied}/kill-switch/trigger`, { method: 'POST', headers, body });
  assert.equal(triggered.status, 202);
  await until(async () => {
    const answer = await fetch(`${proxied}/kill-switch/incidents/latest`, { headers });
    return ((await answer.json()) as { phase: string }).phase === 'VERIFIED_FLAT' || undefined;
  }, 'the kill is verified over HTTP');

  for (const program of [serve, provider]) {
    program.child.kill('SIGTERM');
    assert.equal(await program.ended, 0, program.stderr());
  }
});
