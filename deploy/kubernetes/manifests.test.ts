import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { StatefulSet } from 'kubernetes-types/apps/v1.d.ts';
import type { ConfigMap, Container, Service } from 'kubernetes-types/core/v1.d.ts';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1.d.ts';
import { deployDocuments, deployPath, deployYaml } from '../checks/deploy-file.ts';
import { secretsForTest } from '../checks/secrets-for-test.ts';

interface Kustomization {
  namespace: string;
  resources: string[];
  images: { name: string; newName: string; newTag: string }[];
}
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const kustomization = deployYaml('kubernetes/kustomization.yaml') as Kustomization;
const manifests = kustomization.resources.flatMap((file) => deployDocuments(`kubernetes/${file}`)) as Manifest[];
const ofKind = <Kind>(kind: string): Kind[] => manifests.filter((each) => each.kind === kind) as unknown as Kind[];
const sets = ofKind<StatefulSet>('StatefulSet');
const services = ofKind<Service>('Service');
const nameOf = ({ metadata }: { metadata?: { name?: string } }): string => metadata?.name ?? '';
const podOf = (set: StatefulSet) => set.spec!.template.spec!;
const containerOf = (set: StatefulSet): Container => podOf(set).containers[0]!;
const named = (name: string): StatefulSet => sets.find((set) => nameOf(set) === name)!;

/** The module of kubernetes-types that describes a group and version. */
const modules: Readonly<Record<string, string>> = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'policy/v1': 'policy/v1',
  'networking.k8s.io/v1': 'networking/v1',
};

test('every manifest is what Kubernetes describes: no unknown field, no wrong type, nothing needed left out', (t) => {
  assert.deepEqual(typeErrors(t, manifests), []);
  // A field that is misspelt deep inside is found, and one of the wrong type.
  const [wrong, ...rest] = structuredClone(sets);
  Object.assign(containerOf(wrong!).securityContext!, { readOnlyRootFileSystem: true });
  assert.match(typeErrors(t, [wrong, ...rest] as unknown as Manifest[]).join('\n'), /readOnlyRootFileSystem/);
  const [typed] = structuredClone(sets);
  Object.assign(typed!.spec!, { replicas: '2' });
  assert.match(typeErrors(t, [typed] as unknown as Manifest[]).join('\n'), /'string' is not assignable/);
});

test('every file is in the kustomization, once, and one place names the image', () => {
  const files = readdirSync(deployPath('kubernetes')).filter((file) => file.endsWith('.yaml'));
  assert.deepEqual(kustomization.resources.concat('kustomization.yaml').sort(), files.sort());
  const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  assert.equal(new Set(names).size, names.length);
  assert.ok(kustomization.images.some(({ name }) => name === 'inspector'));
  assert.equal(kustomization.namespace, ofKind<Manifest>('Namespace')[0]!.metadata.name);
});

const kubectl = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
test('kubectl builds them', { skip: kubectl ? false : 'kubectl is not installed' }, () => {
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', deployPath('kubernetes')], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(status, 0, stderr);
  assert.match(stdout, new RegExp(`image: ${kustomization.images[0]!.newName}:${kustomization.images[0]!.newTag}`));
  assert.equal(stdout.split('\n---\n').length, manifests.length);
});

for (const set of sets) {
  const name = nameOf(set);
  const pod = podOf(set);
  const container = containerOf(set);

  test(`${name}: has no more rights than it needs, as the namespace's profile wants it`, () => {
    assert.equal(pod.securityContext?.runAsNonRoot, true);
    assert.ok((pod.securityContext?.runAsUser ?? 0) > 0);
    assert.equal(pod.securityContext?.seccompProfile?.type, 'RuntimeDefault');
    assert.equal(pod.automountServiceAccountToken, false);
    assert.equal(pod.enableServiceLinks, false);
    for (const { securityContext } of pod.containers) {
      assert.equal(securityContext?.allowPrivilegeEscalation, false);
      assert.equal(securityContext?.readOnlyRootFilesystem, true);
      assert.deepEqual(securityContext?.capabilities, { drop: ['ALL'] });
    }
    assert.match(container.image!, /:v?\d+\.\d+\.\d+(-[\w.]+)?$/, 'a version, not a moving tag');
  });

  test(`${name}: has probes, bounds, and time to stop`, () => {
    assert.ok(container.startupProbe && container.livenessProbe && container.readinessProbe);
    assert.ok(container.resources?.requests?.cpu && container.resources.requests.memory);
    assert.ok(container.resources?.limits?.memory);
    assert.ok((pod.terminationGracePeriodSeconds ?? 0) > 5);
    const { livenessProbe, startupProbe } = container;
    const patience = (livenessProbe.periodSeconds ?? 10) * (livenessProbe.failureThreshold ?? 3);
    assert.ok(patience >= 60, 'it is not ended for being slow');
    assert.ok((startupProbe.periodSeconds ?? 10) * (startupProbe.failureThreshold ?? 3) >= patience);
  });

  test(`${name}: what it mounts, reads and answers to is there`, (t) => {
    const made = readdirSync(secretsForTest(t));
    const volumes = [
      ...(pod.volumes ?? []),
      ...(set.spec?.volumeClaimTemplates ?? []).map((claim) => ({ name: nameOf(claim) })),
    ];
    const mounts = container.volumeMounts ?? [];
    assert.deepEqual(new Set(mounts.map((mount) => mount.name)), new Set(volumes.map((volume) => volume.name)));
    for (const { secret, configMap } of pod.volumes ?? []) {
      for (const { key } of secret?.items ?? []) assert.ok(made.includes(key), `make-secrets.sh makes ${key}`);
      if (configMap) assert.ok(ofKind<ConfigMap>('ConfigMap').some((each) => nameOf(each) === configMap.name));
    }
    const reachable = (pod.volumes ?? []).flatMap(({ name: volume, secret, configMap }) => {
      const path = mounts.find((mount) => mount.name === volume)?.mountPath;
      const map = ofKind<ConfigMap>('ConfigMap').find((each) => nameOf(each) === configMap?.name);
      const keys = [...(secret?.items ?? []).map((item) => item.path), ...Object.keys(map?.data ?? {})];
      return keys.map((key) => `${path}/${key}`);
    });
    const values = [...(container.env ?? []).map(({ value = '' }) => value), ...(container.args ?? [])];
    for (const path of values.filter((value) => /^\/(run|etc)\//.test(value)))
      assert.ok(reachable.includes(path), path);
    assert.ok(
      services.some((service) => nameOf(service) === set.spec?.serviceName),
      'its Service',
    );
    assert.deepEqual(set.spec?.selector.matchLabels, set.spec?.template.metadata?.labels);
    const ports = (container.ports ?? []).map((port) => port.name);
    const own = services.filter((service) => isSelected(set, service.spec?.selector));
    assert.ok(own.length > 0);
    for (const { spec } of own)
      for (const { targetPort } of spec?.ports ?? []) assert.ok(ports.includes(String(targetPort)));
  });
}

test('no failure of a venue or of Redis ends an Inspector, and a standby lives', () => {
  const { livenessProbe, startupProbe, readinessProbe } = containerOf(named('inspector'));
  for (const probe of [livenessProbe, startupProbe])
    assert.deepEqual(probe?.exec?.command, ['node', 'deploy/probe.mjs', 'alive']);
  assert.deepEqual(readinessProbe?.exec?.command, ['node', 'deploy/probe.mjs', 'commands']);
  // The probe's own time is 8 s: a shorter one here would end it before it has said why.
  for (const probe of [livenessProbe, startupProbe, readinessProbe]) assert.ok((probe?.timeoutSeconds ?? 1) > 8);
});

test('a standby that is never ready holds up neither the start nor an update, and is on another machine', () => {
  const set = named('inspector');
  assert.equal(set.spec?.replicas, 2);
  assert.equal(set.spec?.podManagementPolicy, 'Parallel');
  assert.equal(set.spec?.updateStrategy?.type, 'OnDelete');
  assert.equal(set.spec?.volumeClaimTemplates?.length, 1, 'each its own data');
  const [rule] = podOf(set).affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  assert.equal(rule?.topologyKey, 'kubernetes.io/hostname');
  const peers = services.find((service) => nameOf(service) === set.spec?.serviceName);
  assert.equal(peers?.spec?.publishNotReadyAddresses, true, 'the Provider and the other one find it all the same');
  assert.equal(peers?.spec?.clusterIP, 'None');
});

test('every pod has a network policy, and each way that one takes the other end lets in', () => {
  const policies = ofKind<NetworkPolicy>('NetworkPolicy');
  assert.ok(
    policies.some(({ spec }) => Object.keys(spec?.podSelector ?? { a: 1 }).length === 0),
    'nothing by default',
  );
  for (const set of sets) {
    const own = policies.filter(({ spec }) => isSelected(set, spec?.podSelector.matchLabels));
    assert.equal(own.length, 1, nameOf(set));
    for (const { to = [], ports = [] } of own[0]!.spec?.egress ?? []) {
      for (const { podSelector } of to) {
        if (podSelector === undefined) continue;
        const target = sets.find((each) => isSelected(each, podSelector.matchLabels));
        assert.ok(target, `${nameOf(set)} reaches ${JSON.stringify(podSelector)}`);
        const there = policies.find(({ spec }) => isSelected(target, spec?.podSelector.matchLabels))!;
        for (const { port } of ports) {
          const isLetIn = (there.spec?.ingress ?? []).some(
            ({ from = [], ports: open = [] }) =>
              open.some((each) => each.port === port) &&
              from.some((each) => isSelected(set, each.podSelector?.matchLabels)),
          );
          assert.ok(isLetIn, `${nameOf(target)} lets ${nameOf(set)} in at ${port}`);
          assert.ok(
            containerOf(target).ports?.some(({ containerPort }) => containerPort === port),
            String(port),
          );
        }
      }
    }
  }
});

function isSelected(set: StatefulSet, labels: Record<string, string> | undefined): boolean {
  const own = set.spec?.template.metadata?.labels ?? {};
  const wanted = Object.entries(labels ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => own[key] === value);
}

/** The compiler's complaints about the manifests as literals of their types: unlike a cluster, it takes no unknown field. */
function typeErrors(t: TestContext, all: Manifest[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-manifests-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  for (const [index, manifest] of all.entries()) {
    const module = modules[manifest.apiVersion];
    assert.ok(module, `${manifest.apiVersion} is not known here`);
    const text = `import type { ${manifest.kind} } from 'kubernetes-types/${module}';\nexport const manifest: ${manifest.kind} = ${JSON.stringify(manifest, null, 1)};\n`;
    writeFileSync(join(directory, `${index}-${manifest.kind}.ts`), text);
  }
  const compilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    module: 'esnext',
    moduleResolution: 'bundler',
    paths: { 'kubernetes-types/*': [join(root, 'node_modules/kubernetes-types/*')] },
  };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', directory], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return stdout.split('\n').filter((line) => line.includes('error'));
}
