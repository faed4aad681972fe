import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromLocalField, toLocalField } from './local-time.ts';

test('a moment survives its way through the field, to the second', () => {
  const ts = new Date(2026, 10, 28, 9, 5, 7).getTime();
  assert.equal(toLocalField(ts), '2026-11-28T09:05:07');
  assert.equal(fromLocalField(toLocalField(ts)), ts);
  assert.equal(toLocalField(null), '');
});

test('an end includes all of the second or minute that it names', () => {
  const minute = new Date(2026, 10, 28, 9, 5).getTime();
  assert.equal(fromLocalField('2026-11-28T09:05', { isEnd: true }), minute + 59_999);
  assert.equal(fromLocalField('2026-11-28T09:05:07', { isEnd: true }), minute + 7_999);
});

test('a text that names no moment is null', () => {
  for (const text of ['', 'tomorrow', '1960-01-01T00:00']) assert.equal(fromLocalField(text), null, text);
});
