import { createCommand, runCommand } from '../command.ts';

export const serveCommand = () =>
  createCommand('serve', {
    summary: 'run the Inspector alone, beside a Provider of another process',
    description: `Runs the Inspector alone. The Provider is found at PROVIDER_URL and spoken to over HTTP: registration, orders, cancels and
reconciliation. PROVIDER_API_TOKEN is its admin token, unless both share one INSPECTOR_DATA_DIR.

With EVENT_BUS_URL=memory: no event reaches this process: it hears neither prices nor fills nor requests. What the
venue shows at each reconciliation (every 15 s) is what it knows; entries are refused for want of a price, while the
kill switch, closes and the REST work. "inspector up" is the whole system in one process.`,
    examples: [
      'PROVIDER_URL=http://127.0.0.1:8081 PROVIDER_API_TOKEN=… inspector serve',
      'INSPECTOR_HOST=0.0.0.0 INSPECTOR_API_TOKEN_FILE=/run/secrets/token inspector serve',
    ],
    exits: [
      '0   stopped by SIGTERM, SIGINT or SIGHUP',
      '1   could not start or go on: directory held, port in use, disk …',
      '2   bad usage, environment or options: every violation is listed, nothing was started',
      '70  a mistake of the program; what was decided is stored, start it again',
    ],
  }).action(() =>
    runCommand('serve', async () => {
      const { runServe } = await import('./run-serve.ts');
      await runServe();
    }),
  );
