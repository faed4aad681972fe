import { createCommand, runCommand } from '../command.ts';

export const upCommand = () =>
  createCommand('up', {
    summary: 'run everything in one process: Provider, Inspector, simulated market',
    description: `Runs the whole system in this process: Provider (REST, /ws, page), Inspector, in-memory bus, embedded store, and,
with CONNECTORS=paper (the default), a simulated market with an example detector. Prints the address to open. What it
is configured by stands in docs/environment.md; what it keeps lies in INSPECTOR_DATA_DIR.`,
    examples: [
      'inspector up',
      'INSPECTOR_DATA_DIR=/var/lib/inspector INSPECTOR_OPTIONS_FILE=limits.json inspector up --no-detector',
      'INSPECTOR_PORT=0 PROVIDER_PORT=0 inspector up      # any free ports',
    ],
    exits: [
      '0   stopped by SIGTERM, SIGINT or SIGHUP',
      '1   could not start or go on: directory held, port in use, disk …',
      '2   bad usage, environment or options: every violation is listed, nothing was started',
      '70  a mistake of the program; what was decided is stored, start it again',
    ],
  })
    .option('--no-detector', 'without the example detector')
    .action(({ detector }) =>
      runCommand('up', async () => {
        const { runUp } = await import('./run-up.ts');
        await runUp({ withDetector: detector });
      }),
    );
