import { parseArgs } from 'node:util';

export interface Settings {
  redisUrl: string;
  inspectorUrl: string;
  /** Of the Inspector's REST; empty on loopback, where none is needed. */
  inspectorToken: string;
  connectorType: string;
  marketType: string;
  /** The name under which it asks, in every request and in the audit. */
  detectorSysname: string;
  symbols: string[];
  turnMs: number;
  /** True: it asks `risk/check` and would send its orders itself. */
  asksFirst: boolean;
}

export const usage = `node detector.ts [--ask] [--turn-seconds 20] [--name example-ts] [SYMBOL …]

  REDIS_URL             redis://127.0.0.1:6379
  INSPECTOR_URL         http://127.0.0.1:8008, with --ask
  INSPECTOR_API_TOKEN   where the Inspector wants one, with --ask`;

/** Undefined when only help is wanted. Throws a message for a person when the command line is not understood. */
export function readSettings(args: string[], env: NodeJS.ProcessEnv): Settings | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ask: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      name: { type: 'string', default: 'example-ts' },
      'turn-seconds': { type: 'string', default: '20' },
    },
  });
  if (values.help) return undefined;
  const turnMs = Number(values['turn-seconds']) * 1000;
  if (!(turnMs >= 100)) throw new Error(`--turn-seconds must be 0.1 or more, not ${values['turn-seconds']}`);
  return {
    redisUrl: env.REDIS_URL || env.EVENT_BUS_URL || 'redis://127.0.0.1:6379',
    inspectorUrl: env.INSPECTOR_URL || 'http://127.0.0.1:8008',
    inspectorToken: env.INSPECTOR_API_TOKEN ?? '',
    connectorType: 'paper',
    marketType: 'futures',
    detectorSysname: values.name,
    symbols: positionals.length > 0 ? positionals : ['ETHUSDT'],
    turnMs,
    asksFirst: values.ask,
  };
}
