import type { AlertMessage } from './alert-message.ts';

export const notifierKinds = ['telegram', 'webhook-generic', 'webhook-slack', 'webhook-discord'] as const;
export type NotifierKind = (typeof notifierKinds)[number];

/** One alert on its way. */
export interface Outgoing {
  alert: AlertMessage;
  /** For people, its first line a title. */
  text: string;
  /** How old it is when that is worth saying, else null. */
  lateMs: number | null;
}

export type Sent =
  | { outcome: 'delivered' }
  /** Nobody has it as far as is known: it is to be tried again, not before `retryAfterMs` where that is said. */
  | { outcome: 'later'; reason: string; retryAfterMs?: number }
  /** The other side does not want this one, and will not the next time. */
  | { outcome: 'refused'; reason: string };

/**
 * The port of telling a person. `notifierContract` is the test of every implementation. A reason is words for people and
 * holds no secret.
 */
export interface Notifier {
  readonly kind: NotifierKind;
  /** Where it goes, without anything secret: a chat, a host. */
  readonly place: string;
  /** Sends once. Never rejects; ends soon after `signal` aborts. */
  send(outgoing: Outgoing, signal: AbortSignal): Promise<Sent>;
}

/** The beginning of a text, with a mark where it was cut. `most` counts UTF-16 units, as Telegram and Discord do. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  // Half of a pair would be no character.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
