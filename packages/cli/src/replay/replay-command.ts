/** The `replay` sub-command of the program. */
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { BAD_USAGE, isReplayError } from './replay-error.ts';
import type { ReplayConfig } from './run-replay.ts';

const about = `Runs recorded events through the engine and writes the audit as NDJSON, the same bytes on every run.

Exit codes: 0 done; 2 bad usage, or a file that cannot be read or written; 3 a line that is not JSON, not an
envelope, or goes back in time.`;

/** The sub-command, ready for \`program.addCommand\`. It sets \`process.exitCode\`. */
export function replayCommand() {
  return new Command('replay')
    .summary('run recorded events through the engine')
    .description(about)
    .requiredOption('--input <file>', 'events, one envelope a line; .gz is read as it is')
    .addOption(new Option('--format <format>', 'of the input').choices(['ndjson', 'binance-capture']).default('ndjson'))
    .option('--connector <name>', 'of a capture: the connector that its events are given', 'binance')
    .addOption(new Option('--market <market>', 'of a capture').choices(['futures', 'spot']))
    .option('--options <file>', 'options as JSON, over the defaults')
    .addOption(new Option('--venue <venue>', 'who answers orders').choices(['none', 'paper']).default('none'))
    .option('--latency-ms <ms>', 'from an order to the paper venue’s answer', parseLatency, 0)
    .option('--out <file>', 'where the records go (default: stdout)')
    .option('--compare <file>', 'other options: run with both and compare')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : BAD_USAGE))
    .action(async ({ format, connector, market, venue, ...paths }, command) => {
      const isCapture = format === 'binance-capture';
      if (isCapture && market !== 'futures' && market !== 'spot') {
        command.error('error: --format binance-capture needs --market futures or --market spot');
      }
      const bar = createProgressBar(paths.out !== undefined);
      const config: ReplayConfig = {
        ...paths,
        venue: venue === 'paper' ? 'paper' : 'none',
        capture: isCapture ? { connector, market: market === 'spot' ? 'spot' : 'futures' } : undefined,
      };
      try {
        // The engine and the venues are loaded only when a run begins: `--help` and other commands need none of it.
        const { runReplay } = await import('./run-replay.ts');
        await runReplay(bar ? { ...config, onProgress: bar.show } : config);
      } catch (error) {
        if (!isReplayError(error)) throw error;
        process.stderr.write(`inspector replay: ${error.message}\n`);
        process.exitCode = error.exitCode;
      } finally {
        bar?.clear();
      }
    });
}

function parseLatency(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('Not a number of at least 0.');
  return value;
}

const BAR_WIDTH = 30;
const REDRAW_MS = 100;

/** A bar on stderr, only where it meets a terminal and not the records. */
function createProgressBar(recordsGoToFile: boolean) {
  if (!process.stderr.isTTY || !(recordsGoToFile || !process.stdout.isTTY)) return null;
  let drawnAt = 0;
  return {
    show({ bytesRead, bytesTotal, events }: { bytesRead: number; bytesTotal: number; events: number }) {
      if (performance.now() - drawnAt < REDRAW_MS) return;
      drawnAt = performance.now();
      const share = bytesTotal > 0 ? Math.min(1, bytesRead / bytesTotal) : 1;
      const bar = '█'.repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
      process.stderr.write(`\r${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${events} events`);
    },
    clear() {
      if (drawnAt > 0) process.stderr.write('\r\u001b[2K');
    },
  };
}
