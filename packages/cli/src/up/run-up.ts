import type { Environment } from '@inspector/contract';
import { exampleOptions } from '#detector/index.ts';
import { showEvents } from '#live/show-events.ts';
import { createLog } from '#process/create-log.ts';
import { endOnBug } from '#process/end-on-bug.ts';
import { exitCodes } from '#process/exit-codes.ts';
import { readConfiguration } from '#process/read-configuration.ts';
import { runUntilStopped } from '#process/run-until-stopped.ts';
import { formatCount, formatUsd } from '#terminal/numbers.ts';
import { VERSION } from '../version.ts';
import { type BannerFacts, banner } from './banner.ts';
import { openAddress } from './open-address.ts';
import { EXAMPLE_DETECTOR, startUp, type UpSystem } from './start-up.ts';

/** Starts everything, says so, shows what happens, and ends in good order. */
export async function runUp({ withDetector }: { withDetector: boolean }): Promise<void> {
  const { environment, options, warnings } = readConfiguration(process.env, exampleOptions);
  const log = createLog(environment.logLevel);
  for (const warning of warnings) log.warn(warning);

  const config = { environment, options, version: VERSION, withDetector };
  const system = await startUp(config, { log, onFailed: endOnBug('up'), onReplaced: endReplaced });
  const facts = factsOf(system, environment);
  const { inspector } = system;
  const source = { lastSeq: () => inspector.picture().seq, auditAfter: inspector.auditAfter };
  const { action } = inspector.picture().governor;
  // Before it is said to be up: who reads that may send a signal at once.
  runUntilStopped({
    async stop(reason) {
      stopShowing();
      await system.stop(reason);
    },
    onStopping: (signal) => log.info({ signal }, 'stopping'),
    onStopped: (seconds) => log.info(savedText(system, { dataDir: facts.dataDir, seconds })),
  });

  if (process.stdout.isTTY) process.stdout.write(banner(facts));
  else
    log.info(
      {
        open: facts.openUrl,
        inspector: facts.inspectorUrl,
        provider: facts.providerUrl,
        dataDir: facts.dataDir,
        keptRecords: facts.keptRecords,
        optionsVersion: facts.optionsVersion,
      },
      'Inspector is up',
    );
  const stopShowing = showEvents(source, { afterSeq: system.keptRecords, action }, log);
}

/** Everything of this process belongs to the instance that acts no more; a supervisor starts it again. */
function endReplaced({ reason }: { reason: string }): void {
  process.stderr.write(`inspector up: FENCED: another instance of this Inspector acts (${reason})\n`);
  process.exit(exitCodes.failed);
}

function factsOf({ provider, inspector, hasDetector, keptRecords }: UpSystem, environment: Environment): BannerFacts {
  const { options, optionsVersion } = inspector.picture();
  return {
    version: VERSION,
    openUrl: openAddress(provider),
    inspectorUrl: inspector.url,
    providerUrl: provider.url,
    appKey: environment.inspector.appKey,
    venues: venueLines(environment),
    detector: hasDetector ? `${EXAMPLE_DETECTOR}: asks for positions, and is wrong now and then` : undefined,
    dataDir: environment.inspector.dataDir,
    keptRecords,
    options,
    optionsVersion,
  };
}

function venueLines({ connectors, paper }: Environment): string[] {
  return connectors.map((spec) => {
    if (spec.kind === 'paper')
      return `paper:futures, simulated market, seed ${paper.seed}, ${formatUsd(paper.balance)} at first`;
    if (spec.kind === 'replay') return `replay of ${spec.file}, filled by the paper venue`;
    return `${spec.exchange}:${spec.marketType}`;
  });
}

function savedText({ inspector }: UpSystem, { dataDir, seconds }: { dataDir: string; seconds: number }): string {
  const { seq, positions } = inspector.picture();
  const held = positions.length === 1 ? '1 open position' : `${formatCount(positions.length)} open positions`;
  return `stopped in ${seconds.toFixed(1)} s: ${formatCount(seq)} audit records and ${held} are kept in ${dataDir}`;
}
