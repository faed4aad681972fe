import type { Role } from '#rest/roles.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** A token as it is known: by its SHA-256, 64 lower-case hexadecimal digits. */
export interface TokenDigest {
  role: Role;
  sha256: string;
}

export type ConnectorSpec =
  | { kind: 'paper' }
  | { kind: 'replay'; file: string }
  | { kind: 'ccxt'; exchange: string; marketType: string; credentials: VenueCredentials; symbols: string[] };

/** Without an API key only public data can be had. */
export interface VenueCredentials {
  apiKey: string | null;
  secret: string | null;
  password: string | null;
  testnet: boolean;
  url: string | null;
}

/** How a service is reached and by whom. */
export interface ListenConfig {
  port: number;
  host: string;
  /** Admin token in clear, null when none is set. */
  apiToken: string | null;
  tokens: TokenDigest[];
  allowedHosts: string[];
  allowedOrigins: string[];
}

/** The configuration of one process, complete and valid. Holds secrets: show `describeEnvironment` instead. */
export interface Environment {
  inspector: ListenConfig & {
    appKey: string;
    optionsFile: string | null;
    dataDir: string;
    /** 0 is without a bound. */
    retention: { days: number; maxMb: number };
    /** Accounts that this Inspector governs, as `accountKey`; null is every account that it hears of. */
    accounts: string[] | null;
    /** How long one instance may act without showing that it lives, over Redis. */
    leaseMs: number;
    /** Where the Provider and a standby reach it; null: its own address. */
    publicUrl: string | null;
  };
  provider: ListenConfig & {
    url: string;
    appActiveTtlMs: number;
    /** Hosts beyond loopback that applications may be registered on, `host` or `host:port`. */
    targetHosts: string[];
  };
  bus: { kind: 'memory' } | { kind: 'redis'; url: string };
  questdb: { url: string } | null;
  connectors: ConnectorSpec[];
  paper: { balance: number; makerFeePercent: number; takerFeePercent: number; seed: number };
  /** Null without a bot and chats, or where only `ALERTS_FILE` names chats. `apiRoot` null: Telegram's own. */
  telegram: { botToken: string; chatIds: string[]; apiRoot: string | null } | null;
  /** Each is a secret as a whole. */
  alertWebhookUrls: string[];
  /** Signs what is posted to webhooks of the generic shape; null: nothing is signed. */
  alertWebhookSecret: string | null;
  /** JSON file with more targets and settings of alerts. */
  alertsFile: string | null;
  /** Where traces are sent, over OTLP; null: none are made. */
  traces: { url: string } | null;
  logLevel: LogLevel;
}
