import { createCommand, runCommand } from '../command.ts';

export const serveCommand = () =>
  createCommand('serve', {
    summary: 'run the Inspector alone, beside a Provider of another process',
    description: `Runs the Inspector alone. The Provider is found at PROVIDER_URL and spoken to over HTTP: registration, orders, cancels and
reconciliation. PROVIDER_API_TOKEN is its admin token, unless both share one INSPECTOR_DATA_DIR. Events come over the Redis
of EVENT_BUS_URL.

Several with one INSPECTOR_APP_KEY, each with an INSPECTOR_DATA_DIR of its own, are one Inspector: one acts, the others follow
every commit of it, and one of them takes over within INSPECTOR_LEASE_MS and a second when it ends or falls silent. One that
lacks what another had stored does not take over: start that other one, or say --act-behind.

With EVENT_BUS_URL=memory: no event reaches this process: it hears neither prices nor fills nor requests. What the
venue shows at each reconciliation (every 15 s) is what it knows; entries are refused for want of a price, while the
kill switch, closes and the REST work. "inspector up" is the whole system in one process.`,
    examples: [
      'EVENT_BUS_URL=redis://127.0.0.1:6379 PROVIDER_API_TOKEN=… inspector serve',
      'EVENT_BUS_URL=redis://127.0.0.1:6379 INSPECTOR_PORT=8009 INSPECTOR_DATA_DIR=./standby inspector serve',
      'INSPECTOR_HOST=0.0.0.0 INSPECTOR_API_TOKEN_FILE=/run/secrets/token inspector serve',
    ],
    exits: [
      '0   stopped by SIGTERM, SIGINT or SIGHUP',
      '1   could not start or go on: directory held, port in use, disk, Redis …',
      '2   bad usage, environment or options: every violation is listed, nothing was started',
      '70  a mistake of the program; what was decided is stored, start it again',
    ],
  })
    .option('--act-behind', 'act although another instance is known to have stored more than this one has', false)
    .action(({ actBehind }) =>
      runCommand('serve', async () => {
        const { runServe } = await import('./run-serve.ts');
        await runServe({ actBehind });
      }),
    );
