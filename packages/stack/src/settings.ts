import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readEnvironment } from '@inspector/contract';
import { stackError } from '#stack-error.ts';

/** Ports of the parts, each with the variable that changes it. 0 takes any free one. */
export interface StackPorts {
  provider: number;
  inspector: number;
  standby: number;
  redis: number;
  questdb: number;
}

export const portVariables: Readonly<Record<keyof StackPorts, string>> = {
  provider: 'PROVIDER_PORT',
  inspector: 'INSPECTOR_PORT',
  standby: 'STACK_STANDBY_PORT',
  redis: 'STACK_REDIS_PORT',
  questdb: 'STACK_QUESTDB_PORT',
};

/** 6379 is often taken by a Redis of the system. */
const defaultPorts: StackPorts = { provider: 8081, inspector: 8008, standby: 8009, redis: 6380, questdb: 9000 };

export interface StackSettings {
  /** Absolute. Data, logs and pid files of all parts. */
  directory: string;
  appKey: string;
  ports: StackPorts;
  /** Of a Redis that is there already; undefined: one is started. May hold a password. */
  redisUrl: string | undefined;
  /** The same of QuestDB. */
  questdbUrl: string | undefined;
  /** True when the Provider's token is configured; else one is made and kept. */
  hasToken: boolean;
  symbols: string[];
}

/** Throws a `StackError` with every violation. */
export function readSettings(env: NodeJS.ProcessEnv): StackSettings {
  const environment = readEnvironment(env, (path) => readFileSync(path, 'utf8'));
  const errors = 'errors' in environment ? environment.errors.map(({ path, message }) => `${path} ${message}`) : [];
  const ports = { ...defaultPorts };
  for (const part of Object.keys(ports) as (keyof StackPorts)[]) {
    const text = env[portVariables[part]] || String(defaultPorts[part]);
    ports[part] = Number(text);
    // The other two are the environment's, which has judged them.
    const isOwn = portVariables[part].startsWith('STACK_');
    if (isOwn && !/^\d{1,5}$/.test(text)) errors.push(`${portVariables[part]} must be a port, not ${text}`);
    if (isOwn && ports[part] > 65_535) errors.push(`${portVariables[part]} must be at most 65535, not ${text}`);
  }
  if ('errors' in environment || errors.length > 0) {
    throw stackError('ENVIRONMENT_INVALID', 'the environment is refused', errors);
  }
  const { bus, questdb, provider, inspector } = environment.config;
  return {
    directory: resolve(env.STACK_DIR || 'data-stack'),
    appKey: inspector.appKey,
    ports,
    redisUrl: bus.kind === 'redis' ? bus.url : undefined,
    questdbUrl: questdb?.url,
    hasToken: provider.apiToken !== null,
    symbols: (env.STACK_SYMBOLS || 'BTCUSDT ETHUSDT SOLUSDT').split(/[\s,]+/).filter((symbol) => symbol !== ''),
  };
}
