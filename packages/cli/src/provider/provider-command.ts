import { createCommand, runCommand } from '../command.ts';

export const providerCommand = () =>
  createCommand('provider', {
    summary: 'run the Provider alone: venues, orders, registry, proxy, /ws',
    description: `Runs the Provider alone over the venues of CONNECTORS: REST, /ws, the registry of Inspectors and the proxy to them, and
Studio, the page. Its token is PROVIDER_API_TOKEN, else one that is made at the first start and kept in INSPECTOR_DATA_DIR.

Its events go to the Redis of EVENT_BUS_URL, for Inspectors and detectors of other processes; with memory: they reach /ws and
no other process.`,
    examples: [
      'inspector provider',
      'EVENT_BUS_URL=redis://127.0.0.1:6379 inspector provider',
      'CONNECTORS=replay:recorded.ndjson.gz inspector provider',
    ],
    exits: [
      '0   stopped by SIGTERM, SIGINT or SIGHUP',
      '1   could not start or go on: port in use, account file unreadable, disk …',
      '2   bad usage or environment: every violation is listed, nothing was started',
      '70  a mistake of the program',
    ],
  }).action(() =>
    runCommand('provider', async () => {
      const { runProvider } = await import('./run-provider.ts');
      await runProvider();
    }),
  );
