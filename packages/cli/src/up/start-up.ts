/**
 * `inspector up`: all wiring of the one-process system, from top to bottom.
 *
 * connectors ─▶ Provider ─▶ in-memory bus ─▶ Inspector (journal, engine, effects) ─▶ Provider ─▶ connectors
 *                              ▲    └─▶ /ws                                      └─▶ REST
 *                     example detector
 */
import { describeEnvironment, type Environment, type Options } from '@inspector/contract';
import { type Inspector, openSqliteJournal, startInspector } from '@inspector/inspector';
import { type Provider, startProvider } from '@inspector/provider';
import type { Traces } from '@inspector/service';
import type { Logger } from 'pino';
import { openBus } from '#process/open-bus.ts';
import { openTraces } from '#process/open-traces.ts';
import { readAlertsConfiguration } from '#process/read-alerts-configuration.ts';
import { studioDirectory } from '#process/studio-directory.ts';
import { openConnectors } from './open-connectors.ts';
import { runDetector } from './run-detector.ts';

export const EXAMPLE_DETECTOR = 'example';

export interface UpConfig {
  environment: Environment;
  /** Of a new data directory; later changes are durable and win. */
  options: Options;
  version: string;
  withDetector: boolean;
}

export interface UpPorts {
  log: Logger;
  /** A bug: the process is to end and to start again from the journal. */
  onFailed: (error: unknown) => void;
  /** Another instance acts under this key: the process is to end; started again it stands by. */
  onReplaced: (why: { reason: string }) => void;
}

export interface UpSystem {
  provider: Provider;
  inspector: Inspector;
  hasDetector: boolean;
  /** Newest record that an earlier start left in the data directory; 0 in a new one. */
  keptRecords: number;
  stop(reason: string): Promise<void>;
}

/** Starts everything. Rejects with a coded error; what was opened is then closed again. */
export async function startUp(
  { environment, options, version, withDetector }: UpConfig,
  ports: UpPorts,
): Promise<UpSystem> {
  const { log, onFailed, onReplaced } = ports;
  const { dataDir, appKey, retention } = environment.inspector;
  const alerts = readAlertsConfiguration(environment);
  const closing: (() => unknown)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        log.error({ error: String(error) }, 'a part did not close');
      }
    }
  };

  try {
    // 1. The data directory is ours from here on, before any port or account in it is touched.
    const journal = openSqliteJournal({ directory: dataDir, appKey });
    closing.push(() => journal.close());
    const keptRecords = journal.lastSeq;

    // 2. The bus that everything speaks over.
    const bus = await openBus(environment, { name: `inspector:${appKey}`, bridge: true, log });
    closing.push(() => bus.close());
    const [ownTraces, providerTraces] = await Promise.all([
      openTraces(environment, { serviceName: `inspector-${appKey}`, log }),
      openTraces(environment, { serviceName: 'inspector-provider', log }),
    ]);
    closing.push(() => Promise.all([ownTraces?.stop(), providerTraces?.stop()]));

    // 3. The Provider with its venues, which stay silent until the Inspector listens.
    const connectors = await openConnectors(environment, log);
    let inspector: Inspector | undefined;
    const provider = await startProvider(
      {
        ...environment.provider,
        dataDir,
        version,
        inspectorAppKey: appKey,
        studioDirectory,
        deferConnectors: true,
      },
      {
        bus,
        connectors,
        log,
        auditAfter: (afterSeq, limit) => inspector?.auditAfter(afterSeq, limit) ?? [],
        ...withTraces(providerTraces),
      },
    );
    closing.push(() => provider.stop());

    // 4. The Inspector, with the Provider at hand instead of over HTTP. It closes the journal itself.
    inspector = await startInspector(
      {
        ...environment.inspector,
        version,
        retention,
        options,
        provider: { url: provider.url, token: () => provider.token.secret },
        questdb: environment.questdb,
        alerts,
        sharing: sharingOf(environment),
        configuration: describeEnvironment(environment),
      },
      { bus, log, journal, client: provider.client, onFailed, onReplaced, ...withTraces(ownTraces) },
    );
    const started = inspector;
    let stopReason = 'the start failed';
    closing.push(() => started.stop(stopReason));

    // 5. The example detector, only on the simulated market.
    const market = connectors.find(({ connectorType }) => connectorType === 'paper');
    const hasDetector = withDetector && market !== undefined;
    if (hasDetector) {
      const { connectorType, marketType } = market;
      const settings = { connectorType, marketType, detectorSysname: EXAMPLE_DETECTOR, seed: environment.paper.seed };
      const subscription = runDetector(settings, { bus, warn: (fields, message) => log.warn(fields, message) });
      closing.push(() => subscription.close());
    }

    // 6. The market opens.
    await provider.startConnectors();

    let stopping: Promise<void> | undefined;
    return {
      provider,
      inspector,
      hasDetector,
      keptRecords,
      stop(reason) {
        stopReason = reason;
        stopping ??= closeAll();
        return stopping;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

const sharingOf = ({ bus, inspector }: Environment) =>
  bus.kind === 'memory' ? null : { url: bus.url, leaseMs: inspector.leaseMs };

const withTraces = (traces: Traces | undefined) => (traces === undefined ? {} : { traces });
