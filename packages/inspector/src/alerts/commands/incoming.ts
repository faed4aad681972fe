import Type from 'typebox';
import { Compile } from 'typebox/compile';

const ChatSchema = Type.Object({
  id: Type.Integer(),
  type: Type.Optional(Type.String()),
  username: Type.Optional(Type.String()),
});
const UserSchema = Type.Object({
  id: Type.Integer(),
  is_bot: Type.Optional(Type.Boolean()),
  username: Type.Optional(Type.String()),
  first_name: Type.Optional(Type.String()),
});

/** What is read of an update; whatever else is in it is let be. */
const isUpdate = Compile(
  Type.Object({
    update_id: Type.Integer(),
    message: Type.Optional(
      Type.Object({
        message_id: Type.Integer(),
        date: Type.Number(),
        chat: ChatSchema,
        from: Type.Optional(UserSchema),
        text: Type.Optional(Type.String()),
        forward_origin: Type.Optional(Type.Unknown()),
        is_topic_message: Type.Optional(Type.Boolean()),
        message_thread_id: Type.Optional(Type.Integer()),
      }),
    ),
    callback_query: Type.Optional(
      Type.Object({
        id: Type.String(),
        from: UserSchema,
        data: Type.Optional(Type.String()),
        message: Type.Optional(Type.Object({ message_id: Type.Integer(), chat: ChatSchema })),
      }),
    ),
  }),
);

/** Where an answer goes. */
export interface Place {
  chatId: number;
  /** `@name` of the chat, without the sign. */
  chatName: string | undefined;
  /** Of a topic in a forum. */
  threadId?: number;
}

export interface Person {
  id: number;
  /** As it is shown: the user name, else the first name. */
  name: string;
  username: string | undefined;
}

export type Incoming =
  | {
      kind: 'command';
      updateId: number;
      place: Place;
      person: Person;
      sentAtMs: number;
      isPrivate: boolean;
      command: string;
      bot: string | undefined;
      argument: string;
    }
  | { kind: 'button'; updateId: number; place: Place; person: Person; queryId: string; messageId: number; data: string }
  /** Nothing that could be a command; `place` for counting who writes to the bot. */
  | { kind: 'other'; updateId: number; place: Place | undefined };

/** What an update asks for; undefined when it has not even a number. */
export function readIncoming(update: unknown): Incoming | undefined {
  if (!isUpdate.Check(update)) {
    const { update_id: updateId } = (typeof update === 'object' && update !== null ? update : {}) as {
      update_id?: unknown;
    };
    return Number.isSafeInteger(updateId)
      ? { kind: 'other', updateId: updateId as number, place: undefined }
      : undefined;
  }
  const { update_id: updateId, message, callback_query: query } = update;
  if (query?.message !== undefined && query.data !== undefined && query.from.is_bot !== true) {
    const { chat, message_id: messageId } = query.message;
    return {
      kind: 'button',
      updateId,
      place: placeOf(chat),
      person: personOf(query.from),
      queryId: query.id,
      messageId,
      data: query.data,
    };
  }
  if (message === undefined) return { kind: 'other', updateId, place: undefined };
  const place = placeOf(message.chat, message.is_topic_message === true ? message.message_thread_id : undefined);
  const { from, text, date, forward_origin: forwarded } = message;
  const typed = /^\/([a-z]{1,32})(?:@(\w{1,64}))?(?:\s+([\s\S]*))?$/i.exec(text?.trim() ?? '');
  // What a bot writes, and what is passed on, nobody has asked for.
  if (typed === null || from === undefined || from.is_bot === true || forwarded !== undefined)
    return { kind: 'other', updateId, place };
  const [, command = '', bot, argument = ''] = typed;
  return {
    kind: 'command',
    updateId,
    place,
    person: personOf(from),
    sentAtMs: date * 1000,
    isPrivate: message.chat.type === 'private',
    command: command.toLowerCase(),
    bot,
    argument: argument.replaceAll(/\s+/g, ' ').trim(),
  };
}

function placeOf(chat: { id: number; username?: string }, threadId?: number): Place {
  return { chatId: chat.id, chatName: chat.username, ...(threadId === undefined ? {} : { threadId }) };
}

function personOf({ id, username, first_name: first }: { id: number; username?: string; first_name?: string }): Person {
  return {
    id,
    username,
    name: username ?? (first === undefined || first.trim() === '' ? String(id) : first.trim().slice(0, 64)),
  };
}
