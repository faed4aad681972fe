import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { ownUrl } from './own-url.ts';

test('an address of its own is told as it is', () => {
  const told = ownUrl('http://10.0.0.5:8008', { host: '10.0.0.5', providerUrl: 'http://10.0.0.6:8081' });
  assert.equal(told, 'http://10.0.0.5:8008');
});

test('listening everywhere it is reached by loopback from the same machine, by its name from another', () => {
  const listening = { host: '0.0.0.0' };
  const url = 'http://localhost:8008';
  for (const providerUrl of ['http://127.0.0.1:8081', 'http://[::1]:8081', 'http://localhost:8081/']) {
    assert.equal(ownUrl(url, { ...listening, providerUrl }), 'http://127.0.0.1:8008');
  }
  assert.equal(ownUrl(url, { ...listening, providerUrl: 'http://provider:8081' }), `http://${hostname()}:8008`);
});
