import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOfWire, wireIdOf } from './wire-ids.ts';

test('an id goes to the wire and back', () => {
  for (const id of [0, 1, 8_000_000_001, 4_000_001_000_000_001, Number.MAX_SAFE_INTEGER]) {
    assert.match(wireIdOf(id), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(idOfWire(wireIdOf(id)), id);
  }
});

test('what is no id of this venue is none', () => {
  assert.equal(idOfWire(''), undefined);
  assert.equal(idOfWire('8000000001'), undefined);
  const other = wireIdOf(2).replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  assert.equal(idOfWire(other), undefined);
});
