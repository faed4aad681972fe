import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropEdits, type EditStorage, keepEdit, keptEdit } from './kept-edit.ts';

function memoryStorage(room = Number.POSITIVE_INFINITY): EditStorage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (name) => values.get(name) ?? null,
    setItem(name, value) {
      if (value.length > room) throw new Error('full');
      values.set(name, value);
    },
    removeItem: (name) => void values.delete(name),
  };
}

test('an edit is kept by version, the newest is found, and at most three stay', () => {
  const storage = memoryStorage();
  for (const version of [1, 2, 3, 10]) assert.ok(keepEdit(storage, 'a', { version, base: {}, edited: { n: version } }));
  assert.equal(keptEdit(storage, 'a')?.version, 10);
  assert.equal(storage.length, 3);
  assert.equal(keptEdit(storage, 'b'), null);
  storage.setItem('inspector-options-edit.a.11', '{not json');
  assert.equal(keptEdit(storage, 'a')?.version, 10);
  dropEdits(storage, 'a');
  assert.equal(storage.length, 0);
  assert.equal(keepEdit(memoryStorage(5), 'a', { version: 1, base: {}, edited: {} }), false);
});
