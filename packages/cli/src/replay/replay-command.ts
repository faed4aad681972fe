/** The `replay` sub-command of the program. */
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { formatCount } from '#terminal/numbers.ts';
import { createProgressBar } from '#terminal/progress-bar.ts';
import { createCommand, runCommand } from '../command.ts';
import { isReplayError } from './replay-error.ts';
import type { ReplayConfig } from './run-replay.ts';

/** The sub-command, ready for `program.addCommand`. It sets `process.exitCode`. */
export function replayCommand() {
  return createCommand('replay', {
    summary: 'run recorded events through the engine',
    description: `Runs recorded events through the engine, on their time, and writes the audit as NDJSON: the same bytes on every run. The
last line sums it up, with a hash of the final state.`,
    examples: [
      'inspector replay --input examples/replay/one-trade.ndjson --venue paper',
      'inspector replay --input events.ndjson.gz --options limits.json --compare other.json --out audit.ndjson',
      'inspector replay --input futures.gz --format binance-capture --market futures --out audit.ndjson',
    ],
    exits: [
      '0  done',
      '2  bad usage, or a file that cannot be read or written',
      '3  a line that is not JSON, not an envelope, or goes back in time: it is named',
    ],
  })
    .requiredOption('--input <file>', 'events, one envelope a line; .gz is read as it is')
    .addOption(new Option('--format <format>', 'of the input').choices(['ndjson', 'binance-capture']).default('ndjson'))
    .option('--connector <name>', 'of a capture: the connector that its events are given', 'binance')
    .addOption(new Option('--market <market>', 'of a capture').choices(['futures', 'spot']))
    .option('--options <file>', 'options as JSON, over the defaults')
    .addOption(new Option('--venue <venue>', 'who answers orders').choices(['none', 'paper']).default('none'))
    .option('--latency-ms <ms>', 'from an order to the paper venue’s answer', parseLatency, 0)
    .option('--out <file>', 'where the records go (default: stdout)')
    .option('--compare <file>', 'other options: run with both and compare')
    .action(async ({ format, connector, market, venue, ...paths }, command) => {
      const isCapture = format === 'binance-capture';
      if (isCapture && market !== 'futures' && market !== 'spot') {
        command.error('error: --format binance-capture needs --market futures or --market spot');
      }
      const config: ReplayConfig = {
        ...paths,
        venue: venue === 'paper' ? 'paper' : 'none',
        capture: isCapture ? { connector, market: market === 'spot' ? 'spot' : 'futures' } : undefined,
      };
      await runCommand('replay', () => replay(config));
    });
}

async function replay(config: ReplayConfig): Promise<void> {
  // Only where the bar meets a terminal and not the records.
  const bar = config.out === undefined && process.stdout.isTTY ? undefined : createProgressBar();
  try {
    const { runReplay } = await import('./run-replay.ts');
    await runReplay({
      ...config,
      onProgress: ({ bytesRead, bytesTotal, events }) =>
        bar?.show(bytesTotal > 0 ? bytesRead / bytesTotal : 1, `${formatCount(events)} events`),
    });
  } catch (error) {
    if (!isReplayError(error)) throw error;
    process.stderr.write(`inspector replay: ${error.message}\n`);
    process.exitCode = error.exitCode;
  } finally {
    bar?.clear();
  }
}

function parseLatency(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('Not a number of at least 0.');
  return value;
}
