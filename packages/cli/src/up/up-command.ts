import { Command } from '@commander-js/extra-typings';
import { createLog } from '#process/create-log.ts';
import { exampleOptions } from '#detector/index.ts';
import { describeFailure } from '#process/describe-failure.ts';
import { exitCodes } from '#process/exit-codes.ts';
import { refuseLaterFeatures } from '#process/later-features.ts';
import { readConfiguration } from '#process/read-configuration.ts';
import { runUntilStopped } from '#process/run-until-stopped.ts';
import { VERSION } from '../version.ts';
import { startUp } from './start-up.ts';

export const upCommand = () =>
  new Command('up').option('--no-detector', 'without the example detector').action(async ({ detector }) => {
    const { environment, options, warnings } = readConfiguration(process.env, exampleOptions);
    warnings.push(...refuseLaterFeatures(environment));
    const log = await createLog(environment.logLevel);
    for (const warning of warnings) log.warn(warning);
    const system = await startUp(
      { environment, options, version: VERSION, withDetector: detector },
      {
        log,
        onFailed: (error) => {
          process.stderr.write(describeFailure(error, 'up').text);
          process.exit(exitCodes.bug);
        },
      },
    );
    log.info({ open: `${system.provider.url}/#token=${system.provider.token.secret}`, inspector: system.inspector.url }, 'up');
    runUntilStopped({ system, onStopping: (r) => log.info(r), onStopped: (s) => log.info({ s }, 'stopped') });
  });
