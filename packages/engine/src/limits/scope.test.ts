import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covers, isKnownScope } from './scope.ts';

const subject = {
  accountKey: 'paper:futures:a1',
  symbolKey: 'paper:futures:ETHUSDT',
  side: 'LONG' as const,
  detectorSysname: 'det',
};

test('a scope covers what it names', () => {
  for (const scope of [
    'global',
    'account:paper:futures:a1',
    'symbol:paper:futures:ETHUSDT',
    'side:paper:futures:a1:LONG',
    'side:paper:futures:ETHUSDT:LONG',
    'detector:det',
  ]) {
    assert.equal(covers(scope, subject), true, scope);
  }
});

test('and nothing else', () => {
  for (const scope of [
    'account:paper:futures',
    'symbol:paper:futures:ETH',
    'side:paper:futures:a1:SHORT',
    'side:paper:futures:LONG',
    'detector:de',
    'nonsense:det',
    'detector',
  ]) {
    assert.equal(covers(scope, subject), false, scope);
  }
  assert.equal(covers('detector:det', { ...subject, detectorSysname: null }), false);
});

test('a scope is global, or a kind and a key', () => {
  for (const scope of ['global', 'account:x', 'symbol:x', 'side:x:LONG', 'detector:x']) assert.ok(isKnownScope(scope));
  for (const scope of ['', 'all', 'account:', ':x', 'x:y', 'account']) assert.ok(!isKnownScope(scope));
});
