import type { FieldError } from '#validation/field-error.ts';
import { hostsOf, listenOf, refuseOpenListening } from './access.ts';
import { alertWebhookUrlsOf, telegramOf } from './alerts.ts';
import { connectorsOf } from './connectors.ts';
import type { Environment, LogLevel } from './environment.ts';
import { hostOf, integerOf, listItems, numberOf, portOf, urlOf } from './values.ts';
import {
  createVariableReader,
  type EnvironmentVariables,
  type ReadFile,
  type VariableReader,
} from './variable-reader.ts';
import { credentialVariables, variables } from './variables.ts';

export type EnvironmentResult =
  | { config: Environment; warnings: FieldError[] }
  /** `path` is the name of the variable. */
  | { errors: FieldError[] };

const logLevels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/**
 * The configuration of a process from its environment, or every violation at once, each with the variable's name and what
 * to do. Reads nothing but what `readFile` gives for `<NAME>_FILE`. Never throws; no message holds a secret.
 */
export function readEnvironment(env: EnvironmentVariables, readFile: ReadFile): EnvironmentResult {
  const reader = createVariableReader(env, readFile);
  const inspector = listenOf(reader, { prefix: 'INSPECTOR', port: 8008 });
  refuseOpenListening(reader, inspector);
  const config: Environment = {
    inspector: {
      ...inspector,
      appKey: appKeyOf(reader),
      optionsFile: reader.text('INSPECTOR_OPTIONS_FILE') ?? null,
      dataDir: reader.text('INSPECTOR_DATA_DIR') ?? variables.INSPECTOR_DATA_DIR.default,
      retention: {
        days: numberOf(reader, 'INSPECTOR_RETENTION_DAYS', { minimum: 0, maximum: 36_500, fallback: 365 }),
        maxMb: numberOf(reader, 'INSPECTOR_RETENTION_MAX_MB', { minimum: 0, maximum: 1e9, fallback: 10_240 }),
      },
      accounts: accountsOf(reader),
      leaseMs: integerOf(reader, 'INSPECTOR_LEASE_MS', { minimum: 500, maximum: 600_000, fallback: 5_000 }),
      publicUrl:
        urlOf(reader, 'INSPECTOR_PUBLIC_URL', { schemes: ['http', 'https'], example: 'http://inspector-0:8008' }) ??
        null,
    },
    provider: {
      ...listenOf(reader, { prefix: 'PROVIDER', port: 8081 }),
      url:
        urlOf(reader, 'PROVIDER_URL', { schemes: ['http', 'https'], example: variables.PROVIDER_URL.default }) ??
        variables.PROVIDER_URL.default,
      appActiveTtlMs: integerOf(reader, 'PROVIDER_APP_ACTIVE_TTL_MS', {
        minimum: 1,
        maximum: 86_400_000,
        fallback: 60_000,
      }),
      targetHosts: hostsOf(reader, 'PROVIDER_TARGET_HOSTS'),
    },
    bus: busOf(reader),
    questdb: questdbOf(reader),
    connectors: connectorsOf(reader),
    paper: paperOf(reader),
    telegram: telegramOf(reader),
    alertWebhookUrls: alertWebhookUrlsOf(reader),
    alertWebhookSecret: reader.secret('ALERT_WEBHOOK_SECRET') ?? null,
    alertsFile: reader.text('ALERTS_FILE') ?? null,
    traces: tracesOf(reader),
    logLevel: logLevelOf(reader),
  };
  warnOfUnknown(reader, env, config);
  return reader.errors.length > 0 ? { errors: reader.errors } : { config, warnings: reader.warnings };
}

function appKeyOf(reader: VariableReader): string {
  const name = 'INSPECTOR_APP_KEY';
  const text = reader.text(name) ?? variables.INSPECTOR_APP_KEY.default;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)) {
    reader.fail(name, `must be 1 to 64 letters, digits, dots, dashes and underscores, not ${JSON.stringify(text)}`);
  }
  return text;
}

/** As many as streams can be read with one call. */
const maxAccounts = 1000;

function accountsOf(reader: VariableReader): string[] | null {
  const name = 'INSPECTOR_ACCOUNTS';
  const text = reader.text(name);
  if (text === undefined) return null;
  const items = [...new Set(listItems(text))];
  if (items.length === 0 || items.length > maxAccounts) {
    reader.fail(name, `lists ${items.length} accounts: at least 1 and at most ${maxAccounts} are taken`);
  }
  for (const item of items) {
    if (!/^[^\s:,]{1,64}:[^\s:,]{1,64}(:[^\s:,]{1,128})?$/.test(item)) {
      reader.fail(
        name,
        `${JSON.stringify(item)} is not connectorType:marketType or connectorType:marketType:accountId`,
      );
    }
  }
  return items;
}

function tracesOf(reader: VariableReader): Environment['traces'] {
  const rule = { schemes: ['http', 'https'], example: 'http://127.0.0.1:4318', secret: true };
  const url = urlOf(reader, 'OTEL_EXPORTER_OTLP_ENDPOINT', rule);
  return url === undefined ? null : { url };
}

/** `EVENT_BUS_URL` wins over `REDIS_URL`, which wins over `REDIS_HOST`. */
function busOf(reader: VariableReader): Environment['bus'] {
  const schemes = ['redis', 'rediss'];
  const example = 'memory: or redis://127.0.0.1:6379';
  if (reader.secret('EVENT_BUS_URL') === 'memory:') return { kind: 'memory' };
  for (const name of ['EVENT_BUS_URL', 'REDIS_URL']) {
    const set = reader.text(name) ?? reader.text(`${name}_FILE`);
    if (set === undefined) continue;
    const url = urlOf(reader, name, { schemes, example, secret: true });
    return url === undefined ? { kind: 'memory' } : { kind: 'redis', url };
  }
  const host = reader.text('REDIS_HOST') === undefined ? undefined : hostOf(reader, 'REDIS_HOST', '127.0.0.1');
  if (host === undefined) return { kind: 'memory' };
  const port = portOf(reader, 'REDIS_PORT', 6379);
  return { kind: 'redis', url: `redis://${host.includes(':') ? `[${host}]` : host}:${port}` };
}

function questdbOf(reader: VariableReader): Environment['questdb'] {
  const rule = { schemes: ['http', 'https'], example: 'http://127.0.0.1:9000', secret: true };
  const url = urlOf(reader, 'QUESTDB_URL', rule);
  return url === undefined ? null : { url };
}

function paperOf(reader: VariableReader): Environment['paper'] {
  const fee = { minimum: -1, maximum: 100 };
  return {
    balance: numberOf(reader, 'PAPER_BALANCE', { minimum: 0, maximum: 1e15, fallback: 10_000 }),
    makerFeePercent: numberOf(reader, 'PAPER_MAKER_FEE_PERCENT', { ...fee, fallback: 0.02 }),
    takerFeePercent: numberOf(reader, 'PAPER_TAKER_FEE_PERCENT', { ...fee, fallback: 0.05 }),
    seed: integerOf(reader, 'PAPER_SEED', { minimum: 0, maximum: 4_294_967_295, fallback: 1 }),
  };
}

function logLevelOf(reader: VariableReader): LogLevel {
  const text = reader.text('LOG_LEVEL')?.toLowerCase() ?? 'info';
  const level = logLevels.find((each) => each === text);
  if (level === undefined)
    reader.fail('LOG_LEVEL', `must be one of ${logLevels.join(', ')}, not ${JSON.stringify(text)}`);
  return level ?? 'info';
}

/** A misspelt variable would be a setting that silently does not hold. */
function warnOfUnknown(reader: VariableReader, env: EnvironmentVariables, { connectors }: Environment): void {
  const exchanges = connectors.flatMap((spec) => (spec.kind === 'ccxt' ? [spec.exchange.toUpperCase()] : []));
  const known = new Set<string>();
  for (const [name, spec] of Object.entries(variables)) {
    known.add(name);
    if ('secret' in spec) known.add(`${name}_FILE`);
  }
  for (const exchange of exchanges) {
    for (const [suffix, spec] of Object.entries(credentialVariables)) {
      known.add(`CCXT_${exchange}_${suffix}`);
      if ('secret' in spec) known.add(`CCXT_${exchange}_${suffix}_FILE`);
    }
  }
  for (const name of Object.keys(env).sort()) {
    if (!/^(INSPECTOR|PROVIDER|PAPER|CCXT)_/.test(name) || known.has(name)) continue;
    // Kubernetes' own, for a service that has the same name.
    if (/_(SERVICE_(HOST|PORT(_.+)?)|PORT_\d+_.+)$/.test(name)) continue;
    reader.warn(
      name,
      name.startsWith('CCXT_')
        ? 'has no effect: CONNECTORS does not name that exchange'
        : 'is not known and has no effect',
    );
  }
}
