import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFailure } from './describe-failure.ts';
import { operatingError } from './operating-error.ts';

test('an operating error shows code, place, details and what to do, and no stack', () => {
  const error = operatingError('port 1 is taken', {
    code: 'PORT_IN_USE',
    exitCode: 1,
    details: ['by another program'],
  });
  const { exitCode, text } = describeFailure(error, 'up');
  assert.equal(exitCode, 1);
  assert.match(text, /^inspector up: PORT_IN_USE: port 1 is taken\n {2}by another program\n {2}INSPECTOR_PORT/);
  assert.doesNotMatch(text, /\n\s+at /);
});

test('an error of the operating system is one as well', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write',
  });
  assert.deepEqual(describeFailure(error, 'audit export'), {
    exitCode: 1,
    text: 'inspector audit export: ENOSPC: ENOSPC: no space left on device, write\n',
  });
});

test('a store that cannot be read is named', () => {
  const error = Object.assign(new Error('file is not a database'), { code: 'ERR_SQLITE_ERROR' });
  assert.match(describeFailure(error, 'up').text, /STORE_UNREADABLE: file is not a database/);
});

test('a mistake of the program shows its stack and exits with 70', () => {
  for (const error of [
    new TypeError('x is not a function'),
    Object.assign(new TypeError('bad'), { code: 'ERR_INVALID_ARG_TYPE' }),
  ]) {
    const { exitCode, text } = describeFailure(error, 'up');
    assert.equal(exitCode, 70);
    assert.match(text, /INTERNAL[\s\S]*\n\s+at /);
  }
});
