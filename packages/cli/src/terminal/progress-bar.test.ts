import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgressBar } from './progress-bar.ts';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { written, stderr: { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream };
}

test('a bar shows its share on a terminal and is cleared', () => {
  const { written, stderr } = stream(true);
  const bar = createProgressBar(stderr);
  bar.show(0.5, 'half');
  bar.clear();
  assert.match(written[0]!, /█{15}░{15} {2}50 % {2}half$/);
  assert.equal(written.length, 2);
});

test('nothing is written elsewhere, nor cleared when nothing was shown', () => {
  const file = stream(false);
  const bar = createProgressBar(file.stderr);
  bar.show(0.5, 'half');
  bar.clear();
  assert.deepEqual(file.written, []);
  const terminal = stream(true);
  createProgressBar(terminal.stderr).clear();
  assert.deepEqual(terminal.written, []);
});
