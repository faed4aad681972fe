import { deployDocuments, deployText, deployYaml } from './deploy-file.ts';

/** The variables that one process of ours is started with, and where that is said. */
export interface ProgramEnvironment {
  where: string;
  variables: Record<string, string>;
}

/** Of every process that compose, Kubernetes and systemd start. */
export const programEnvironments = (): ProgramEnvironment[] => [...ofCompose(), ...ofKubernetes(), ...ofSystemd()];

interface ComposeService {
  image: string;
  environment?: Record<string, string>;
}

/** `${NAME:-default}` stands for its default: .env.example says the same. */
const interpolated = (value: string): string => value.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

function ofCompose(): ProgramEnvironment[] {
  const { services } = deployYaml('compose.yaml') as { services: Record<string, ComposeService> };
  return Object.entries(services)
    .filter(([, { image }]) => image.startsWith('inspector:'))
    .map(([name, { environment = {} }]) => ({
      where: `compose.yaml ${name}`,
      variables: Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, interpolated(value)])),
    }));
}

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { configMapKeyRef?: { name: string; key: string } };
}

interface Pods {
  kind: string;
  metadata: { name: string };
  spec: { replicas: number; template: { spec: { containers: { image: string; env?: Variable[] }[] } } };
}

function ofKubernetes(): ProgramEnvironment[] {
  const maps = deployDocuments('kubernetes/settings.yaml') as {
    metadata: { name: string };
    data: Record<string, string>;
  }[];
  const settingOf = ({ name, value, valueFrom }: Variable, pod: string): string => {
    if (value !== undefined) return value.replaceAll('$(POD_NAME)', pod);
    const from = valueFrom?.configMapKeyRef;
    if (from === undefined) return pod;
    const found = maps.find(({ metadata }) => metadata.name === from.name)?.data[from.key];
    if (found === undefined) throw new Error(`${name}: ConfigMap ${from.name} has no ${from.key}`);
    return found;
  };
  return ['inspector', 'provider'].flatMap((file) => {
    const sets = deployDocuments(`kubernetes/${file}.yaml`) as Pods[];
    return sets
      .filter(({ kind }) => kind === 'StatefulSet')
      .flatMap(({ metadata, spec }) =>
        Array.from({ length: spec.replicas }, (_, index) => {
          const pod = `${metadata.name}-${index}`;
          const env = spec.template.spec.containers[0]!.env ?? [];
          return {
            where: `kubernetes/${file}.yaml ${pod}`,
            variables: Object.fromEntries(env.map((variable) => [variable.name, settingOf(variable, pod)])),
          };
        }),
      );
  });
}

function ofSystemd(): ProgramEnvironment[] {
  const units = [
    { unit: 'inspector-provider.service', files: ['provider.env'], instance: '' },
    { unit: 'inspector@.service', files: ['inspector.env', 'inspector-a.env'], instance: 'a' },
    { unit: 'inspector@.service', files: ['inspector.env', 'inspector-b.env'], instance: 'b' },
  ];
  return units.map(({ unit, files, instance }) => {
    const text = deployText(`systemd/${unit}`);
    const own = [...text.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value.replace('%S', '/var/lib').replace('%C', '/var/cache').replace('%i', instance),
    ]);
    const given = files.flatMap((file) =>
      [...deployText(`systemd/${file}`).matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    return { where: `systemd/${unit} ${instance}`.trim(), variables: Object.fromEntries([...given, ...own]) };
  });
}
