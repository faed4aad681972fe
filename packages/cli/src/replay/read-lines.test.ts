import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readLines } from './read-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspector-lines-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function read(name: string, content: Buffer | string): Promise<string[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const pieces: string[] = [];
  for await (const piece of readLines(path)) pieces.push(piece.toString());
  return pieces;
}

const long = Array.from({ length: 40_000 }, (_, index) => `{"line":${index},"text":"${'é'.repeat(index % 30)}"}`).join(
  '\n',
);

for (const [title, encode] of [
  ['plain', (text: string) => Buffer.from(text)],
  ['gzip', (text: string) => gzipSync(text)],
] as const) {
  test(`a ${title} file comes whole, in pieces that end where a line ends`, async () => {
    const pieces = await read(`long-${title}`, encode(`${long}\n`));
    assert.ok(pieces.length > 2);
    assert.ok(pieces.every((piece) => piece.endsWith('\n')));
    assert.equal(pieces.join(''), `${long}\n`);
  });

  test(`the last line of a ${title} file may lack its newline`, async () => {
    assert.equal((await read(`open-${title}`, encode(long))).join(''), long);
  });

  test(`an empty ${title} file has no lines`, async () => {
    assert.deepEqual(await read(`empty-${title}`, encode('')), []);
  });
}

test('a line longer than a piece comes whole', async () => {
  const line = `"${'x'.repeat(3_000_000)}"\n`;
  assert.equal((await read('one-line', `1\n${line}2\n`)).join(''), `1\n${line}2\n`);
});

test('a gzip file that is cut off is a file that cannot be read', async () => {
  const cut = gzipSync(long).subarray(0, 5000);
  await assert.rejects(read('cut.gz', cut), { exitCode: 2, message: /cut\.gz/ });
});

test('a file that is not there and a folder cannot be read', async () => {
  const first = (path: string) => readLines(path).next();
  await assert.rejects(first(join(folder, 'nowhere')), { exitCode: 2, message: /nowhere/ });
  await assert.rejects(first(folder), { exitCode: 2, message: /not a file/ });
});

test('progress counts the bytes of the file as it is on disk', async () => {
  const path = join(folder, 'progress.gz');
  const content = gzipSync(long);
  writeFileSync(path, content);
  let last = { bytesRead: 0, bytesTotal: 0 };
  for await (const _ of readLines(path, (progress) => (last = progress)));
  assert.deepEqual(last, { bytesRead: content.length, bytesTotal: content.length });
});
