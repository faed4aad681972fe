import { defaultOptions, diffOptions } from '@inspector/contract';
import { readOptionsFile } from '@inspector/inspector/options-file';
import { exitCodes } from '#process/exit-codes.ts';
import { operatingError } from '#process/operating-error.ts';
import { violationLines } from '#process/violations.ts';
import { formatCount } from '#terminal/numbers.ts';

/** Says that a file's options are valid, or throws an operating error with every violation. */
export function checkOptions(file: string): void {
  const result = readOptionsFile(file);
  if ('errors' in result) {
    throw operatingError(`the options of ${file} are refused`, {
      code: 'OPTIONS_INVALID',
      exitCode: exitCodes.usage,
      details: violationLines(result.errors),
    });
  }
  for (const warning of violationLines(result.warnings)) process.stderr.write(`warning: ${warning}\n`);
  const changes = diffOptions(defaultOptions, result.options).length;
  const differ = changes === 1 ? '1 field differs' : `${formatCount(changes)} fields differ`;
  process.stdout.write(`${file}: valid; ${differ} from the defaults\n`);
}
