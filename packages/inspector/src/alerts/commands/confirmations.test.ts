import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONFIRM_MS, createConfirmations, type Intent } from './confirmations.ts';

const ann = { chatId: 1, userId: 7 };
const kill: Intent = { command: 'kill', scope: 'global', includeLegacy: false };

test('a question is open for less than a minute', () => {
  for (const [waited, kind] of [
    [CONFIRM_MS - 1, 'confirmed'],
    [CONFIRM_MS, 'none'],
  ] as const) {
    const confirmations = createConfirmations();
    const { yes } = confirmations.ask(ann, kill, 1_000);
    assert.equal(confirmations.press(yes, ann, 1_000 + waited).kind, kind);
    const { code } = confirmations.ask(ann, kill, 1_000);
    assert.equal(confirmations.type(code, 'kill', { asker: ann, atMs: 1_000 + waited }).kind, kind);
  }
});

test('it is of one chat, one person and one command', () => {
  const confirmations = createConfirmations();
  const { yes, code } = confirmations.ask(ann, kill, 0);
  assert.equal(confirmations.press(yes, { chatId: 2, userId: 7 }, 0).kind, 'foreign');
  assert.equal(confirmations.press(yes, { chatId: 1, userId: 8 }, 0).kind, 'foreign');
  assert.equal(confirmations.type(code, 'kill', { asker: { chatId: 2, userId: 7 }, atMs: 0 }).kind, 'none');
  assert.equal(confirmations.type(code, 'standdown', { asker: ann, atMs: 0 }).kind, 'none');
  assert.deepEqual(confirmations.press(yes, ann, 0), { kind: 'confirmed', intent: kill });
  assert.equal(confirmations.press(yes, ann, 0).kind, 'none');
});

test('asking again makes the question before void', () => {
  const confirmations = createConfirmations();
  const first = confirmations.ask(ann, kill, 0);
  const second = confirmations.ask(ann, { ...kill, scope: 'detector:d1' }, 0);
  assert.equal(confirmations.press(first.yes, ann, 0).kind, 'none');
  assert.deepEqual(confirmations.press(second.no, ann, 0), {
    kind: 'cancelled',
    intent: { ...kill, scope: 'detector:d1' },
  });
});

test('a hundred questions are open at once; one more makes the oldest void', () => {
  const confirmations = createConfirmations();
  const questions = Array.from({ length: 101 }, (_, userId) => confirmations.ask({ chatId: 1, userId }, kill, 0));
  assert.equal(confirmations.press(questions[0]!.yes, { chatId: 1, userId: 0 }, 0).kind, 'none');
  assert.equal(confirmations.press(questions[1]!.yes, { chatId: 1, userId: 1 }, 0).kind, 'confirmed');
});

test('words that are no button are none', () => {
  const confirmations = createConfirmations();
  const { yes } = confirmations.ask(ann, kill, 0);
  for (const data of ['', 'yes', 'yes:', yes.replace('yes:', 'maybe:'), `${yes}x`]) {
    assert.equal(confirmations.press(data, ann, 0).kind, 'none', data);
  }
});
