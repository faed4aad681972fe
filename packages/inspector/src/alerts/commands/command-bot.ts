import { createHash } from 'node:crypto';
import type { AuditRecord } from '@inspector/contract';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../runner/clock.ts';
import type { RunnerLog } from '../../runner/runner-port.ts';
import type { BotConfig } from '../config/alerts-config.ts';
import { cutText } from '../notifier.ts';
import { pause } from '../pause.ts';
import { createTelegramApi } from '../telegram/telegram-api.ts';
import { MESSAGE_CHARACTERS } from '../telegram/telegram-notifier.ts';
import { type CommandAnswer, type CommandPorts, createCommands } from './answer-command.ts';
import { createConfirmations } from './confirmations.ts';
import { createHandledUpdates } from './handled-updates.ts';
import { commandMenu } from './help-text.ts';
import { type Incoming, type Place, readIncoming } from './incoming.ts';
import { createKillReports } from './kill-reports.ts';
import { createPoll, type PollState } from './poll-updates.ts';
import { createReplies } from './replies.ts';

/** A command that was sent longer ago is not carried out: what it was sent for may be over. */
export const COMMAND_FRESH_MS = 60_000;
/** Foreign chats that are named in the log, each once; further ones are only counted. */
const NAMED_STRANGERS = 20;
/** How long a poll under way is waited for at a stop. */
const STOP_MS = 500;

export interface BotState extends PollState {
  /** Commands and buttons of allowed chats that were carried out. */
  commands: number;
  /** Messages of chats and users that are not allowed: they were not answered. */
  strangers: number;
  /** Commands that were too old. */
  outdated: number;
  /** Answers that could not be sent. */
  answersLost: number;
}

export interface CommandBot {
  start(): void;
  stop(): Promise<void>;
  /** Every stored record, for what somebody waits for. Never throws. */
  apply(record: AuditRecord): void;
  state(): BotState;
}

export interface CommandBotPorts extends CommandPorts {
  journal: Journal;
  clock: Clock;
  log: RunnerLog;
}

/** A bot that takes commands from allowed chats, and from nobody else. */
export function createCommandBot(config: BotConfig, ports: CommandBotPorts): CommandBot {
  const { journal, clock, log } = ports;
  const api = createTelegramApi({ ...config, now: () => clock.now() });
  const botKey = createHash('sha256').update(config.botToken).digest('hex').slice(0, 12);
  const handled = createHandledUpdates(journal, botKey, log);
  const replies = createReplies(api, clock, (reason) =>
    log.warn({ reason }, 'an answer to Telegram could not be sent'),
  );
  const confirmations = createConfirmations();
  const commands = createCommands(ports, { confirmations, clock });
  const reports = createKillReports(ports.picture, (place, text) => say(place, { text }));
  const poll = createPoll({
    api,
    clock,
    handle,
    onFailing: (reason) => log.warn({ reason }, 'commands over Telegram cannot be read; it is tried again'),
    onWorking: () => log.info({}, 'commands over Telegram are read again'),
  });
  const ending = new AbortController();
  const strangers = new Set<number>();
  const counts = { commands: 0, strangers: 0, outdated: 0 };
  let running: Promise<void> | undefined;
  let startedAt = 0;
  let username: string | undefined;

  function say({ chatId, threadId }: Place, { text, buttons = [] }: CommandAnswer): void {
    const keyboard = buttons.map(({ text: label, data }) => ({ text: label, callback_data: data }));
    replies.send({
      method: 'sendMessage',
      fields: {
        chat_id: chatId,
        text: cutText(text, MESSAGE_CHARACTERS),
        link_preview_options: { is_disabled: true },
        ...(threadId === undefined ? {} : { message_thread_id: threadId }),
        ...(keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: [keyboard] } }),
      },
    });
  }

  function isAllowed({ place, person }: Exclude<Incoming, { kind: 'other' }>): boolean {
    return isAllowedChat(place) && (config.allowedUsers === null || config.allowedUsers.includes(String(person.id)));
  }

  function isAllowedChat({ chatId, chatName }: Place): boolean {
    return config.allowedChats.some(
      (allowed) =>
        allowed === String(chatId) ||
        (chatName !== undefined && allowed.toLowerCase() === `@${chatName}`.toLowerCase()),
    );
  }

  /** Silence, so that a stranger does not even learn that somebody listens. */
  function ignoreStranger({ chatId }: Place): void {
    counts.strangers += 1;
    if (strangers.has(chatId) || strangers.size >= NAMED_STRANGERS) return;
    strangers.add(chatId);
    log.warn({ chatId }, 'a Telegram chat or user that is not allowed wrote to the bot and is not answered');
  }

  async function handle(update: unknown): Promise<void> {
    try {
      const incoming = readIncoming(update);
      if (incoming === undefined || handled.has(incoming.updateId)) return;
      if (incoming.kind === 'other') {
        if (incoming.place !== undefined && !isAllowedChat(incoming.place)) ignoreStranger(incoming.place);
      } else if (!isAllowed(incoming)) ignoreStranger(incoming.place);
      else if (incoming.kind === 'command') await onCommand(incoming);
      else await onButton(incoming);
    } catch (error) {
      log.error(
        { error: error instanceof Error ? error.name : 'unknown' },
        'a command over Telegram failed: a mistake of the program',
      );
    }
  }

  async function onCommand(incoming: Extract<Incoming, { kind: 'command' }>): Promise<void> {
    const { updateId, place, person, command, argument, bot, sentAtMs, isPrivate } = incoming;
    if (bot !== undefined && username !== undefined && bot.toLowerCase() !== username.toLowerCase()) return;
    // Before it is carried out: whatever happens then, it is not carried out twice.
    handled.add(updateId);
    const ageMs = clock.now() - sentAtMs;
    // Telegram tells whole seconds.
    if (sentAtMs < Math.floor(startedAt / 1000) * 1000 || ageMs > COMMAND_FRESH_MS) {
      counts.outdated += 1;
      const why =
        ageMs > COMMAND_FRESH_MS
          ? `is ${Math.round(ageMs / 1000)} s old`
          : 'was sent before this Inspector began to listen';
      say(place, { text: `/${command} ${why} and was NOT carried out. Send it again if you still want it.` });
      return;
    }
    const answer = await commands.answer({ command, argument, chatId: place.chatId, person });
    if (answer === undefined) {
      // In a group it may be meant for another bot.
      if (isPrivate || bot !== undefined) say(place, { text: `There is no /${command}. /help` });
      return;
    }
    counts.commands += 1;
    finish(place, answer);
  }

  async function onButton(incoming: Extract<Incoming, { kind: 'button' }>): Promise<void> {
    const { updateId, place, person, queryId, messageId, data } = incoming;
    handled.add(updateId);
    const decision = confirmations.press(data, { chatId: place.chatId, userId: person.id }, clock.elapsedMs());
    const isAnswered = decision.kind !== 'foreign';
    const notice = {
      confirmed: 'Confirmed',
      cancelled: 'Cancelled',
      none: 'That is over',
      foreign: 'Only who asked may answer',
      'wrong-code': '',
    };
    replies.send({
      method: 'answerCallbackQuery',
      fields: { callback_query_id: queryId, text: notice[decision.kind] },
    });
    if (!isAnswered) return;
    replies.send({
      method: 'editMessageReplyMarkup',
      fields: { chat_id: place.chatId, message_id: messageId, reply_markup: { inline_keyboard: [] } },
    });
    counts.commands += 1;
    finish(place, await commands.decided(decision, person));
  }

  function finish(place: Place, answer: CommandAnswer): void {
    say(place, answer);
    if (answer.incidentId !== undefined) reports.follow(answer.incidentId, place);
  }

  /** The bot's own name, for commands in groups, and the menu of allowed chats. Both are a comfort: without them it works. */
  async function introduce(): Promise<void> {
    const signal = AbortSignal.any([AbortSignal.timeout(10_000), ending.signal]);
    try {
      const me = await api.call('getMe', {}, signal);
      const { username: name } = (typeof me === 'object' && me !== null ? me : {}) as { username?: unknown };
      if (typeof name === 'string') username = name;
    } catch {
      return; // the poll says what is wrong
    }
    for (const chat of config.allowedChats.slice(0, NAMED_STRANGERS)) {
      const scope = { type: 'chat', chat_id: chat.startsWith('@') ? chat : Number(chat) };
      await api.call('setMyCommands', { commands: commandMenu, scope }, signal).catch(() => {});
    }
  }

  return {
    start() {
      startedAt = clock.now();
      void introduce();
      running = poll.run(ending.signal);
    },
    async stop() {
      ending.abort();
      replies.stop();
      if (running === undefined) return;
      const stopped = new AbortController();
      void running.then(() => stopped.abort());
      await pause(clock, STOP_MS, stopped.signal);
    },
    apply(record) {
      try {
        reports.apply(record);
      } catch {
        // Only who waits for a report misses it; the alert of it goes its own way.
      }
    },
    state: () => ({ ...poll.state(), ...counts, answersLost: replies.lost }),
  };
}
