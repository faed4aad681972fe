import type { AuditRecord, InspectorHealth, ListenConfig, NodeHealth, Options } from '@inspector/contract';
import type { Alert, Picture } from '@inspector/engine';
import { buildService, listenService, tokensOf } from '@inspector/service';
import type { Bus } from './bus/bus.ts';
import { createEffectExecutor } from './effects/effect-executor.ts';
import { createHttpProviderClient } from './effects/http-provider-client.ts';
import { type ProviderClient, placeOf } from './effects/provider-client.ts';
import { inspectorHealth, nodeHealth, type PartStates } from './health.ts';
import { inspectorRoutes } from './http/inspector-routes.ts';
import { createDecoder, engineSymbols, zoneTable } from './ingest/index.ts';
import { startIntake } from './intake.ts';
import type { Journal, RetentionLimits } from './journal/journal.ts';
import { startRetention } from './journal/retention-schedule.ts';
import { openSqliteJournal } from './journal/sqlite-journal.ts';
import { killPreviewOf } from './kill-preview.ts';
import { createEventPublisher } from './publish/event-publisher.ts';
import { createReconciler } from './reconcile/reconciler.ts';
import { ownUrl } from './registration/own-url.ts';
import { createRegistration, type Registration } from './registration/registration.ts';
import { createHttpRegistryClient } from './registration/registry-client.ts';
import { type Clock, systemClock } from './runner/clock.ts';
import { inspectorEngine } from './runner/inspector-engine.ts';
import { createRunner } from './runner/runner.ts';
import type { RunnerLog } from './runner/runner-port.ts';
import { createAuditFollower } from './views/audit-follower.ts';
import { createBusLatency } from './views/bus-latency.ts';
import { createConnectorWatch } from './views/connector-watch.ts';
import { rebuildViews } from './views/rebuild.ts';

/** How long orders under way are waited for at a stop; what is not answered by then is asked for at the next start. */
const EFFECTS_END_WITHIN_MS = 1_500;

/** Where it listens and who may call come from `readEnvironment`; port 0 takes any free one. */
export interface InspectorConfig extends ListenConfig {
  appKey: string;
  dataDir: string;
  version: string;
  retention: RetentionLimits;
  /** Options of a new data directory; later changes through REST are durable and win. */
  options: Options;
  /** The Provider: orders go there when no client is given, and the Inspector is kept in its registry. */
  provider: { url: string; token: () => string };
  /** What `GET /config/runtime` shows: `describeEnvironment`, nothing secret. */
  configuration: Readonly<Record<string, unknown>>;
}

export interface InspectorPorts {
  bus: Bus;
  log: RunnerLog;
  /** The engine failed: a bug. What was decided is stored; the process is to end and to start again. */
  onFailed: (error: unknown) => void;
  /** A Provider of the same process; else its REST is called. */
  client?: ProviderClient;
  /** Tells people; must neither block nor throw. */
  notify?: (alerts: readonly Alert[]) => void;
  /** Instead of the data directory. */
  journal?: Journal;
  clock?: Clock;
}

export interface Inspector {
  /** As it can be opened, without a path. */
  url: string;
  /** The fencing epoch of this start. */
  epoch: number;
  picture(): Picture;
  health(): InspectorHealth;
  nodes(): NodeHealth[];
  /** Stored records after `afterSeq`, oldest first, at most `limit`: what `/ws` resumes from. */
  auditAfter(afterSeq: number, limit: number): AuditRecord[];
  /** Ends in good order, in under 5 s. A second call waits for the first. */
  stop(reason: string): Promise<void>;
}

/**
 * Starts an Inspector: journal, engine, bus, venue, REST, in this order. Rejects with a coded error that says what to do
 * (`DATA_DIR_HELD`, `JOURNAL_DIVERGED`, `PORT_IN_USE` …); everything that was opened is then closed again.
 */
export async function startInspector(config: InspectorConfig, ports: InspectorPorts): Promise<Inspector> {
  const { appKey, version, host, port } = config;
  const { bus, log, clock = systemClock } = ports;
  const client = ports.client ?? createHttpProviderClient(config.provider);

  // 1. What is stored: the data directory is ours from here on.
  const journal = ports.journal ?? openSqliteJournal({ directory: config.dataDir, appKey });
  let closing: (() => unknown)[] = [() => journal.close()];
  let stopReason = 'the start failed';
  const closeAll = async () => {
    for (const close of closing.reverse()) {
      try {
        await close();
      } catch (error) {
        log.error({ error: String(error) }, 'a part did not close');
      }
    }
  };

  try {
    // 2. Views and engine as they were when the journal ended.
    const views = await rebuildViews(journal);
    const follower = createAuditFollower(views, journal);
    const runner = createRunner({
      core: inspectorEngine,
      genesis: { options: config.options, zone: zoneTable(config.options.general.timezone), appKey },
      journal,
      clock,
      version,
      log,
      onFailed: ports.onFailed,
      // 3. Where everything goes once it is durable.
      sinks: {
        records: follower.follow,
        effects: (effects) => executor.execute(effects),
        events: (events) => publisher.publish(events),
        alerts: (alerts) => {
          for (const { code, severity, message } of alerts) log.warn({ code, severity }, message);
          ports.notify?.(alerts);
        },
      },
    });
    closing = [() => runner.stop(stopReason)]; // it closes the journal
    const { engine } = runner;
    const submit: typeof runner.submit = (input) => runner.submit(input);
    const epoch = () => runner.epoch;
    const executor = createEffectExecutor({ client, submit, clock, log, epoch });
    const publisher = createEventPublisher({ bus, clock, log, epoch });
    const reconciler = createReconciler({ client, submit, clock, log });

    // 4. From here on inputs are taken, and a stop is on record.
    runner.start();
    closing.push(() => publisher.stop());
    closing.push(() => executor.stop(EFFECTS_END_WITHIN_MS));
    closing.push(startRetention({ journal, limits: config.retention, clock, log }));

    // 5. The bus: every event becomes inputs in one place, and is acknowledged when they are stored.
    const connectors = createConnectorWatch();
    const busLatency = createBusLatency();
    const decoder = createDecoder({ symbols: engineSymbols(engine) });
    closing.push(startIntake({ bus, name: `inspector:${appKey}`, runner, decoder, clock, connectors, busLatency }));

    // 6. The venue, at once and every 15 s: entries wait for its first answer.
    reconciler.start();
    closing.push(() => reconciler.stop());

    // 7. REST.
    let registration: Registration | undefined;
    const parts = (): PartStates => {
      for (const { accountKey } of reconciler.last?.accounts ?? []) connectors.expect(placeOf(accountKey));
      return {
        runner: runner.health(),
        picture: runner.picture(),
        connectors: connectors.states(clock.now()),
        bus: bus.statistics(),
        effects: executor.counts(),
        reconciled: reconciler.last,
        registration: registration?.state() ?? null,
        publisher: { waiting: publisher.waiting, dropped: publisher.dropped },
        views: { lastSeq: views.lastSeq, reason: follower.reason },
        storeBytes: journal.sizeBytes(),
        now: clock.now(),
      };
    };
    const { allowedHosts, allowedOrigins } = config;
    const app = await buildService({
      title: 'Inspector',
      description: 'Risk governor for algorithmic trading: limits, protection, audit and kill switch.',
      version,
      host,
      tokens: tokensOf(config),
      allowedHosts,
      allowedOrigins,
      log,
    });
    closing.push(() => Promise.all([registration?.stop(), app.close()]));
    await inspectorRoutes(app, {
      ask: (question) => runner.ask(question),
      picture: () => runner.picture(),
      settings: () => ({ options: engine.options, version: engine.optionsVersion }),
      journal,
      views,
      killPreview: (request) => killPreviewOf(engine, request),
      reconcile: async () => void (await reconciler.runOnce()),
      health: () => inspectorHealth(parts()),
      nodes: () => nodeHealth(parts()),
      busLatency: () => busLatency.byType(),
      configuration: config.configuration,
      now: () => clock.now(),
    });
    const url = await listenService(app, { host, port });

    // 8. The Provider's registry, so that its proxy and page find us.
    registration = createRegistration({
      client: createHttpRegistryClient(config.provider),
      app: {
        kind: 'inspector',
        appKey,
        url: ownUrl(url, { host, providerUrl: config.provider.url }),
        title: 'Inspector',
        version,
        ...(config.apiToken === null ? {} : { token: config.apiToken }),
      },
      clock,
      log,
    });
    registration.start();

    let stopping: Promise<void> | undefined;
    return {
      url,
      epoch: runner.epoch,
      picture: () => runner.picture(),
      health: () => inspectorHealth(parts()),
      nodes: () => nodeHealth(parts()),
      auditAfter: (afterSeq, limit) =>
        Array.from(journal.auditLines(afterSeq + 1, afterSeq + limit), (line) => JSON.parse(line) as AuditRecord),
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
