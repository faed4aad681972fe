import { after } from 'node:test';
import type { CommandInput } from '@inspector/engine';
import type { Journal } from '../../journal/journal.ts';
import { createMemoryJournal } from '../../journal/memory-journal.ts';
import { type Clock, systemClock } from '../../runner/clock.ts';
import type { CommandPorts } from '../commands/answer-command.ts';
import type { BotConfig } from '../config/alerts-config.ts';
import { alertingBench } from './alerting.ts';
import { eventually } from './alerts.ts';
import { BOT_TOKEN, CHAT, type FakeTelegram, fakeTelegram } from './fake-telegram.ts';

interface Given {
  bot?: Partial<BotConfig>;
  commands?: Partial<CommandPorts>;
  journal?: Journal;
  telegram?: FakeTelegram;
  clock?: Clock;
}

/** A bot on a Telegram of the test's own; `ask` of the runner is noted and answered with success. */
export async function commandBench({
  bot = {},
  commands = {},
  journal = createMemoryJournal(),
  telegram: given,
  clock = systemClock,
}: Given = {}) {
  const telegram = given ?? (await fakeTelegram());
  if (given === undefined) after(() => telegram.close());
  const config: BotConfig = {
    botToken: BOT_TOKEN,
    apiRoot: telegram.url,
    allowedChats: [String(CHAT)],
    allowedUsers: null,
    ...bot,
  };
  const made = alertingBench({ alerts: { targets: [], bots: [config] }, journal, commands, clock });
  const said = () => telegram.messages.map(({ text }) => text);
  return {
    ...made,
    telegram,
    said,
    state: () => made.alerting.state()!.bots[0]!,
    /** Writes and waits for the answer. */
    async ask(text: string, how: Parameters<FakeTelegram['write']>[1] = {}): Promise<string> {
      const before = telegram.messages.length;
      telegram.write(text, how);
      await eventually(`${text} is answered`, () => telegram.messages.length > before);
      return telegram.messages[before]!.text;
    },
    asked: () => made.asked as CommandInput[],
  };
}

/** The code that a question names. */
export const codeIn = (text: string): string => /confirm (\d{4})/.exec(text)![1]!;
