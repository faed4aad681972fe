import { Command } from '@commander-js/extra-typings';
import { auditCommand } from '#audit/audit-command.ts';
import { drillCommand } from '#drill/drill-command.ts';
import { optionsCommand } from '#options/options-command.ts';
import { exitCodes } from '#process/exit-codes.ts';
import { providerCommand } from '#provider/provider-command.ts';
import { replayCommand } from '#replay/replay-command.ts';
import { serveCommand } from '#serve/serve-command.ts';
import { upCommand } from '#up/up-command.ts';
import { VERSION } from './version.ts';

const after = `
Examples:
  inspector up                                   everything, with a simulated market
  inspector replay --input events.ndjson --venue paper --out audit.ndjson
  inspector options check limits.json
  inspector drill --runs 50

Configuration comes from the environment: docs/environment.md. Exit codes of each command: inspector <command> --help.`;

/** The whole program. Bad usage exits with 2. */
export function createProgram(): Command {
  return new Command('inspector')
    .description('An independent risk governor for algorithmic trading.')
    .version(VERSION)
    .showHelpAfterError('(inspector --help says more)')
    .exitOverride(({ exitCode, code }) =>
      process.exit(exitCode === 0 || code === 'commander.helpDisplayed' ? exitCodes.ok : exitCodes.usage),
    )
    .addHelpText('after', after)
    .addCommand(upCommand())
    .addCommand(serveCommand())
    .addCommand(providerCommand())
    .addCommand(replayCommand())
    .addCommand(auditCommand())
    .addCommand(drillCommand())
    .addCommand(optionsCommand());
}
