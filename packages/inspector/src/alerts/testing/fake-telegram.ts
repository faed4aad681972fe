import { type FakeAnswer, type FakeServer, fakeServer } from './fake-server.ts';

export const BOT_TOKEN = '123456:AAtokenThatMustNeverBeShown_x';
export const CHAT = 4242;
export const OTHER_CHAT = 666;

export interface TelegramCall {
  method: string;
  fields: Record<string, unknown>;
}

export interface FakeTelegram extends FakeServer {
  calls: TelegramCall[];
  /** Texts of messages that were taken, with their chat. */
  messages: { chatId: number; text: string; buttons: { text: string; callback_data: string }[] }[];
  /** Instead of the usual answer, by method; `undefined` answers as usual. */
  answers: (call: TelegramCall) => FakeAnswer | undefined;
  /** Somebody writes to the bot. The answer is the number of the update. */
  write(text: string, given?: Written): number;
  /** Somebody presses a button. */
  press(data: string, given?: { chatId?: number; userId?: number }): number;
  /** An update as it stands. */
  push(update: Record<string, unknown>): void;
}

export interface Written {
  chatId?: number;
  userId?: number;
  username?: string;
  /** Seconds before now. */
  agoS?: number;
  message?: Record<string, unknown>;
}

/** Telegram's answer to a call that it refuses. */
export const refusal = (status: number, description: string, parameters?: Record<string, unknown>): FakeAnswer => ({
  status,
  body: JSON.stringify({
    ok: false,
    error_code: status,
    description,
    ...(parameters === undefined ? {} : { parameters }),
  }),
});

const result = (value: unknown): FakeAnswer => ({ status: 200, body: JSON.stringify({ ok: true, result: value }) });

/** How long the fake holds a poll: shorter than Telegram, so that a stop of it is quick. */
const HOLD_MS = 500;

/** The Bot API as far as Inspector uses it: `POST /bot<token>/<method>`, updates that are confirmed by their number. */
export async function fakeTelegram(): Promise<FakeTelegram> {
  const calls: TelegramCall[] = [];
  const messages: FakeTelegram['messages'] = [];
  let updates: Record<string, unknown>[] = [];
  let nextUpdate = 1000;
  let nextMessage = 1;
  let wake: (() => void) | undefined;
  const fake = { calls, messages, answers: (() => undefined) as FakeTelegram['answers'] };

  async function getUpdates({ offset }: Record<string, unknown>): Promise<FakeAnswer> {
    if (typeof offset === 'number') updates = updates.filter((each) => (each.update_id as number) >= offset);
    if (updates.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, HOLD_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return result(updates);
  }

  const server = await fakeServer(async ({ path, body }) => {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
    if (token !== BOT_TOKEN) return refusal(401, 'Unauthorized');
    const call = { method, fields: JSON.parse(body) as Record<string, unknown> };
    calls.push(call);
    const given = fake.answers(call);
    if (given !== undefined) return given;
    if (method === 'getUpdates') return getUpdates(call.fields);
    if (method === 'getMe') return result({ id: 123456, is_bot: true, username: 'GuardBot' });
    if (method === 'sendMessage') {
      const {
        chat_id: chatId,
        text,
        reply_markup: markup,
      } = call.fields as {
        chat_id: unknown;
        text: string;
        reply_markup?: { inline_keyboard: FakeTelegram['messages'][number]['buttons'][] };
      };
      messages.push({ chatId: Number(chatId), text, buttons: markup?.inline_keyboard.flat() ?? [] });
      return result({ message_id: nextMessage++ });
    }
    return result(true);
  });

  function push(update: Record<string, unknown>): void {
    updates.push(update);
    wake?.();
  }

  return Object.assign(fake, server, {
    push,
    write(text: string, { chatId = CHAT, userId = 7, username = 'ann', agoS = 0, message = {} }: Written = {}) {
      const from = { id: userId, is_bot: false, username, first_name: 'Ann' };
      const date = Math.floor(Date.now() / 1000) - agoS;
      const chat = { id: chatId, type: chatId < 0 ? 'group' : 'private' };
      push({ update_id: nextUpdate, message: { message_id: nextMessage++, date, chat, from, text, ...message } });
      return nextUpdate++;
    },
    press(data: string, { chatId = CHAT, userId = 7 }: { chatId?: number; userId?: number } = {}) {
      const from = { id: userId, is_bot: false, username: userId === 7 ? 'ann' : 'bob', first_name: 'Ann' };
      const message = { message_id: 1, date: 0, chat: { id: chatId, type: 'private' } };
      push({ update_id: nextUpdate, callback_query: { id: `q${nextUpdate}`, from, data, message } });
      return nextUpdate++;
    },
  });
}
