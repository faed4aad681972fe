import { describeEnvironment } from '@inspector/contract';
import { startInspector } from '@inspector/inspector';
import { createMemoryBus } from '@inspector/inspector/bus';
import { showEvents } from '#live/show-events.ts';
import { createLog } from '#process/create-log.ts';
import { endOnBug } from '#process/end-on-bug.ts';
import { refuseLaterFeatures } from '#process/later-features.ts';
import { providerSecret } from '#process/provider-secret.ts';
import { readConfiguration } from '#process/read-configuration.ts';
import { runUntilStopped } from '#process/run-until-stopped.ts';
import { VERSION } from '../version.ts';

/** `inspector serve`: the wiring of an Inspector on its own. */
export async function runServe(): Promise<void> {
  const { environment, options, warnings } = readConfiguration(process.env);
  warnings.push(...refuseLaterFeatures(environment));
  const { inspector: own, provider } = environment;
  const log = createLog(environment.logLevel);
  for (const warning of warnings) log.warn(warning);

  const bus = createMemoryBus();
  const inspector = await startInspector(
    {
      ...own,
      version: VERSION,
      options,
      provider: { url: provider.url, token: () => providerSecret(provider.apiToken, own.dataDir) },
      configuration: describeEnvironment(environment),
    },
    { bus, log, onFailed: endOnBug('serve') },
  );
  const { seq, optionsVersion, governor } = inspector.picture();
  const source = { lastSeq: () => inspector.picture().seq, auditAfter: inspector.auditAfter };
  runUntilStopped({
    async stop(reason) {
      stopShowing();
      await inspector.stop(reason);
      await bus.close();
    },
    onStopping: (signal) => log.info({ signal }, 'stopping'),
    onStopped: (seconds) => log.info({ seconds }, `stopped; everything is kept in ${own.dataDir}`),
  });

  log.info(
    { inspector: inspector.url, provider: provider.url, dataDir: own.dataDir, optionsVersion },
    'Inspector is up',
  );
  log.warn(
    'EVENT_BUS_URL is memory: and the bus ends with this process: no prices, fills or requests are heard here, entries are refused',
  );
  const stopShowing = showEvents(source, { afterSeq: seq, action: governor.action }, log);
}
