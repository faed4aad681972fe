import { Command } from '@commander-js/extra-typings';
import { describeFailure } from '#process/describe-failure.ts';
import { exitCodes } from '#process/exit-codes.ts';

interface CommandTexts {
  summary: string;
  description: string;
  /** Lines to copy, without the prompt. */
  examples: readonly string[];
  /** What each exit code of this command means. */
  exits: readonly string[];
}

/** A sub-command with its help as all have it. Bad usage exits with 2. */
export function createCommand(name: string, { summary, description, examples, exits }: CommandTexts): Command {
  const after = [
    '',
    'Examples:',
    ...examples.map((line) => `  ${line}`),
    '',
    'Exit codes:',
    ...exits.map((line) => `  ${line}`),
  ];
  return new Command(name)
    .summary(summary)
    .description(description)
    .showHelpAfterError(`(inspector ${name} --help says more)`)
    .addHelpText('after', after.join('\n'))
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.ok : exitCodes.usage));
}

/** Runs a command's work; what goes wrong is told on stderr and in the exit code. */
export async function runCommand(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { exitCode, text } = describeFailure(error, name);
    process.stderr.write(text);
    process.exitCode = exitCode;
  }
}
