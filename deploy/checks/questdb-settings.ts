import { basename, join } from 'node:path';
import { deployYaml } from './deploy-file.ts';

/** QuestDB's settings in compose.yaml, its secrets read from `folder`. */
export function questdbSettings(folder: string): Record<string, string> {
  const { services } = deployYaml('compose.yaml') as { services: { questdb: { environment: Record<string, string> } } };
  return Object.fromEntries(
    Object.entries(services.questdb.environment).map(([name, value]) => [
      name,
      name.endsWith('_FILE') ? join(folder, basename(value)) : value,
    ]),
  );
}
