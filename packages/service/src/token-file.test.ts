import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { digestOf, findToken } from './token.ts';
import { readTokenFile, TOKENS_LIMIT } from './token-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tokens-'));
after(() => rmSync(folder, { recursive: true }));

function fileWith(content: unknown): string {
  const path = join(folder, 'tokens.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const sha256 = digestOf('secret').toString('hex');

test('reads tokens that a secret is then found among', () => {
  const tokens = readTokenFile(fileWith([{ name: 'ann', role: 'operator', sha256 }]));
  assert.equal(findToken(tokens, 'secret')?.name, 'ann');
  assert.equal(findToken(tokens, 'Secret'), undefined);
});

test('a file that is not there is no token', () => {
  assert.deepEqual(readTokenFile(join(folder, 'none.json')), []);
});

test('names every violation together', () => {
  const entries = [
    { name: '', role: 'king', sha256: 'x' },
    null,
    { name: 'a', role: 'viewer', sha256 },
    { name: 'a', role: 'viewer', sha256 },
  ];
  assert.throws(() => readTokenFile(fileWith(entries)), {
    code: 'TOKEN_FILE_INVALID',
    message: /\[0\]\.name.*\[0\]\.role.*\[0\]\.sha256.*\[1\]\.name.*"a" is given twice/,
  });
});

test('refuses what is no list, no JSON or too long', () => {
  assert.throws(() => readTokenFile(fileWith({})), /must be a list/);
  assert.throws(() => readTokenFile(fileWith('{')), /is not JSON/);
  const many = Array.from({ length: TOKENS_LIMIT + 1 }, (_, index) => ({ name: `n${index}`, role: 'viewer', sha256 }));
  assert.throws(() => readTokenFile(fileWith(many)), /more than 64 tokens/);
});
