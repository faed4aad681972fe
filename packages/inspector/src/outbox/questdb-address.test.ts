import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questdbAddress } from './questdb-address.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test('an address gives place and credentials, and shows nothing secret', () => {
  const cases: [string, string, string | undefined][] = [
    ['http://questdb:9000', 'http://questdb:9000', undefined],
    ['http://questdb', 'http://questdb:80', undefined],
    ['https://q.example/', 'https://q.example:443', undefined],
    ['http://ann:s%3Ae%40c@q:9001', 'http://q:9001', basic('ann:s:e@c')],
    ['http://:token@q:9000', 'http://q:9000', 'Bearer token'],
    ['http://ann@q:9000', 'http://q:9000', basic('ann:')],
    ['http://[::1]:9000', 'http://[::1]:9000', undefined],
  ];
  for (const [url, shown, authorization] of cases) {
    const address = questdbAddress(url);
    assert.deepEqual([address.shown, address.authorization], [shown, authorization], url);
  }
  assert.equal(questdbAddress('http://[::1]:9000').host, '::1');
  assert.equal(questdbAddress('http://proxy/questdb/').path, '/questdb');
  assert.throws(() => questdbAddress('ftp://q:9000'));
  assert.throws(() => questdbAddress('q'));
});
