import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Reply } from '@inspector/engine';
import { quietPicture } from '../../http/test-inspector.ts';
import { createMemoryJournal } from '../../journal/memory-journal.ts';
import { systemClock } from '../../runner/clock.ts';
import { eventually } from '../testing/alerts.ts';
import { commandBench as bench, codeIn } from '../testing/command-bench.ts';
import { BOT_TOKEN, CHAT, fakeTelegram, OTHER_CHAT, refusal } from '../testing/fake-telegram.ts';
import { COMMAND_FRESH_MS } from './command-bot.ts';

describe('reading', () => {
  test('/status says what is in force, equity, day, drawdown, positions, kill switch', async () => {
    const { start, ask } = await bench();
    start();
    const text = await ask('/status');
    for (const part of [
      '🟢 ALLOW',
      'Equity 10,050.00 USD',
      'Day +50.00 USD (+0.50 %)',
      'Drawdown 0.50 %, deepest today 1.00 %',
      'Positions 2, 1 of them legacy',
      'paper:futures 4.00 %',
      'Kill switch IDLE',
    ]) {
      assert.ok(text.includes(part), `${part} is not in\n${text}`);
    }
  });

  test('/positions has a line each with stop, target and what is naked; /headroom the limits', async () => {
    const picture = quietPicture();
    picture.positions[0]!.protection.nakedQuantity = 0.5;
    const { start, ask } = await bench({ commands: { picture: () => picture } });
    start();
    const lines = (await ask('/positions')).split('\n');
    assert.equal(
      lines[0],
      'BTCUSDT LONG 2 @ 100 now 100, 0.00 USD (0.00 %), stop 99, target 105, ⚠️ 0.5 WITHOUT A STOP, paper:futures',
    );
    assert.match(lines[1]!, /^ETHUSDT LONG 2 @ 100 \(legacy\)/);
    assert.match(await ask('/headroom'), /^0 % DAILY_LOSS account:paper:futures: -0\.5 of 5 %$/);
    assert.match(await ask('/help'), /There is no \/rearm/);
    assert.match(await ask('/rearm'), /There is no \/rearm/);
    assert.match(await ask('/nonsense'), /There is no \/nonsense/);
  });
});

describe('who is answered', () => {
  test('a foreign chat gets silence, is counted, and is named in the log once', async () => {
    const { start, telegram, ask, state, lines, asked } = await bench();
    start();
    telegram.write('/kill', { chatId: OTHER_CHAT });
    telegram.write('/status', { chatId: OTHER_CHAT });
    telegram.write('hello', { chatId: OTHER_CHAT });
    telegram.press('yes:abc', { chatId: OTHER_CHAT });
    await ask('/help');
    assert.deepEqual(
      telegram.messages.map(({ chatId }) => chatId),
      [CHAT],
    );
    assert.equal(state().strangers, 4);
    assert.equal(lines.filter((line) => line.includes(String(OTHER_CHAT))).length, 1);
    assert.deepEqual(asked(), []);
  });

  test('where users are named, only they are; bots and forwarded messages never are', async () => {
    const { start, telegram, ask, state } = await bench({ bot: { allowedUsers: ['7'] } });
    start();
    telegram.write('/standdown', { userId: 8 });
    telegram.write('/standdown', { message: { forward_origin: { type: 'user' } } });
    telegram.write('/standdown', { message: { from: { id: 7, is_bot: true } } });
    telegram.push({ update_id: 1, message: 'nonsense' });
    telegram.push({ nothing: true });
    assert.match(await ask('/help'), /\/status/);
    assert.equal(telegram.messages.length, 1);
    assert.equal(state().strangers, 1);
  });

  test('in a group a command for another bot is not ours', async () => {
    const { start, telegram, ask, asked } = await bench({ bot: { allowedChats: ['-5'] } });
    start();
    await eventually('it knows its name', () => telegram.calls.some(({ method }) => method === 'setMyCommands'));
    telegram.write('/standdown@OtherBot', { chatId: -5 });
    telegram.write('/unknown', { chatId: -5 });
    await ask('/standdown@guardbot news', { chatId: -5 });
    assert.deepEqual(
      asked().map(({ command, fields }) => [command, fields]),
      [['standdown', { enabled: true, reason: 'news' }]],
    );
    assert.equal(telegram.messages.length, 1);
  });
});

describe('standing down', () => {
  test('shuts at once, with who and why; letting in again asks first', async () => {
    const { start, ask, asked } = await bench();
    start();
    assert.match(await ask('/standdown news at two'), /New entries are shut/);
    assert.deepEqual(asked()[0], {
      kind: 'command',
      now: 0,
      command: 'standdown',
      actor: 'telegram:7:ann',
      fields: { enabled: true, reason: 'news at two' },
    });
    const question = await ask('/standdown off');
    assert.equal(asked().length, 1);
    assert.match(await ask(`/standdown confirm ${codeIn(question)}`), /The stand-down is over/);
    assert.deepEqual(asked()[1]?.fields, { enabled: false, reason: 'let in again by ann over Telegram' });
  });

  test('a refusal is told with its code', async () => {
    const refused: Reply = {
      replyTo: 0,
      ok: false,
      status: 503,
      code: 'STORE_UNAVAILABLE',
      message: 'nothing can be stored',
    };
    const { start, ask } = await bench({ commands: { ask: async () => refused } });
    start();
    assert.equal(await ask('/standdown'), 'Refused: STORE_UNAVAILABLE (503): nothing can be stored');
  });
});

describe('what is old', () => {
  test('a command of before the start, or older than a minute, is not carried out, and whoever sent it is told', async () => {
    const { start, telegram, asked, said, ask } = await bench();
    telegram.write('/standdown', { agoS: 3 });
    telegram.write('/standdown', { agoS: 3_600 });
    start();
    await eventually('both are answered', () => said().length === 2);
    assert.match(said()[0]!, /sent before this Inspector began to listen and was NOT carried out/);
    assert.match(said()[1]!, /360\d s old and was NOT carried out/);
    await ask('/standdown');
    assert.equal(asked().length, 1);
  });

  test('a command that lay for more than a minute is not carried out, one of a minute is', async () => {
    let passedMs = 0;
    const clock = { ...systemClock, now: () => Math.floor(Date.now() / 1000) * 1000 + passedMs };
    const { start, ask, asked } = await bench({ clock });
    start();
    passedMs = COMMAND_FRESH_MS + 2_000; // the second may turn meanwhile
    assert.match(await ask('/standdown'), /6[123] s old and was NOT carried out/);
    passedMs = COMMAND_FRESH_MS - 2_000;
    assert.match(await ask('/standdown'), /New entries are shut/);
    assert.equal(asked().length, 1);
  });

  test('an update is never carried out twice, also not by the next process', async () => {
    const journal = createMemoryJournal();
    const telegram = await fakeTelegram();
    after(() => telegram.close());
    const first = await bench({ journal, telegram });
    first.start();
    const id = telegram.write('/standdown');
    await eventually('it is done', () => first.asked().length === 1);
    await first.alerting.stop();
    const second = await bench({ journal, telegram });
    second.start();
    // As Telegram does when the confirmation of the first process was lost; the date is one of after the start.
    const message = {
      message_id: 9,
      date: Math.floor(Date.now() / 1000) + 2,
      chat: { id: CHAT, type: 'private' },
      from: { id: 7 },
      text: '/standdown',
    };
    telegram.push({ update_id: id, message });
    await eventually('it is taken', () =>
      telegram.calls.some(({ method, fields }) => method === 'getUpdates' && fields.offset === id + 1),
    );
    await second.ask('/help');
    assert.deepEqual(second.asked(), []);
  });

  test('a full disk does not keep a command from working', async () => {
    const journal = createMemoryJournal();
    const { start, ask, asked, lines } = await bench({ journal });
    start();
    journal.writeMeta = () => {
      throw new Error('ENOSPC');
    };
    await ask('/standdown');
    assert.equal(asked().length, 1);
    assert.ok(lines.some((line) => /could not be stored/.test(line)));
  });
});

describe('a Telegram that does not do', () => {
  test('a poll that fails is said in words once, tried again, and said when it works', async () => {
    const { start, telegram, state, lines, ask } = await bench();
    telegram.answers = ({ method }) =>
      method === 'getUpdates' ? refusal(409, 'Conflict: terminated by other getUpdates request') : undefined;
    start();
    await eventually(
      'it tried twice',
      () => telegram.calls.filter(({ method }) => method === 'getUpdates').length >= 2,
    );
    assert.equal(
      state().lastFailure,
      'another program reads the updates of this bot (409): a bot token serves one Inspector',
    );
    assert.ok(state().failingSince !== null);
    telegram.answers = () => undefined;
    await ask('/help');
    assert.equal(state().failingSince, null);
    assert.equal(lines.filter((line) => line.includes('cannot be read')).length, 1);
    assert.equal(lines.filter((line) => line.includes('are read again')).length, 1);
  });

  test('a webhook and a wrong token are said as what they are', async () => {
    const { start, telegram, state } = await bench();
    telegram.answers = () => refusal(409, "Conflict: can't use getUpdates method while webhook is active");
    start();
    await eventually('it is said', () => /deleteWebhook/.test(state().lastFailure ?? ''));
    telegram.answers = () => refusal(401, 'Unauthorized');
    await eventually('it is said', () => /does not know this bot token \(401\)/.test(state().lastFailure ?? ''));
  });

  test('an answer is sent again after 429 and 500, and lost ones are counted', async () => {
    const { start, telegram, ask, state } = await bench();
    const refusals = [refusal(429, 'Too Many Requests', { retry_after: 0.1 }), refusal(502, 'Bad Gateway')];
    telegram.answers = ({ method }) => (method === 'sendMessage' ? refusals.shift() : undefined);
    start();
    assert.match(await ask('/help'), /\/status/);
    telegram.answers = ({ method }) =>
      method === 'sendMessage' ? refusal(403, 'Forbidden: bot was blocked by the user') : undefined;
    telegram.write('/help');
    await eventually('it is lost', () => state().answersLost === 1);
  });

  test('it stops though a poll is held', { timeout: 20_000 }, async () => {
    const { start, alerting, telegram } = await bench();
    telegram.answers = ({ method }) => (method === 'getUpdates' ? 'nothing' : undefined);
    start();
    await eventually('it polls', () => telegram.calls.some(({ method }) => method === 'getUpdates'));
    await alerting.stop();
  });
});

test('no line of the log holds the token, whatever Telegram says', async () => {
  const { start, telegram, lines, state } = await bench();
  telegram.answers = () => refusal(500, `/bot${BOT_TOKEN}/getUpdates failed: ${BOT_TOKEN.split(':')[1]}`);
  start();
  await eventually('it fails', () => state().lastFailure !== null);
  await telegram.close().catch(() => {});
  await eventually('it fails otherwise', () => /cannot be reached/.test(state().lastFailure ?? ''));
  const all = `${lines.join('\n')} ${JSON.stringify(state())}`;
  assert.ok(lines.length > 0 && !all.includes(BOT_TOKEN) && !all.includes(BOT_TOKEN.split(':')[1]!), all);
});
