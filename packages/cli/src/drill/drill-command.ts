import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { createCommand, runCommand } from '../command.ts';

export const drillCommand = () =>
  createCommand('drill', {
    summary: 'try the kill switch on the paper venue, with faults',
    description: `Runs the kill sequence offline: the real engine, the paper venue, a simulated market, and a venue that misbehaves in several
ways. Each run opens positions and resting entries, trips the kill switch while a bot goes on asking, and must end with
the venue itself showing neither position nor order. Nothing is read from or written to a data directory.

Times are simulated: what the engine's sequence and the venue's latency take, not this machine's speed.`,
    examples: [
      'inspector drill',
      'inspector drill --runs 200 --scenario timeouts --scenario lost',
      'inspector drill --options limits.json --json',
    ],
    exits: [
      '0  every run was verified flat',
      '1  a run was not: it is named with its seed',
      '2  bad usage, or options that are refused',
    ],
  })
    .option('--runs <count>', 'runs of each scenario', parseCount, 20)
    .option('--seed <number>', 'of the first run; each next run takes the next', parseCount, 1)
    .addOption(new Option('--scenario <name...>', 'only these (default: all)'))
    .option('--options <file>', 'options as JSON, over the defaults')
    .option('--json', 'the result as JSON on stdout')
    .action((asked) =>
      runCommand('drill', async () => {
        const { runDrill } = await import('./run-drill.ts');
        runDrill(asked);
      }),
    );

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1 || count > 1_000_000) {
    throw new InvalidArgumentError('Not a whole number from 1 to 1,000,000.');
  }
  return count;
}
