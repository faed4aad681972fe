/** What is added for a live venue and alerts: each process reads it, and has no secret but its own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { readEnvironment } from '@inspector/contract';
import type { StatefulSet } from 'kubernetes-types/apps/v1.d.ts';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1.d.ts';
import { parse, parseAllDocuments } from 'yaml';
import { deployDocuments, deployPath, deployYaml } from './checks/deploy-file.ts';
import { programEnvironments } from './checks/program-environments.ts';
import { readSecret, secretsForTest } from './checks/secrets-for-test.ts';

/** What its owner puts there. */
const given: Readonly<Record<string, string>> = {
  ccxt_api_key: 'a-key',
  ccxt_secret: 'a-secret',
  telegram_bot_token: '123456789:AAF-token',
};

interface Compose {
  services: Record<string, { environment?: Record<string, string>; secrets?: string[] }>;
  secrets: Record<string, { file: string }>;
}

interface Process {
  where: string;
  /** As it is without a live venue. */
  base: string;
  added: Record<string, string>;
}

const base = deployYaml('compose.yaml') as Compose;
const composed = deployYaml('compose.live-venue.yaml') as Compose;
const { patches, resources } = deployYaml('kubernetes-live-venue/kustomization.yaml') as {
  patches: { patch: string }[];
  resources: string[];
};
const patched = patches.map(({ patch }) => parse(patch) as StatefulSet & { data?: Record<string, string> });
const patchOf = (name: string) => patched.find(({ metadata }) => metadata?.name === name)!;
const variablesOf = (set: StatefulSet): Record<string, string> =>
  Object.fromEntries(set.spec!.template.spec!.containers[0]!.env!.map(({ name, value }) => [name, value ?? '']));

const processes: readonly Process[] = [
  ...Object.entries(composed.services).map(([name, { environment = {} }]) => ({
    where: `compose.live-venue.yaml ${name}`,
    base: `compose.yaml ${name}`,
    added: environment,
  })),
  {
    where: 'kubernetes-live-venue provider',
    base: 'kubernetes/provider.yaml provider-0',
    added: { ...variablesOf(patchOf('provider')), ...patchOf('inspector-settings').data },
  },
  {
    where: 'kubernetes-live-venue inspector',
    base: 'kubernetes/inspector.yaml inspector-0',
    added: variablesOf(patchOf('inspector')),
  },
];

test('every process takes what is added: the Provider a venue with its keys, an Inspector a bot', (t) => {
  const made = readSecret(secretsForTest(t));
  const readFile = (path: string) => given[basename(path)] ?? made(path);
  const known = programEnvironments();
  assert.equal(processes.length, 5);
  for (const { where, base, added } of processes) {
    const before = known.find((each) => each.where === base);
    assert.ok(before, base);
    const result = readEnvironment({ ...before.variables, ...added }, readFile);
    assert.ok(!('errors' in result), `${where}: ${JSON.stringify(result)}`);
    assert.deepEqual(result.warnings, [], where);
    const { connectors, telegram } = result.config;
    if (where.endsWith('provider')) {
      const [connector] = connectors;
      assert.ok(connector?.kind === 'ccxt', where);
      assert.deepEqual(
        [connector.credentials.apiKey, connector.credentials.secret, connector.credentials.testnet],
        [given.ccxt_api_key, given.ccxt_secret, true],
      );
      assert.equal(telegram, null, 'it has no alerts to send');
    } else {
      assert.equal(telegram?.botToken, given.telegram_bot_token);
      assert.ok(!Object.keys(added).some((name) => name.startsWith('CCXT_')), 'it has no keys of a venue');
    }
  }
});

test('what compose adds belongs to services that are there, and each secret has its file', () => {
  for (const [name, { secrets = [], ...rest }] of Object.entries(composed.services)) {
    assert.ok(Object.hasOwn(base.services, name), name);
    assert.deepEqual(Object.keys(rest), ['environment']);
    const read = Object.entries(rest.environment ?? {}).flatMap(([variable, value]) =>
      variable.endsWith('_FILE') ? [value] : [],
    );
    assert.deepEqual(
      read.sort(),
      secrets.map((secret) => `/run/secrets/${secret}`).sort(),
      `${name} reads what it is given, and nothing else`,
    );
  }
  for (const [name, { file }] of Object.entries(composed.secrets)) {
    assert.equal(file, `./secrets/${name}`);
    assert.ok(Object.hasOwn(given, name) && !Object.hasOwn(base.secrets, name), name);
  }
});

test('what Kubernetes adds is mounted where it is read', () => {
  for (const resource of resources) assert.ok(existsSync(deployPath(`kubernetes-live-venue/${resource}`)), resource);
  for (const name of ['provider', 'inspector']) {
    const { containers, volumes = [] } = patchOf(name).spec!.template.spec!;
    const mounts = containers[0]!.volumeMounts!;
    assert.deepEqual(
      mounts.map((mount) => mount.name),
      volumes.map((volume) => volume.name),
    );
    for (const [variable, path] of Object.entries(variablesOf(patchOf(name))))
      if (variable.endsWith('_FILE'))
        assert.ok(
          mounts.some(({ mountPath, readOnly }) => path.startsWith(`${mountPath}/`) && readOnly === true),
          path,
        );
  }
});

const kubectl = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
test('kubectl puts it on top', { skip: kubectl ? false : 'kubectl is not installed' }, () => {
  const words = ['kustomize', deployPath('kubernetes-live-venue')];
  const { status, stdout, stderr } = spawnSync('kubectl', words, { encoding: 'utf8', timeout: 60_000 });
  assert.equal(status, 0, stderr);
  const sets = parseAllDocuments(stdout).map((document) => document.toJS() as StatefulSet);
  for (const name of ['provider', 'inspector']) {
    const built = sets.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata?.name === name)!;
    const variables = variablesOf(built);
    assert.ok(variables.LOG_LEVEL !== undefined, 'what was there stays');
    for (const [variable, value] of Object.entries(variablesOf(patchOf(name))))
      assert.equal(variables[variable], value);
  }
});

test('the Provider is let out to the venues, by the ports of their streams too, and an Inspector to what alerts', () => {
  const policies = deployDocuments('kubernetes/network-policies.yaml') as NetworkPolicy[];
  const portsOutside = (name: string) =>
    policies
      .filter(({ metadata }) => metadata?.name === name)
      .flatMap(({ spec }) => spec?.egress ?? [])
      .filter(({ to = [] }) => to.some(({ ipBlock }) => ipBlock !== undefined))
      .flatMap(({ ports = [] }) => ports.map(({ port }) => port));
  // 8443: streams of OKX. 9443: streams of Binance spot.
  assert.deepEqual(portsOutside('provider'), [443, 8443, 9443]);
  assert.deepEqual(portsOutside('inspector'), [443]);
});
