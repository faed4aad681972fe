import { cutText, type Notifier } from '../notifier.ts';
import { type WebhookConfig, webhookNotifier } from './webhook.ts';

/** Past it Slack folds a message away. */
const TEXT_CHARACTERS = 3000;

/** An incoming webhook of Slack: the title bold, nothing in the text is a mention or a link but what Slack finds itself. */
export const slackWebhook = (config: WebhookConfig): Notifier =>
  webhookNotifier(config, {
    kind: 'webhook-slack',
    body: ({ text }) => ({ text: slackText(text), unfurl_links: false }),
  });

function slackText(text: string): string {
  const [title = '', ...rest] = cutText(text, TEXT_CHARACTERS).split('\n').map(escaped);
  // A star inside would end the bold early.
  const bold = title === '' ? '' : `*${title.replaceAll('*', '∗')}*`;
  return [bold, ...rest].join('\n');
}

/** The three characters that Slack reads as control. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
