import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectorAddress } from './collector-address.ts';

test('the path of traces is added once', () => {
  for (const [given, url] of [
    ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/traces'],
    ['http://127.0.0.1:4318/', 'http://127.0.0.1:4318/v1/traces'],
    ['https://otel.example.com/in/', 'https://otel.example.com/in/v1/traces'],
    ['http://127.0.0.1:4318/v1/traces', 'http://127.0.0.1:4318/v1/traces'],
  ] as const) {
    assert.deepEqual(collectorAddress(given), { url, headers: {} });
  }
});

test('user and password go as a header and are not in the address', () => {
  const { url, headers } = collectorAddress('https://ann:p%40ss@otel.example.com');
  assert.equal(url, 'https://otel.example.com/v1/traces');
  assert.deepEqual(headers, { authorization: `Basic ${Buffer.from('ann:p@ss').toString('base64')}` });
});
