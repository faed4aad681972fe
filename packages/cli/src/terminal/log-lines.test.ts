import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { pino } from 'pino';
import { terminalLines } from './log-lines.ts';

function written(log: (logger: ReturnType<typeof pino>) => void): string {
  let text = '';
  const stream = {
    write: (line: string) => {
      text += line;
      return true;
    },
  };
  log(pino({}, terminalLines(stream)));
  return stripVTControlCharacters(text);
}

test('a log is a line with time, level, message and fields', () => {
  assert.match(
    written((log) => log.info({ epoch: 1, name: 'a' }, 'begun')),
    /^ {2}\d\d:\d\d:\d\d {2}info {8}begun epoch=1 name="a"\n$/,
  );
  assert.match(
    written((log) => log.warn('short')),
    / warning {5}short\n$/,
  );
  assert.match(
    written((log) => log.error('bad')),
    / error {7}bad\n$/,
  );
});

test('an alert is left to the feed of records', () => {
  assert.equal(
    written((log) => log.warn({ code: 'DRAWDOWN', severity: 'critical' }, 'told twice')),
    '',
  );
});
