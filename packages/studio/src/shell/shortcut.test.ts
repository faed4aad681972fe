import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KeyTaker, shortcutOf } from './shortcut.ts';
import { views } from './views.ts';

const pressed = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const kill = { kind: 'kill' };

test('Shift+K is the kill switch, with Caps Lock on as well, and K alone is not', () => {
  assert.deepEqual(shortcutOf(pressed('K', { shiftKey: true }), 'nothing', views), kill);
  assert.deepEqual(shortcutOf(pressed('k', { shiftKey: true }), 'nothing', views), kill);
  assert.equal(shortcutOf(pressed('k'), 'nothing', views), undefined);
  assert.equal(shortcutOf(pressed('K'), 'nothing', views), undefined);
});

test('Shift+K works wherever nothing is written, and is a letter where it is', () => {
  for (const [taker, expected] of [
    ['nothing', kill],
    ['choices', kill],
    ['text', undefined],
  ] as [KeyTaker, unknown][]) {
    assert.deepEqual(shortcutOf(pressed('K', { shiftKey: true }), taker, views), expected, taker);
  }
});

test('digits open views, but not where they are written or choose', () => {
  assert.deepEqual(shortcutOf(pressed('5'), 'nothing', views), { kind: 'view', name: 'audit' });
  assert.equal(shortcutOf(pressed('5'), 'text', views), undefined);
  assert.equal(shortcutOf(pressed('5'), 'choices', views), undefined);
  assert.equal(shortcutOf(pressed('0'), 'nothing', views), undefined);
});

test('keys of the browser are left to it', () => {
  for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) {
    assert.equal(shortcutOf(pressed('K', { shiftKey: true, [held]: true }), 'nothing', views), undefined, held);
    assert.equal(shortcutOf(pressed('1', { [held]: true }), 'nothing', views), undefined, held);
  }
});
