import type { Notifier, NotifierKind, Outgoing } from '../notifier.ts';
import { postJson } from '../post-json.ts';
import { withoutSecrets } from '../without-secrets.ts';
import { webhookOutcome } from './webhook-outcome.ts';

/** Of an answer, read at most: its words are for a person. */
const ANSWER_BYTES = 4096;

export interface WebhookConfig {
  url: string;
  now: () => number;
}

interface WebhookShape {
  kind: Exclude<NotifierKind, 'telegram'>;
  /** Secrets beside the address. */
  secrets?: readonly string[];
  body(outgoing: Outgoing): unknown;
  headers?(body: string): Readonly<Record<string, string>>;
}

/** A notifier that posts JSON to an address. The address is a secret: only its host is shown. */
export function webhookNotifier({ url, now }: WebhookConfig, shape: WebhookShape): Notifier {
  const { host } = new URL(url);
  const shown = withoutSecrets([...secretsOf(url), ...(shape.secrets ?? [])]);
  const { address, authorization } = addressOf(url);
  return {
    kind: shape.kind,
    place: host,
    async send(outgoing, signal) {
      const body = JSON.stringify(shape.body(outgoing));
      try {
        const headers = { ...authorization, ...shape.headers?.(body) };
        const answer = await postJson(address, { body, headers, signal, maxBytes: ANSWER_BYTES, now });
        return webhookOutcome(answer, shown(answer.text));
      } catch (error) {
        return { outcome: 'later', reason: error instanceof Error ? error.message : 'it cannot be reached' };
      }
    },
  };
}

/** Shorter parts of a path are words, such as `api` and `webhooks`. */
const SHORTEST_PART = 8;

/** The address, and what in it may be the secret: a receiver may repeat any of it. */
function secretsOf(url: string): string[] {
  const { pathname, search, searchParams, username, password } = new URL(url);
  const parts = [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= SHORTEST_PART);
  return [url, pathname, search, username, password, ...parts];
}

/** `fetch` takes no credentials in an address: they become a header. */
function addressOf(url: string): { address: string; authorization: Record<string, string> } {
  const parsed = new URL(url);
  const { username, password } = parsed;
  if (username === '' && password === '') return { address: url, authorization: {} };
  parsed.username = '';
  parsed.password = '';
  const credentials = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64');
  return { address: parsed.href, authorization: { authorization: `Basic ${credentials}` } };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone percent sign is meant as it stands
  }
}
