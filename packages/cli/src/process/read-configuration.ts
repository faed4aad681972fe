import { readFileSync } from 'node:fs';
import {
  defaultOptions,
  type Environment,
  mergeOptions,
  type Options,
  type OptionsPatch,
  readEnvironment,
} from '@inspector/contract';
import { readOptionsFile } from '@inspector/inspector/options-file';
import { exitCodes } from './exit-codes.ts';
import { operatingError } from './operating-error.ts';
import { violationLines } from './violations.ts';

export interface Configuration {
  environment: Environment;
  options: Options;
  /** What is accepted but deserves a look, one line each. */
  warnings: string[];
}

/**
 * Environment and options of a process. `example` are the options of a new data directory where no file gives others and no
 * money is at stake; with a live venue they are the defaults.
 * Throws an operating error with every violation: nothing was started.
 */
export function readConfiguration(env: NodeJS.ProcessEnv, example: OptionsPatch = {}): Configuration {
  const environment = readEnvironment(env, (path) => readFileSync(path, 'utf8'));
  if ('errors' in environment) {
    throw operatingError('the environment is refused', {
      code: 'ENVIRONMENT_INVALID',
      exitCode: exitCodes.usage,
      details: violationLines(environment.errors),
    });
  }
  const { optionsFile } = environment.config.inspector;
  const isLive = environment.config.connectors.some(({ kind }) => kind === 'ccxt');
  const initial = isLive ? {} : example;
  const options = optionsFile === null ? mergeOptions(defaultOptions, initial) : readOptionsFile(optionsFile);
  if ('errors' in options) {
    throw operatingError(`the options of ${optionsFile ?? 'the example'} are refused`, {
      code: 'OPTIONS_INVALID',
      exitCode: exitCodes.usage,
      details: violationLines(options.errors),
    });
  }
  return {
    environment: environment.config,
    options: options.options,
    warnings: [...violationLines(environment.warnings), ...violationLines(options.warnings)],
  };
}
