/**
 * compose.yaml without Docker: its settings, its secrets and its probes, with real processes in place of containers. Only
 * addresses are those of here.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type RunningProgram, startProgram } from '../packages/cli/src/testing/run-program.ts';
import {
  prometheusMissing,
  questdbMissing,
  redisMissing,
  startPrometheus,
  startQuestdb,
  startRedis,
} from '../packages/servers/src/index.ts';
import { deployPath } from './checks/deploy-file.ts';
import { isMissing, liveExpressions, liveRules, quickConfiguration, quietReason } from './checks/live-expressions.ts';
import { programEnvironments } from './checks/program-environments.ts';
import { questdbSettings } from './checks/questdb-settings.ts';
import { readSecret, secretsForTest } from './checks/secrets-for-test.ts';

const skip = redisMissing() ?? (await questdbMissing()) ?? prometheusMissing() ?? false;
/** A wait that fails the test instead of hanging it; the machine may be busy with other tests. */
const WITHIN_MS = 120_000;
const ASK_EVERY_MS = 200;

test('active and standby as compose sets them up: one acts, the scraper is let in, and the standby takes over', {
  skip,
}, async (t) => {
  const secrets = secretsForTest(t);
  const read = (name: string) => readSecret(secrets)(name).trim();
  const redisArgs = read('redis.conf').split(' ');
  const starting = await Promise.all([
    startRedis({ args: [`--${redisArgs[0]}`, ...redisArgs.slice(1)] }),
    startQuestdb({ settings: questdbSettings(secrets) }),
  ]);
  for (const server of starting) t.after(() => server?.kill());
  const [redis, questdb] = starting.map((server) => server!);
  writeFileSync(join(secrets, 'event_bus_url'), read('event_bus_url').replace('redis:6379', new URL(redis!.url).host));
  writeFileSync(join(secrets, 'questdb_url'), read('questdb_url').replace('questdb:9000', new URL(questdb!.url).host));

  const provider = startService(t, { name: 'provider', command: 'provider', secrets });
  const { provider: providerUrl } = (await provider.program.logged('Provider is up')) as { provider: string };
  const inspectors = [];
  for (const name of ['inspector-a', 'inspector-b']) {
    const service = startService(t, { name, command: 'serve', secrets, providerUrl });
    const { inspector: url } = (await service.program.logged('Inspector is up')) as { inspector: string };
    inspectors.push({ ...service, name, url });
  }
  const [a, b] = inspectors as [(typeof inspectors)[0], (typeof inspectors)[0]];

  // Readiness: commands belong to the first. Both live.
  const probe = (question: string, url: string): number | null =>
    spawnSync(process.execPath, [deployPath('probe.mjs'), question, `${url}/api/inspector/health`], {
      env: { INSPECTOR_API_TOKEN_FILE: join(secrets, 'inspector_api_token') },
    }).status;
  await until(() => probe('entries', a.url) === 0, 'the first is ready');
  assert.deepEqual(
    [a, b].map(({ url }) => probe('commands', url)),
    [0, 1],
  );
  assert.deepEqual(
    [a, b].map(({ url }) => probe('alive', url)),
    [0, 0],
  );

  // The Provider's proxy leads to the one that acts, and no token is no answer.
  const proxied = `${providerUrl}/api/inspectors/inspector/inspector/health`;
  const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${read(secret)}` } });
  assert.equal((await fetch(proxied, bearer('provider_api_token'))).status, 200);
  assert.equal((await fetch(`${a.url}/api/inspector/health`)).status, 401);
  assert.equal((await fetch(`${a.url}/api/inspector/health`, bearer('scrape_token'))).status, 200, 'a viewer');
  const trip = { method: 'POST', ...bearer('scrape_token') };
  assert.equal((await fetch(`${a.url}/api/inspector/kill-switch/trigger`, trip)).status, 403, 'and no more');

  const hosts = (urls: string[]) => urls.map((url) => new URL(url).host);
  const server = await startPrometheus(
    quickConfiguration({ inspector: hosts([a.url, b.url]), provider: hosts([providerUrl]) }),
  );
  t.after(() => server.stop());
  for (const { where, expression } of liveExpressions()) {
    const reason = quietReason(expression);
    if (reason !== 'one process has no standby' && reason !== 'no QuestDB is configured') continue;
    assert.ok(!(await isMissing(server, expression, WITHIN_MS)), `${where}: no series for ${expression}`);
  }
  const stateOf = async (alert: string) => (await liveRules(server)).find(({ name }) => name === alert)?.state;
  const calls = (await liveRules(server)).filter(
    ({ state, labels }) => state === 'firing' && labels.severity === 'critical',
  );
  assert.deepEqual(
    calls.map(({ name }) => name),
    [],
    'a pair that is well calls nobody',
  );

  // The machine of the one that acts is gone.
  a.program.child.kill('SIGKILL');
  await until(() => probe('commands', b.url) === 0, 'the standby takes over');
  await until(async () => (await stateOf('InspectorTookOver')) === 'firing', 'a takeover is told');
  await until(async () => (await stateOf('InspectorStandbyMissing')) !== 'inactive', 'the loss will be told');
  assert.equal(await stateOf('InspectorTwoActive'), 'inactive');
  await until(async () => (await fetch(proxied, bearer('provider_api_token'))).status === 200, 'the proxy finds it');

  // What was lost comes back as a standby.
  const again = startService(t, {
    name: 'inspector-a',
    command: 'serve',
    secrets,
    providerUrl,
    directory: a.directory,
  });
  const { inspector: url } = (await again.program.logged('Inspector is up')) as { inspector: string };
  await until(() => probe('alive', url) === 0, 'it lives');
  assert.deepEqual(
    [url, b.url].map((each) => probe('commands', each)),
    [1, 0],
  );
  for (const { program } of [again, b, provider]) {
    program.child.kill('SIGTERM');
    assert.equal(await program.ended, 0, program.stderr());
  }
});

interface Start {
  name: string;
  command: string;
  secrets: string;
  providerUrl?: string;
  directory?: string;
}

/** A service of compose.yaml with its own settings; what is an address or a path of a container is one of here. */
function startService(
  t: TestContext,
  { name, command, secrets, providerUrl, directory }: Start,
): { program: RunningProgram; directory: string } {
  const data = directory ?? mkdtempSync(join(tmpdir(), `${name}-`));
  const { variables } = programEnvironments().find(({ where }) => where === `compose.yaml ${name}`)!;
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(variables)) {
    env[key] = value.startsWith('/run/secrets/') ? join(secrets, basename(value)) : value;
  }
  Object.assign(env, {
    INSPECTOR_DATA_DIR: data,
    INSPECTOR_PORT: '0',
    INSPECTOR_HOST: '127.0.0.1',
    PROVIDER_PORT: '0',
    PROVIDER_HOST: '127.0.0.1',
    // Empty counts as unset: then it is where it listens.
    INSPECTOR_PUBLIC_URL: '',
    ...(providerUrl === undefined ? {} : { PROVIDER_URL: providerUrl }),
    ...(env.INSPECTOR_OPTIONS_FILE === undefined ? {} : { INSPECTOR_OPTIONS_FILE: deployPath('options.json') }),
  });
  const program = startProgram([command], env);
  t.after(async () => {
    program.child.kill('SIGKILL');
    await program.ended;
    rmSync(data, { recursive: true, force: true });
  });
  return { program, directory: data };
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (!(await holds())) {
    assert.ok(performance.now() < deadline, `it did not come to pass that ${what}`);
    await wait(ASK_EVERY_MS);
  }
}
