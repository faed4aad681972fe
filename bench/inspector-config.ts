/** A stand-alone Inspector as the benchmarks start it: on loopback, open, kept in no registry, silent. */
import { defaultOptions, type Options } from '@inspector/contract';
import type { InspectorConfig, RunnerLog } from '@inspector/inspector';

export const silentLog: RunnerLog = { info() {}, warn() {}, error() {} };

export function inspectorConfig(dataDir: string, options: Options = defaultOptions): InspectorConfig {
  return {
    appKey: 'bench',
    dataDir,
    version: '0.0.0',
    retention: { days: 0, maxMb: 0 },
    options,
    provider: { url: 'http://127.0.0.1:9', token: () => '' },
    configuration: {},
    host: '127.0.0.1',
    port: 0,
    apiToken: null,
    tokens: [],
    allowedHosts: [],
    allowedOrigins: [],
  };
}
