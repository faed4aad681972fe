import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standdownEnd } from './standdown-terms.ts';

test('a stand-down ends after its minutes, or not by itself', () => {
  assert.equal(standdownEnd('15', 1_000), 901_000);
  assert.equal(standdownEnd('hand', 1_000), null);
});
