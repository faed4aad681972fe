import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Program } from '#keep-program.ts';
import type { StackSettings } from '#settings.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const EXAMPLE = join(root, 'examples/external-detector');
export const DETECTOR = 'example-ts';
const ANSWER_MS = 2_000;

export type ProgramName = 'provider' | 'inspector-1' | 'inspector-2' | 'detector';

export interface StackAddresses {
  provider: string;
  inspector: string;
  standby: string;
  /** May hold a password: shown without. */
  redis: string;
  /** Undefined: there is no QuestDB. */
  questdb: string | undefined;
}

export type StackPrograms = (
  settings: StackSettings,
  given: { addresses: StackAddresses; tokenFile: string | undefined },
) => Record<ProgramName, Program>;

/** The four processes, each with its own data directory and log; their settings are the caller's environment, but for what makes them one stack. */
export const stackPrograms: StackPrograms = (settings, { addresses, tokenFile }) => {
  const { directory, ports } = settings;
  const inherited: NodeJS.ProcessEnv = { ...process.env };
  // npm's and the launcher's own. What says where the bus and QuestDB are is set below, or not at all.
  for (const name of Object.keys(inherited)) {
    if (/^(npm_|NODE_CHANNEL|STACK_|REDIS_|EVENT_BUS_URL|QUESTDB_URL)/.test(name)) delete inherited[name];
  }
  const common: NodeJS.ProcessEnv = {
    ...inherited,
    EVENT_BUS_URL: addresses.redis,
    INSPECTOR_APP_KEY: settings.appKey,
    INSPECTOR_HOST: '127.0.0.1',
    PROVIDER_HOST: '127.0.0.1',
    PROVIDER_PORT: String(ports.provider),
    PROVIDER_URL: addresses.provider,
  };
  if (tokenFile !== undefined) common.PROVIDER_API_TOKEN_FILE = tokenFile;
  if (addresses.questdb !== undefined) common.QUESTDB_URL = addresses.questdb;
  common.INSPECTOR_OPTIONS_FILE ||= join(EXAMPLE, 'limits.json');

  const program = (name: ProgramName, words: readonly string[], env: NodeJS.ProcessEnv): Omit<Program, 'isReady'> => {
    const logs = join(directory, 'logs');
    for (const folder of [logs, join(directory, name)]) mkdirSync(folder, { recursive: true });
    const hasChannel = name !== 'detector';
    return { name, command: [process.execPath, ...words], env, logFile: join(logs, `${name}.log`), hasChannel };
  };
  const inspector = (words: readonly string[]) => [join(root, 'packages/cli/src/main.ts'), ...words];
  const serve = (name: ProgramName, port: number, url: string): Program => ({
    ...program(name, inspector(['serve']), {
      ...common,
      INSPECTOR_PORT: String(port),
      INSPECTOR_DATA_DIR: join(directory, name),
    }),
    isReady: () => answers(`${url}/api/inspector/health`),
  });

  return {
    provider: {
      ...program('provider', inspector(['provider']), {
        ...common,
        INSPECTOR_DATA_DIR: join(directory, 'provider'),
      }),
      isReady: () => answers(`${addresses.provider}/api/health`),
    },
    'inspector-1': serve('inspector-1', ports.inspector, addresses.inspector),
    'inspector-2': serve('inspector-2', ports.standby, addresses.standby),
    detector: {
      ...program('detector', [join(EXAMPLE, 'typescript/detector.ts'), '--name', DETECTOR, ...settings.symbols], {
        PATH: process.env.PATH,
        REDIS_URL: addresses.redis,
      }),
      // It has nothing to say of itself: its requests are in the audit.
      isReady: () => Promise.resolve(true),
    },
  };
};

/** Any answer will do: a process that is up may say that it is not well, or wants a token. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), headers: { connection: 'close' } });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
