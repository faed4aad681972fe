import { describeEnvironment } from '@inspector/contract';
import { showEvents } from '#live/show-events.ts';
import { closeOnFailure } from '#process/close-on-failure.ts';
import { createLog } from '#process/create-log.ts';
import { endOnBug } from '#process/end-on-bug.ts';
import { openBus } from '#process/open-bus.ts';
import { openTraces } from '#process/open-traces.ts';
import { providerSecret } from '#process/provider-secret.ts';
import { readAlertsConfiguration } from '#process/read-alerts-configuration.ts';
import { readConfiguration } from '#process/read-configuration.ts';
import { runUntilStopped } from '#process/run-until-stopped.ts';
import { VERSION } from '../version.ts';
import { keepInspector } from './keep-inspector.ts';

/** `inspector serve`: the wiring of an Inspector on its own. */
export async function runServe({ actBehind }: { actBehind: boolean }): Promise<void> {
  const { environment, options, warnings } = readConfiguration(process.env);
  const { inspector: own, provider, bus: busAt, questdb } = environment;
  const alerts = readAlertsConfiguration(environment);
  const log = createLog(environment.logLevel);
  for (const warning of warnings) log.warn(warning);

  const bus = await openBus(environment, { name: `inspector:${own.appKey}`, bridge: false, log });
  const traces = await openTraces(environment, { serviceName: `inspector-${own.appKey}`, log });
  const closeRest = () => Promise.all([bus.close(), traces?.stop()]);
  const starting = () =>
    keepInspector({
      config: {
        ...own,
        version: VERSION,
        options,
        questdb,
        alerts,
        sharing: busAt.kind === 'memory' ? null : { url: busAt.url, leaseMs: own.leaseMs, actBehind },
        provider: { url: provider.url, token: () => providerSecret(provider.apiToken, own.dataDir) },
        configuration: describeEnvironment(environment),
      },
      ports: { bus, log, onFailed: endOnBug('serve'), ...(traces === undefined ? {} : { traces }) },
      log,
      onStarted(started) {
        const { url, picture, auditAfter } = started;
        const { seq, optionsVersion, governor } = picture();
        const { role } = started.role();
        log.info(
          { inspector: url, provider: provider.url, dataDir: own.dataDir, optionsVersion, role },
          'Inspector is up',
        );
        return showEvents(
          { lastSeq: () => picture().seq, auditAfter },
          { afterSeq: seq, action: governor.action },
          log,
        );
      },
    });
  const inspector = await closeOnFailure(closeRest, starting);
  runUntilStopped({
    async stop(reason) {
      await inspector.stop(reason);
      await closeRest();
    },
    onStopping: (signal) => log.info({ signal }, 'stopping'),
    onStopped: (seconds) => log.info({ seconds }, `stopped; everything is kept in ${own.dataDir}`),
  });
  if (busAt.kind === 'memory') {
    log.warn(
      'EVENT_BUS_URL is memory: and the bus ends with this process: no prices, fills or requests are heard here, entries are refused',
    );
  }
}
