import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf, findToken, tokensOf } from './token.ts';

const sha256 = digestOf('viewing').toString('hex');

test('finds the token that a secret belongs to, by its digest', () => {
  const tokens = tokensOf({ apiToken: 'admin secret', tokens: [{ role: 'viewer', sha256 }] });
  assert.equal(findToken(tokens, 'admin secret')?.name, 'admin');
  assert.deepEqual(
    [findToken(tokens, 'viewing')?.role, findToken(tokens, 'viewing')?.name],
    ['viewer', `viewer-${sha256.slice(0, 8)}`],
  );
  assert.equal(findToken(tokens, 'Viewing'), undefined);
  assert.equal(findToken(tokens, sha256), undefined);
});

test('without an admin token only the others are there', () => {
  assert.deepEqual(tokensOf({ apiToken: null, tokens: [] }), []);
  assert.equal(tokensOf({ apiToken: null, tokens: [{ role: 'trader', sha256 }] }).length, 1);
});
