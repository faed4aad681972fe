import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { providerForTest } from '#testing/provider-for-test.ts';

test('each token is told its own name and role, and no token nothing', async (t) => {
  const tokens = [{ role: 'operator' as const, sha256: createHash('sha256').update('of-anna').digest('hex') }];
  const { call } = await providerForTest(t, { tokens });
  const own = async (token: string | null) => {
    const { status, body } = await call('GET', '/api/session', undefined, { token });
    return { status, name: body.name, role: body.role };
  };
  const anna = await own('of-anna');
  assert.deepEqual([anna.status, anna.role], [200, 'operator']);
  assert.match(String(anna.name), /^operator-/);
  assert.equal((await call('GET', '/api/session')).body.role, 'admin');
  assert.equal((await own('another')).status, 401);
  assert.equal((await own(null)).status, 401);
});
