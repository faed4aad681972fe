import { setTimeout as wait } from 'node:timers/promises';
import { startRedis } from '@inspector/servers';
import { createRedisBus } from './redis-bus.ts';
import { accountEvent, numbers } from './testing.ts';

const server = (await startRedis({ args: ['--appendfsync', 'always'] }))!;
const bus = createRedisBus({
  url: server.url,
  name: 'x',
  consumer: 'one',
  lookEveryMs: 100,
  redeliveryDelayMs: 1,
  log: { info: (f, m) => console.log('I', m, f.name), warn: (f, m) => console.log('W', m, f.name ?? '') },
});
await bus.ready();
const seen = new Map<string, number[]>(['a', 'b', 'c'].map((a) => [a, []]));
bus.onGap((g) => console.log('gap', g.stream, g.reason));
bus.subscribe({
  name: 'inspector:alpha',
  types: ['PROVIDER_ACCOUNT_EVENT'],
  handle(events) {
    for (const e of events) {
      const id = (e.payload as { accountId: string }).accountId;
      const l = seen.get(id)!;
      const [n] = numbers([e]) as [number];
      if (!l.includes(n)) l.push(n);
    }
  },
});
const at: Record<string, string> = {};
let step = '';
const COUNT = 400;
const all = Promise.all(
  [...seen.keys()].map(async (accountId) => {
    for (let n = 0; n < COUNT; n++) {
      for (;;) {
        at[accountId] = `publishing ${n}`;
        try {
          const e = accountEvent(n, { accountId });
          await bus.publish('PROVIDER', e);
          break;
        } catch (e) {
          at[accountId] = `retry ${n} ${(e as Error).message}`;
          await wait(20);
        }
      }
      await wait(5);
    }
    at[accountId] = 'done';
  }),
);
const began = Date.now();
setInterval(() => {
  if (Date.now() - began > 40_000) {
    console.log(
      'STUCK',
      step,
      at,
      [...seen].map(([a, l]) => [a, l.length]),
      bus.statistics().reason,
      JSON.stringify(bus.statistics().state),
    );
    process.exit(1);
  }
}, 1000);
for (let k = 0; k < 3; k++) {
  await wait(700);
  step = `kill ${k}`;
  await server.kill();
  step = `down ${k}`;
  while (bus.statistics().state !== 'down') await wait(5);
  step = `start ${k}`;
  await server.start();
  step = `up ${k}`;
  while (bus.statistics().state !== 'up') await wait(5);
}
step = 'all';
await all;
step = 'seen';
while (![...seen.values()].every((l) => l.length === COUNT)) await wait(5);
step = 'close';
await bus.close();
console.log('OK', Date.now() - began);
process.exit(0);
