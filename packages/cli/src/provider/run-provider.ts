import { startProvider } from '@inspector/provider';
import { closeOnFailure } from '#process/close-on-failure.ts';
import { createLog } from '#process/create-log.ts';
import { openBus } from '#process/open-bus.ts';
import { openTraces } from '#process/open-traces.ts';
import { readConfiguration } from '#process/read-configuration.ts';
import { runUntilStopped } from '#process/run-until-stopped.ts';
import { studioDirectory } from '#process/studio-directory.ts';
import { openAddress } from '#up/open-address.ts';
import { openConnectors } from '#up/open-connectors.ts';
import { VERSION } from '../version.ts';

/** `inspector provider`: the wiring of a Provider on its own. */
export async function runProvider(): Promise<void> {
  const { environment, warnings } = readConfiguration(process.env);
  const { dataDir, appKey } = environment.inspector;
  const log = createLog(environment.logLevel);
  for (const warning of warnings) log.warn(warning);

  const bus = await openBus(environment, { name: 'provider', bridge: true, log });
  const traces = await openTraces(environment, { serviceName: 'inspector-provider', log });
  const closeRest = () => Promise.all([bus.close(), traces?.stop()]);
  const provider = await closeOnFailure(closeRest, async () => {
    const connectors = await openConnectors(environment, log);
    return startProvider(
      { ...environment.provider, dataDir, version: VERSION, inspectorAppKey: appKey, studioDirectory },
      { bus, connectors, log, ...(traces === undefined ? {} : { traces }) },
    );
  });
  runUntilStopped({
    async stop() {
      await provider.stop();
      await closeRest();
    },
    onStopping: (signal) => log.info({ signal }, 'stopping'),
    onStopped: (seconds) => log.info({ seconds }, `stopped; orders and the paper account are kept in ${dataDir}`),
  });
  log.info({ open: openAddress(provider), provider: provider.url, dataDir }, 'Provider is up');
}
