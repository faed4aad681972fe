import type { AlertSeverity } from '../alert-message.ts';
import type { Template } from '../template.ts';

/** Where alerts go and who may command, complete and checked. Holds secrets: never show it. */
export interface AlertsConfig {
  targets: readonly TargetConfig[];
  bots: readonly BotConfig[];
}

export interface TargetSettings {
  /** Its own, among all; what was told is remembered under it. */
  name: string;
  severities: readonly AlertSeverity[];
  /** Whether it is reminded of what lasts. */
  reminders: boolean;
  ratePerMinute: number;
  template: Template;
  /** A page that a person can open; null: none. */
  link: string | null;
}

export type TargetPlace =
  | { kind: 'telegram'; botToken: string; apiRoot: string; chatId: string }
  | { kind: 'webhook-generic'; url: string; secret: string | null }
  | { kind: 'webhook-slack'; url: string }
  | { kind: 'webhook-discord'; url: string };

export type TargetConfig = TargetSettings & TargetPlace;

/** A bot that takes commands. */
export interface BotConfig {
  botToken: string;
  apiRoot: string;
  /** Chats that are answered: numbers, or `@name`. */
  allowedChats: readonly string[];
  /** Users that are answered there, by number; null: everyone in these chats. */
  allowedUsers: readonly string[] | null;
}

/** Each has a loop, a queue and a line in the health of the service. */
export const MAX_TARGETS = 20;
export const RATE_PER_MINUTE = 20;
