import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { claimPorts } from './claim-ports.ts';

test('ports that are taken are named, each with the variable that chooses another; 0 takes a free one', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port: taken } = server.address() as { port: number };
  const wanted = { provider: taken, inspector: 0, standby: taken, redis: taken, questdb: 0 };
  await assert.rejects(claimPorts(wanted, ['provider', 'inspector', 'standby']), {
    code: 'PORT_IN_USE',
    details: [
      `${taken} of provider (EADDRINUSE): choose another with PROVIDER_PORT, for example PROVIDER_PORT=0`,
      `${taken} of standby (EADDRINUSE): choose another with STACK_STANDBY_PORT, for example STACK_STANDBY_PORT=0`,
    ],
  });
  const ports = await claimPorts(wanted, ['inspector', 'questdb']);
  assert.ok(ports.inspector > 0 && ports.questdb > 0);
  assert.equal(ports.redis, taken, 'a port that is not needed is not tried');
});
