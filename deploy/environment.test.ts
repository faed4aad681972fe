import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { credentialVariables, readEnvironment, type VariableSpec, variables } from '@inspector/contract';
import { readOptionsFile } from '../packages/inspector/src/options-file.ts';
import { targetUrl } from '../packages/provider/src/registry/target-url.ts';
import { deployDocuments, deployPath, deployText, deployYaml } from './checks/deploy-file.ts';
import { type ProgramEnvironment, programEnvironments } from './checks/program-environments.ts';
import { makeSecrets, readSecret, secretsForTest } from './checks/secrets-for-test.ts';

/** What a process is given beside the contract's variables. */
const notOurs = ['NODE_COMPILE_CACHE', 'POD_NAME'];
const table: Readonly<Record<string, VariableSpec>> = variables;

const isVariable = (name: string): boolean =>
  Object.hasOwn(table, name) || (name.endsWith('_FILE') && table[name.slice(0, -'_FILE'.length)]?.secret === true);

test('every variable that is named anywhere here is in the contract', () => {
  const pattern =
    /\b(?:INSPECTOR|PROVIDER|EVENT_BUS|REDIS|QUESTDB|CONNECTORS|PAPER|TELEGRAM|ALERT_WEBHOOK|OTEL|LOG_LEVEL|CCXT)(?:_[A-Z0-9<>_]+[A-Z0-9>])?\b/g;
  const suffixes = Object.keys(credentialVariables);
  let named = 0;
  for (const file of files(deployPath('.'))) {
    for (const [name] of readFileSync(file, 'utf8').matchAll(pattern)) {
      named += 1;
      const suffix = /^CCXT_(?:<EXCHANGE>|[A-Z0-9]+)_(\w+?)(_FILE)?$/.exec(name)?.[1];
      // A service of Kubernetes or compose may bear such a name in its own files, in small letters only.
      assert.ok(isVariable(name) || (suffix !== undefined && suffixes.includes(suffix)), `${file}: ${name}`);
    }
  }
  assert.ok(named > 100, 'the pattern finds them');
});

test('every process starts with variables that the contract takes, and with secrets that make-secrets.sh makes', (t) => {
  const readFile = readSecret(secretsForTest(t));
  for (const { where, variables: given } of programEnvironments()) {
    for (const name of Object.keys(given)) assert.ok(isVariable(name) || notOurs.includes(name), `${where}: ${name}`);
    const result = readEnvironment(given, readFile);
    assert.ok(!('errors' in result), `${where}: ${JSON.stringify(result)}`);
    assert.deepEqual(result.warnings, [], where);
    assert.notEqual(result.config.bus.kind, 'memory', `${where}: several processes need a bus between them`);
  }
});

test('active and standby have one key and each its own address and data, which the Provider accepts', () => {
  for (const kind of ['compose.yaml', 'kubernetes/', 'systemd/']) {
    const own = programEnvironments().filter(({ where }) => where.startsWith(kind));
    const inspectors = own.filter(({ variables: { PROVIDER_URL } }) => PROVIDER_URL !== undefined);
    const provider = own.find(({ variables: { CONNECTORS } }) => CONNECTORS !== undefined)!;
    assert.equal(inspectors.length, 2, kind);
    assert.deepEqual(new Set(own.map(({ variables: { INSPECTOR_APP_KEY } }) => INSPECTOR_APP_KEY)).size, 1, kind);
    assert.equal(new Set(inspectors.map(addressOf)).size, 2, kind);
    const allowed = (provider.variables.PROVIDER_TARGET_HOSTS ?? '').split(',').filter(Boolean);
    for (const inspector of inspectors) {
      const target = targetUrl(addressOf(inspector), { allowed, ownPort: () => 8081 });
      assert.ok(target.ok, `${inspector.where}: ${JSON.stringify(target)}`);
      const { INSPECTOR_PUBLIC_URL, INSPECTOR_ALLOWED_HOSTS = '' } = inspector.variables;
      if (INSPECTOR_PUBLIC_URL === undefined) continue;
      const { hostname } = new URL(INSPECTOR_PUBLIC_URL);
      assert.ok(INSPECTOR_ALLOWED_HOSTS.split(',').includes(hostname), `${inspector.where} serves ${hostname}`);
      const host = new URL(inspector.variables.PROVIDER_URL!).hostname;
      assert.ok(provider.variables.PROVIDER_ALLOWED_HOSTS?.split(',').includes(host), `${provider.where}: ${host}`);
    }
  }
});

test('the scraper is let in: by the names it uses, and by a token whose digest the services know', (t) => {
  const folder = secretsForTest(t);
  const { scrape_configs } = deployYaml('prometheus/prometheus.yml') as {
    scrape_configs: { static_configs: { targets: string[] }[] }[];
  };
  const targets = scrape_configs.flatMap(({ static_configs }) => static_configs.flatMap((each) => each.targets));
  const served = programEnvironments()
    .filter(({ where }) => where.startsWith('compose.yaml'))
    .flatMap(({ variables: { INSPECTOR_ALLOWED_HOSTS, PROVIDER_ALLOWED_HOSTS } }) => [
      INSPECTOR_ALLOWED_HOSTS,
      PROVIDER_ALLOWED_HOSTS,
    ]);
  for (const target of targets) assert.ok(served.includes(target.split(':')[0]), target);
  const read = readSecret(folder);
  const digest = createHash('sha256').update(read('scrape_token').trim()).digest('hex');
  assert.equal(read('viewer_tokens').trim(), `viewer:${digest}`);
});

test('secrets are made once, in a folder that is closed to others', (t) => {
  const folder = secretsForTest(t);
  const read = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  const before = read();
  makeSecrets(folder);
  assert.deepEqual(read(), before);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  const random = before.filter(([name]) => /_(token|password)$/.test(name!)).map(([, text]) => text!.trim());
  assert.ok(random.every((text) => /^[0-9a-f]{48}$/.test(text)));
  assert.equal(new Set(random).size, random.length);
});

test('the sample limits are valid, and Kubernetes has the same', () => {
  const result = readOptionsFile(deployPath('options.json'));
  assert.ok(!('errors' in result), JSON.stringify(result));
  assert.deepEqual(result.warnings, []);
  const [, map] = deployDocuments('kubernetes/settings.yaml') as { data: Record<string, string> }[];
  assert.deepEqual(JSON.parse(map!.data['options.json']!), JSON.parse(deployText('options.json')));
});

test('.env.example names the variables that compose.yaml takes from it, with the same defaults', () => {
  const example = Object.fromEntries(
    [...deployText('.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const taken = [...deployText('compose.yaml').matchAll(/\$\{(\w+):-([^}]*)\}/g)].map(([, name, value]) => [
    name,
    value,
  ]);
  assert.deepEqual(example, Object.fromEntries(taken));
});

/** Where Provider and standby reach it. */
const addressOf = ({ variables: { INSPECTOR_PUBLIC_URL, INSPECTOR_PORT } }: ProgramEnvironment): string =>
  INSPECTOR_PUBLIC_URL ?? `http://127.0.0.1:${INSPECTOR_PORT}`;

/** Files of deploy/ that are kept in git, tests and what tests read apart. */
function files(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return ['secrets', 'checks'].includes(entry.name) ? [] : files(path);
    return entry.name.endsWith('.ts') || entry.name === '.env' ? [] : [path];
  });
}
