/** Every environment variable, for reading, for `describeEnvironment` and for the docs. */
export interface VariableSpec {
  /** As text; null where there is none. */
  default: string | null;
  /** Its value is never shown, and `<NAME>_FILE` may hold the path of a file with it. */
  secret?: true;
  description: string;
}

export const variables = {
  INSPECTOR_PORT: { default: '8008', description: "Port of Inspector's REST; 0 takes any free one." },
  INSPECTOR_HOST: {
    default: '127.0.0.1',
    description: 'Address that Inspector listens on. Beyond loopback it needs `INSPECTOR_API_TOKEN`.',
  },
  INSPECTOR_APP_KEY: { default: 'inspector', description: 'Key of this Inspector in the registry and in proxy paths.' },
  INSPECTOR_OPTIONS_FILE: {
    default: null,
    description: 'JSON file with initial options; later changes through REST are durable and win.',
  },
  INSPECTOR_DATA_DIR: { default: './data', description: 'Directory of the embedded storage.' },
  INSPECTOR_API_TOKEN: {
    default: null,
    secret: true,
    description: "Admin token of Inspector's own REST. Without it loopback is open to the machine.",
  },
  INSPECTOR_TOKENS: {
    default: null,
    secret: true,
    description: "More tokens of Inspector's REST: a comma list of `role:sha256`, the digest as 64 hexadecimal digits.",
  },
  INSPECTOR_ALLOWED_HOSTS: {
    default: null,
    description: "More `Host` names that Inspector's REST serves, as a comma list; its own address is always served.",
  },
  INSPECTOR_ALLOWED_ORIGINS: {
    default: null,
    description: "Origins of web pages that may call Inspector's REST, as a comma list.",
  },
  INSPECTOR_RETENTION_DAYS: {
    default: '365',
    description: 'Days that the journal and the audit trail are kept; 0: for ever.',
  },
  INSPECTOR_RETENTION_MAX_MB: {
    default: '10240',
    description: 'Size of the embedded storage in MB above which the oldest goes first; 0: no bound.',
  },
  INSPECTOR_ACCOUNTS: {
    default: null,
    description:
      'Comma list of the accounts that this Inspector governs, as `connectorType:marketType[:accountId]`; unset: every account.',
  },
  INSPECTOR_LEASE_MS: {
    default: '5000',
    description:
      'Over Redis: an instance that does not show that it lives for this long is replaced by its standby, in ms.',
  },
  INSPECTOR_PUBLIC_URL: {
    default: null,
    description: 'Address at which the Provider and a standby reach this Inspector; unset: where it listens.',
  },
  PROVIDER_PORT: { default: '8081', description: "Port of the Provider's REST, `/ws` and page; 0 takes any free one." },
  PROVIDER_HOST: { default: '127.0.0.1', description: 'Address that the Provider listens on.' },
  PROVIDER_URL: { default: 'http://127.0.0.1:8081', description: 'Where a stand-alone Inspector finds the Provider.' },
  PROVIDER_API_TOKEN: {
    default: null,
    secret: true,
    description:
      'Admin token of the Provider. Without it one is generated at first start and kept in the data directory.',
  },
  PROVIDER_TOKENS: {
    default: null,
    secret: true,
    description: 'More tokens of the Provider: a comma list of `role:sha256`, the digest as 64 hexadecimal digits.',
  },
  PROVIDER_ALLOWED_HOSTS: {
    default: null,
    description: 'More `Host` names that the Provider serves, as a comma list; its own address is always served.',
  },
  PROVIDER_ALLOWED_ORIGINS: {
    default: null,
    description: 'Origins of web pages that may call the Provider, as a comma list.',
  },
  PROVIDER_APP_ACTIVE_TTL_MS: {
    default: '60000',
    description: 'An application without a heartbeat for this long is inactive, in ms.',
  },
  PROVIDER_TARGET_HOSTS: {
    default: null,
    description:
      'Hosts beyond loopback that Inspectors and other applications may be registered on, as a comma list of `host` or `host:port`.',
  },
  EVENT_BUS_URL: {
    default: 'memory:',
    secret: true,
    description: '`memory:` for one process, or `redis://…` (`rediss://…`) for several.',
  },
  REDIS_URL: { default: null, secret: true, description: 'The same, where `EVENT_BUS_URL` is not set.' },
  REDIS_HOST: { default: null, description: 'Host of Redis, where neither of the two is set.' },
  REDIS_PORT: { default: '6379', description: 'Port of Redis, together with `REDIS_HOST`.' },
  QUESTDB_URL: {
    default: null,
    secret: true,
    description: '`http://host:9000` of QuestDB; unset: the embedded store only.',
  },
  CONNECTORS: {
    default: 'paper',
    description: 'Comma list of `paper`, `replay:<file>` and `ccxt:<exchange>:<marketType>`.',
  },
  PAPER_BALANCE: { default: '10000', description: 'Wallet that the paper venue starts with, in USD.' },
  PAPER_MAKER_FEE_PERCENT: { default: '0.02', description: "The paper venue's maker fee in percent." },
  PAPER_TAKER_FEE_PERCENT: { default: '0.05', description: "The paper venue's taker fee in percent." },
  PAPER_SEED: { default: '1', description: 'Seed of the simulated market: the same seed, the same market.' },
  TELEGRAM_BOT_TOKEN: {
    default: null,
    secret: true,
    description: 'Bot that sends alerts and takes commands; needs `TELEGRAM_CHAT_ID`. See [alerts](alerts.md).',
  },
  TELEGRAM_CHAT_ID: {
    default: null,
    description:
      'Chats that alerts are sent to and commands are taken from, as a comma list of numbers (negative for groups) or `@name` of channels.',
  },
  TELEGRAM_API_ROOT: {
    default: null,
    description: "Address of the Bot API instead of Telegram's own, for tests and private gateways.",
  },
  ALERT_WEBHOOK_URL: {
    default: null,
    secret: true,
    description:
      "Addresses that alerts are posted to, as a comma list: Slack's and Discord's in their shape, all others as JSON.",
  },
  ALERT_WEBHOOK_SECRET: {
    default: null,
    secret: true,
    description: 'Key that signs what is posted as JSON, in the header `x-inspector-signature`.',
  },
  ALERTS_FILE: {
    default: null,
    description: 'JSON file with more targets, routing by severity, templates and who may command.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    default: null,
    secret: true,
    description: '`http://host:4318` of an OpenTelemetry collector that traces are sent to; unset: none are made.',
  },
  LOG_LEVEL: {
    default: 'info',
    description: 'One of fatal, error, warn, info, debug, trace, silent; JSON on stdout, pretty on a terminal.',
  },
} as const satisfies Record<string, VariableSpec>;

export type VariableName = keyof typeof variables;
export const variableNames = Object.keys(variables) as readonly VariableName[];

/** Variables of a live venue, as `CCXT_<EXCHANGE>_<SUFFIX>`. */
export const credentialVariables = {
  API_KEY: { default: null, secret: true, description: "Key of the account's API." },
  SECRET: { default: null, secret: true, description: 'Its secret; needed together with the key.' },
  PASSWORD: { default: null, secret: true, description: 'Its passphrase, where the venue has one.' },
  TESTNET: { default: 'false', description: "`true` uses the venue's test network." },
  SYMBOLS: {
    default: null,
    description:
      "Symbols whose market data is streamed from the start, by the venue's names, as a comma list; the account's own are added by themselves. At most 100.",
  },
  URL: { default: null, description: "Base address instead of the venue's own, for tests and private gateways." },
} as const satisfies Record<string, VariableSpec>;
