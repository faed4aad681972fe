import type { ConnectorSpec, Environment, ListenConfig } from './environment.ts';

const hidden = '(set)';

/** The address without user, password, path and query, any of which may be a secret. */
const addressOf = (url: string): string => url.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#@]*@)?([^/?#]*).*$/i, '$1$2');

const secretOf = (value: string | null): string | null => (value === null ? null : hidden);

// Named one by one, so that a secret added later is not shown by accident.
const listenOf = ({ port, host, apiToken, tokens, allowedHosts, allowedOrigins }: ListenConfig) => ({
  port,
  host,
  apiToken: secretOf(apiToken),
  tokens: tokens.map(({ role }) => role),
  allowedHosts,
  allowedOrigins,
});

const connectorOf = (spec: ConnectorSpec): Record<string, unknown> => {
  if (spec.kind !== 'ccxt') return { ...spec };
  const { apiKey, secret, password, testnet, url } = spec.credentials;
  return {
    ...spec,
    credentials: {
      apiKey: secretOf(apiKey),
      secret: secretOf(secret),
      password: secretOf(password),
      testnet,
      url: url === null ? null : addressOf(url),
    },
  };
};

const telegramOf = ({ chatIds, apiRoot }: NonNullable<Environment['telegram']>) => ({
  chatIds,
  apiRoot: apiRoot === null ? null : addressOf(apiRoot),
});

/** The effective configuration without secrets, for logs and `GET /inspector/config/runtime`. */
export function describeEnvironment(config: Environment): Record<string, unknown> {
  const { inspector, provider, bus, questdb, connectors, telegram } = config;
  return {
    inspector: {
      ...listenOf(inspector),
      appKey: inspector.appKey,
      optionsFile: inspector.optionsFile,
      dataDir: inspector.dataDir,
      retention: inspector.retention,
      accounts: inspector.accounts,
      leaseMs: inspector.leaseMs,
      publicUrl: inspector.publicUrl === null ? null : addressOf(inspector.publicUrl),
    },
    provider: {
      ...listenOf(provider),
      url: addressOf(provider.url),
      appActiveTtlMs: provider.appActiveTtlMs,
      targetHosts: provider.targetHosts,
    },
    bus: bus.kind === 'memory' ? bus : { kind: 'redis', url: addressOf(bus.url) },
    questdb: questdb === null ? null : { url: addressOf(questdb.url) },
    connectors: connectors.map(connectorOf),
    paper: config.paper,
    telegram: telegram === null ? null : { ...telegramOf(telegram), botToken: hidden },
    alertWebhookUrls: config.alertWebhookUrls.map(addressOf),
    alertWebhookSecret: secretOf(config.alertWebhookSecret),
    alertsFile: config.alertsFile,
    traces: config.traces === null ? null : { url: addressOf(config.traces.url) },
    logLevel: config.logLevel,
  };
}
