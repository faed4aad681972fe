import { boundedRetryMs, postJson } from '../post-json.ts';
import { withoutSecrets } from '../without-secrets.ts';

/** Of an answer: a page of updates is far below; past it the call fails instead of filling the memory. */
const ANSWER_BYTES = 2 * 1024 * 1024;

/** Why a call did not do what it should, in words without the token. */
export interface TelegramFailure extends Error {
  code: 'TELEGRAM_FAILED';
  /** Telegram's own number; undefined when it did not answer. */
  status: number | undefined;
  retryAfterMs?: number;
}

export const isTelegramFailure = (error: unknown): error is TelegramFailure =>
  (error as { code?: unknown } | null)?.code === 'TELEGRAM_FAILED';

/**
 * Telegram's Bot API over `fetch`. The token is part of every address, so that no error of `fetch` leaves here, and what
 * Telegram says is searched for it.
 */
export interface TelegramApi {
  /** Rejects with a TelegramFailure only; ends soon after `signal` aborts. */
  call(method: string, fields: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<unknown>;
}

export interface TelegramApiConfig {
  botToken: string;
  /** `https://api.telegram.org`, or another for tests and gateways. */
  apiRoot: string;
  now: () => number;
}

export const TELEGRAM_API_ROOT = 'https://api.telegram.org';

export function createTelegramApi({ botToken, apiRoot, now }: TelegramApiConfig): TelegramApi {
  const [botId = '', key = ''] = botToken.split(':');
  const shown = withoutSecrets([botToken, key === '' ? botId : key]);
  const root = apiRoot.replace(/\/+$/, '');
  return {
    async call(method, fields, signal) {
      let answer: Awaited<ReturnType<typeof postJson>>;
      try {
        const body = JSON.stringify(fields);
        answer = await postJson(`${root}/bot${botToken}/${method}`, { body, signal, maxBytes: ANSWER_BYTES, now });
      } catch (error) {
        throw failure(`Telegram: ${error instanceof Error ? error.message : 'no answer'}`, undefined);
      }
      const { status, text, isCut, retryAfterMs } = answer;
      const told = isCut ? undefined : parsed(text);
      if (told?.ok === true) return told.result;
      if (told === undefined) throw failure(`Telegram answers what is not its JSON (${status})`, status, retryAfterMs);
      const number = typeof told.error_code === 'number' ? told.error_code : status;
      const description = typeof told.description === 'string' ? shown(told.description) : '';
      const { retry_after: seconds, migrate_to_chat_id: movedTo } = parametersOf(told.parameters);
      const words = wordsOf(
        number,
        typeof movedTo === 'number' ? `the group is now ${movedTo}: set that chat` : description,
      );
      throw failure(words, number, typeof seconds === 'number' ? boundedRetryMs(seconds) : retryAfterMs);
    },
  };
}

function failure(message: string, status: number | undefined, retryAfterMs?: number): TelegramFailure {
  const retry = retryAfterMs === undefined ? {} : { retryAfterMs };
  return Object.assign(new Error(message), {
    name: 'TelegramFailure',
    code: 'TELEGRAM_FAILED' as const,
    status,
    ...retry,
  });
}

interface TelegramAnswer {
  ok?: unknown;
  result?: unknown;
  error_code?: unknown;
  description?: unknown;
  parameters?: unknown;
}

function parsed(text: string): TelegramAnswer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const parametersOf = (value: unknown): { retry_after?: unknown; migrate_to_chat_id?: unknown } =>
  typeof value === 'object' && value !== null ? value : {};

function wordsOf(status: number, description: string): string {
  const said = description === '' ? '' : `: ${description}`;
  switch (status) {
    case 401:
    case 404: // what Telegram answers for a token that is none
      return `Telegram does not know this bot token (${status}): look at it with @BotFather`;
    case 403:
      return `Telegram lets the bot not write there (403)${said}`;
    case 409:
      return /webhook/i.test(description)
        ? 'Telegram sends this bot’s updates to a webhook (409): remove it with deleteWebhook'
        : 'another program reads the updates of this bot (409): a bot token serves one Inspector';
    case 429:
      return 'Telegram asks us to slow down (429)';
    default:
      return `Telegram answers ${status}${said}`;
  }
}
