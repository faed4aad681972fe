/** A reader in a process of its own, for the tests to freeze. Prints each batch as a line of JSON, the first one empty. */
import { createRedisBus } from './redis-bus.ts';
import { numbers } from './testing.ts';

const bus = createRedisBus({
  url: process.argv[2] ?? '',
  name: 'frozen',
  consumer: 'frozen',
  log: { info: () => {}, warn: () => {} },
});
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);
bus.subscribe({
  name: 'inspector:alpha',
  types: ['PROVIDER_ACCOUNT_EVENT'],
  accounts: ['paper:futures'],
  after: {},
  handle: (events, positions) => void say({ numbers: numbers(events), positions }),
});
await bus.ready();
const deadline = Date.now() + 30_000;
while (Date.now() < deadline) {
  const groups = await bus.connection.send(['XINFO', 'GROUPS', 'bus:acct:paper:futures']).catch(() => []);
  if (Array.isArray(groups) && groups.length > 0) break;
  await new Promise((resolve) => setTimeout(resolve, 10));
}
say({ numbers: [], positions: {} });
