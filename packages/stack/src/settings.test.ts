import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { readSettings } from './settings.ts';

test('with nothing set: servers of its own, ports of its own, data beside', () => {
  const { ports, directory, redisUrl, questdbUrl, hasToken, symbols } = readSettings({});
  assert.deepEqual(ports, { provider: 8081, inspector: 8008, standby: 8009, redis: 6380, questdb: 9000 });
  assert.equal(directory, resolve('data-stack'));
  assert.deepEqual([redisUrl, questdbUrl, hasToken], [undefined, undefined, false]);
  assert.deepEqual(symbols, ['BTCUSDT', 'ETHUSDT', 'SOLUSDT']);
});

test('servers that are there are taken, however they are named', () => {
  assert.equal(readSettings({ EVENT_BUS_URL: 'redis://r:1' }).redisUrl, 'redis://r:1');
  assert.equal(readSettings({ REDIS_HOST: 'r' }).redisUrl, 'redis://r:6379');
  assert.equal(readSettings({ EVENT_BUS_URL: 'memory:' }).redisUrl, undefined);
  assert.equal(readSettings({ QUESTDB_URL: 'http://q:9000' }).questdbUrl, 'http://q:9000');
});

test('every violation is listed, at the bounds on both sides', () => {
  assert.equal(readSettings({ STACK_REDIS_PORT: '65535', STACK_QUESTDB_PORT: '0' }).ports.redis, 65_535);
  assert.throws(
    () => readSettings({ STACK_REDIS_PORT: '65536', STACK_STANDBY_PORT: 'x', PROVIDER_PORT: '-1' }),
    (error: Error & { code: string; details: string[] }) => {
      assert.equal(error.code, 'ENVIRONMENT_INVALID');
      assert.equal(error.details.length, 3);
      for (const name of ['STACK_REDIS_PORT', 'STACK_STANDBY_PORT', 'PROVIDER_PORT']) {
        assert.ok(
          error.details.some((detail) => detail.startsWith(name)),
          name,
        );
      }
      return true;
    },
  );
});
