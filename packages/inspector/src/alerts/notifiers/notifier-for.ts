import type { TargetPlace } from '../config/alerts-config.ts';
import type { Notifier } from '../notifier.ts';
import { createTelegramApi } from '../telegram/telegram-api.ts';
import { telegramNotifier } from '../telegram/telegram-notifier.ts';
import { discordWebhook } from './discord-webhook.ts';
import { genericWebhook } from './generic-webhook.ts';
import { slackWebhook } from './slack-webhook.ts';

/** The notifier of a target. */
export function notifierFor(place: TargetPlace, { appKey, now }: { appKey: string; now: () => number }): Notifier {
  switch (place.kind) {
    case 'telegram':
      return telegramNotifier({ api: createTelegramApi({ ...place, now }), chatId: place.chatId });
    case 'webhook-generic':
      return genericWebhook({ url: place.url, secret: place.secret, appKey, now });
    case 'webhook-slack':
      return slackWebhook({ url: place.url, now });
    case 'webhook-discord':
      return discordWebhook({ url: place.url, now });
  }
}
