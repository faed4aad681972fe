import { cutText, type Notifier } from '../notifier.ts';
import { type WebhookConfig, webhookNotifier } from './webhook.ts';

/** Discord takes 2000; escaping may add some, so the rest is kept free for it. */
const TEXT_CHARACTERS = 1500;
const CONTENT_CHARACTERS = 2000;

/** A webhook of Discord: the title bold, no mention reaches anybody. */
export const discordWebhook = (config: WebhookConfig): Notifier =>
  webhookNotifier(config, {
    kind: 'webhook-discord',
    body: ({ text }) => ({ content: discordText(text), allowed_mentions: { parse: [] } }),
  });

function discordText(text: string): string {
  const [title = '', ...rest] = cutText(text, TEXT_CHARACTERS).split('\n').map(escaped);
  return cutText([title === '' ? '' : `**${title}**`, ...rest].join('\n'), CONTENT_CHARACTERS);
}

/** Markdown is shown as it is written. An underscore within a word, as in DAILY_LOSS, is none. */
const escaped = (text: string): string =>
  text.replaceAll(/[\\*~`|[\]<>#]/g, '\\$&').replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_');
