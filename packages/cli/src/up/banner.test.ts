import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { defaultOptions } from '@inspector/contract';
import { banner } from './banner.ts';
import { openAddress } from './open-address.ts';

test('the start says what runs, where, within which limits, and the address to open', () => {
  const text = stripVTControlCharacters(
    banner({
      version: '1.2.3',
      openUrl: 'http://127.0.0.1:8081/#token=abc',
      inspectorUrl: 'http://127.0.0.1:8008',
      providerUrl: 'http://127.0.0.1:8081',
      appKey: 'inspector',
      venues: ['paper:futures, simulated market'],
      detector: undefined,
      dataDir: './data',
      keptRecords: 1234,
      options: defaultOptions,
      optionsVersion: 7,
    }),
  );
  for (const wanted of [
    'Inspector 1.2.3',
    '#token=abc',
    '127.0.0.1:8008/api',
    'paper:futures',
    './data (1,234 audit records kept)',
    'version 7',
  ]) {
    assert.ok(text.includes(wanted), wanted);
  }
  assert.match(text, /daily loss +5 %/);
  assert.match(text, /open positions +off/);
  assert.doesNotMatch(text, /Detector/);
  assert.ok(Math.max(...text.split('\n').map((line) => line.length)) <= 90);
});

test('a token that was made is told, one that was set is not repeated', () => {
  const url = 'http://127.0.0.1:8081';
  assert.equal(openAddress({ url, token: { secret: 's3cret', generated: true } }), `${url}/#token=s3cret`);
  assert.doesNotMatch(openAddress({ url, token: { secret: 's3cret', generated: false } }), /s3cret/);
});
