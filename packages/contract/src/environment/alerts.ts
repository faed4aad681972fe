import type { Environment } from './environment.ts';
import { isUrl, listItems, urlOf } from './values.ts';
import type { VariableReader } from './variable-reader.ts';

/** Chats or addresses that plain variables may list; more go into `ALERTS_FILE`. */
const maxEntries = 10;

/** The bot and the chats of plain variables. With `ALERTS_FILE` the token may stand alone, for the file to name it. */
export function telegramOf(reader: VariableReader): Environment['telegram'] {
  const botToken = reader.secret('TELEGRAM_BOT_TOKEN');
  const chats = reader.text('TELEGRAM_CHAT_ID');
  const apiRoot =
    urlOf(reader, 'TELEGRAM_API_ROOT', { schemes: ['http', 'https'], example: 'https://api.telegram.org' }) ?? null;
  // It becomes part of an address.
  if (botToken !== undefined && !/^[A-Za-z0-9:_-]{1,200}$/.test(botToken)) {
    reader.fail('TELEGRAM_BOT_TOKEN', 'is no token of a bot: @BotFather gives one such as 123456:ABC…');
  }
  const chatIds = [...new Set(listItems(chats))];
  for (const chat of chatIds) {
    if (!/^(-?\d{1,16}|@\w{4,32})$/.test(chat)) {
      reader.fail('TELEGRAM_CHAT_ID', `${JSON.stringify(chat)} is no chat: a number, negative for a group, or @name`);
    }
  }
  if (chatIds.length > maxEntries) reader.fail('TELEGRAM_CHAT_ID', `lists more than ${maxEntries} chats`);
  if (botToken === undefined && chats !== undefined) {
    reader.fail('TELEGRAM_BOT_TOKEN', 'is missing: TELEGRAM_CHAT_ID is set');
  }
  if (botToken === undefined) return null;
  if (chatIds.length > 0) return { botToken, chatIds, apiRoot };
  if (reader.text('ALERTS_FILE') === undefined) {
    reader.fail('TELEGRAM_CHAT_ID', 'is missing: TELEGRAM_BOT_TOKEN needs it');
  }
  return null;
}

/** The addresses of `ALERT_WEBHOOK_URL`; one that is wrong is named by its place only, for it may be a secret. */
export function alertWebhookUrlsOf(reader: VariableReader): string[] {
  const name = 'ALERT_WEBHOOK_URL';
  const urls = [...new Set(listItems(reader.secret(name)))];
  if (urls.length > maxEntries) reader.fail(name, `lists more than ${maxEntries} addresses`);
  for (const [index, url] of urls.entries()) {
    if (isUrl(url, ['http', 'https'])) continue;
    const which = urls.length === 1 ? '' : `entry ${index + 1} `;
    reader.fail(name, `${which}must be an address such as https://hooks.example`);
  }
  return urls.filter((url) => isUrl(url, ['http', 'https']));
}
