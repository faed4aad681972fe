import { cutText, type Notifier, type Sent } from '../notifier.ts';
import { isTelegramFailure, type TelegramApi } from './telegram-api.ts';

/** Longest text of a message. */
export const MESSAGE_CHARACTERS = 4096;

export interface TelegramNotifierConfig {
  api: TelegramApi;
  /** A number, negative for groups, or the `@name` of a channel. */
  chatId: string;
}

/** Messages to one chat, as plain text: nothing in them is markup. */
export const telegramNotifier = ({ api, chatId }: TelegramNotifierConfig): Notifier => ({
  kind: 'telegram',
  place: chatId,
  async send({ text }, signal) {
    const message = {
      chat_id: chatId,
      text: cutText(text, MESSAGE_CHARACTERS),
      link_preview_options: { is_disabled: true },
    };
    try {
      await api.call('sendMessage', message, signal);
      return { outcome: 'delivered' };
    } catch (error) {
      return outcomeOf(error);
    }
  },
});

/** 400 is about the message, unless it is about the chat: that one may come right again. */
function outcomeOf(error: unknown): Sent {
  if (!isTelegramFailure(error)) return { outcome: 'later', reason: 'Telegram could not be asked' };
  const { message: reason, status, retryAfterMs } = error;
  if (status === 400 && !/chat|group|peer|member/i.test(reason)) return { outcome: 'refused', reason };
  return { outcome: 'later', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
