import type { NotifierKind } from '../notifier.ts';

/** Which shape an address wants, by its host: Slack's, Discord's or, for all others, JSON of our own. */
export function webhookShape(url: string): Exclude<NotifierKind, 'telegram'> {
  const { hostname, pathname } = new URL(url);
  if (/^hooks\.slack(-gov)?\.com$/i.test(hostname)) return 'webhook-slack';
  const isDiscord =
    /^((ptb|canary)\.)?discord(app)?\.com$/i.test(hostname) && /^\/api(\/v\d+)?\/webhooks\//.test(pathname);
  return isDiscord ? 'webhook-discord' : 'webhook-generic';
}
