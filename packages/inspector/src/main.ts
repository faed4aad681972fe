import type { AuditRecord } from '@inspector/contract';
import type { Alert } from '@inspector/engine';
import {
  buildService,
  createEventLoopDelay,
  listenService,
  registerMetricsRoute,
  tokensOf,
  traceRequests,
} from '@inspector/service';
import { startAlerts } from './alerts/index.ts';
import { createEffectExecutor } from './effects/effect-executor.ts';
import { createHttpProviderClient } from './effects/http-provider-client.ts';
import { placeOf } from './effects/provider-client.ts';
import { openEquityHistory } from './equity/index.ts';
import { inspectorHealth, type LeaseState, nodeHealth, type PartStates } from './health.ts';
import { inspectorRoutes } from './http/inspector-routes.ts';
import { createDecoder, engineSymbols, zoneTable } from './ingest/index.ts';
import type { Inspector, InspectorConfig, InspectorPorts, Replacement } from './inspector-port.ts';
import { startIntake } from './intake.ts';
import type { Journal } from './journal/journal.ts';
import { startRetention } from './journal/retention-schedule.ts';
import { openSqliteJournal } from './journal/sqlite-journal.ts';
import { killPreviewOf } from './kill-preview.ts';
import { createAuditCounts } from './metrics/audit-counts.ts';
import { inspectorMetrics } from './metrics/inspector-metrics.ts';
import { createOutbox, equitySamples, type OutboxConfig } from './outbox/index.ts';
import { createEventPublisher } from './publish/event-publisher.ts';
import { createReconciler } from './reconcile/reconciler.ts';
import { ownUrl } from './registration/own-url.ts';
import { createRegistration, type Registration } from './registration/registration.ts';
import { createHttpRegistryClient, type FencedError } from './registration/registry-client.ts';
import { copyStore } from './replication/copy-store.ts';
import type { Lease } from './replication/lease.ts';
import { createRole, type Role, type RoleState } from './replication/role.ts';
import { openSharing } from './replication/sharing.ts';
import { type Clock, systemClock } from './runner/clock.ts';
import { inspectorEngine } from './runner/inspector-engine.ts';
import { createRunner } from './runner/runner.ts';
import { createTraceFollower } from './traces/trace-follower.ts';
import { createAuditFollower } from './views/audit-follower.ts';
import { createBusLatency } from './views/bus-latency.ts';
import { createConnectorWatch } from './views/connector-watch.ts';
import { rebuildViews } from './views/rebuild.ts';

/** How long orders under way are waited for at a stop; what is not answered by then is asked for at the next start. */
const EFFECTS_END_WITHIN_MS = 1_500;
/** How long a standby may take to learn of the last commits at a stop; what it does not, it learns at the next start. */
const SETTLED_WITHIN_MS = 1_000;
/** Equity over time, here and in QuestDB: a point so often, as charts show it. */
const SAMPLE_EVERY_MS = 5_000;

/**
 * Starts an Inspector. Alone it acts at once: journal, engine, bus, venue, REST. With others of its key (`sharing`) it serves
 * REST, follows the one that acts, and takes over when that one's lease runs out. Rejects with a coded error that says what to do
 * (`DATA_DIR_HELD`, `JOURNAL_DIVERGED`, `PORT_IN_USE`, `REDIS_AUTH` …); everything that was opened is then closed again.
 */
export async function startInspector(config: InspectorConfig, ports: InspectorPorts): Promise<Inspector> {
  const {
    appKey,
    version,
    host,
    port,
    sharing: shared = null,
    accounts = null,
    questdb = null,
    alerts = null,
  } = config;
  const { bus, log, traces, clock = systemClock } = ports;
  const client = ports.client ?? createHttpProviderClient({ ...config.provider, appKey });
  let stopReason = 'the start failed';
  let closing: (() => unknown)[] = [];
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        log.error({ error: String(error) }, 'a part did not close');
      }
    }
  };

  try {
    // 1. What is stored: the data directory is ours from here on. One that could not follow is replaced by a copy first.
    const { copyFrom, aboveEpoch = 0 } = shared?.before ?? {};
    if (copyFrom !== undefined) {
      const { dataDir: directory, apiToken: token } = config;
      await copyStore({ url: copyFrom, token, directory, now: () => clock.now(), log });
    }
    const journal = ports.journal ?? openSqliteJournal({ directory: config.dataDir, appKey });
    closing = [() => journal.close()];

    // 2. What instances of one key share: who acts, and every commit of the one that does.
    let url = '';
    const sharing = shared && (await openSharing({ ...shared, appKey, ownUrl: () => url, clock, log }));
    if (sharing !== null)
      closing.push(
        () => sharing.close(),
        () => sharing.lease.release(),
      );
    let role: Role | undefined;
    let replacement: Replacement | undefined;
    const replacedBy = (why: Replacement) => {
      if (replacement !== undefined) return;
      replacement = why;
      runner.replace(why.reason);
      void alerting.stop();
      ports.onReplaced?.(why);
    };

    // 3. Views and engine as they were when the journal ended.
    const views = await rebuildViews(journal);
    const follower = createAuditFollower(views, journal);
    const counts = createAuditCounts();
    const spans = traces && createTraceFollower(traces);
    const runner = createRunner({
      core: inspectorEngine,
      genesis: { options: config.options, zone: zoneTable(config.options.general.timezone), appKey },
      journal,
      clock,
      version,
      log,
      ...(sharing === null ? {} : { replica: sharing.replica }),
      onReplaced: (reason) => replacedBy({ reason }),
      onFailed: ports.onFailed,
      // 4. Where everything goes once it is durable.
      sinks: {
        records: (records) => {
          follower.follow(records);
          for (const record of records) counts.apply(record);
          alerting.follow(records);
          outbox?.poke();
          if (runner.epoch > 0) spans?.follow(records);
        },
        effects: (effects) => executor.execute(effects),
        events: (events) => publisher.publish(events),
        alerts: (alerts) => {
          for (const { code, severity, message } of alerts) log.warn({ code, severity }, message);
          tell(alerts);
        },
      },
    });
    // Its stop closes the journal; what it stored last is made known before the lease is given back.
    closing.shift();
    closing.push(() => spans?.stop());
    closing.push(() => runner.settled(SETTLED_WITHIN_MS));
    closing.push(() => runner.stop(stopReason));
    const { engine } = runner;
    const submit: typeof runner.submit = (input) => runner.submit(input);
    const epoch = () => runner.epoch;
    const executor = createEffectExecutor({ client, submit, clock, log, epoch });
    const publisher = createEventPublisher({ bus, clock, log, epoch });
    const reconciler = createReconciler({ client, submit, governed: accounts, clock, log });
    const connectors = createConnectorWatch();
    const busLatency = createBusLatency();
    const alerting = startAlerts({
      alerts,
      appKey,
      journal,
      clock,
      log,
      epoch,
      ask: (question) => runner.ask(question),
      picture: () => runner.picture(),
      killPreview: (request) => killPreviewOf(engine, request),
      health: () => inspectorHealth(parts()),
    });
    const tell = (told: readonly Alert[]) => {
      alerting.notify(told);
      ports.notify?.(told);
    };
    const { dataDir: directory } = config;
    const tellOutbox: OutboxConfig['tell'] = ({ code, message }) =>
      tell([{ seq: journal.lastSeq, code, severity: 'warn', message, reminder: false, data: { code } }]);
    const outbox =
      questdb === null
        ? null
        : createOutbox({ url: questdb.url, appKey, journal, directory, clock, log, tell: tellOutbox });
    const registry = createHttpRegistryClient(config.provider);
    let registration: Registration | undefined;
    let takeovers = 0;
    closing.push(startRetention({ journal, limits: config.retention, clock, log }));
    const { days } = config.retention;
    const equity = openEquityHistory({ directory, days, clock, log });
    const cancelSampling = every(clock, SAMPLE_EVERY_MS, () => {
      const picture = runner.picture();
      equity.sample(picture);
      if (runner.epoch > 0) outbox?.sample(equitySamples(picture));
    });
    closing.push(() => equity.close(), cancelSampling);

    /** The parts that only the instance that acts has, in the order in which one needs the other. */
    function act(granted?: number): void {
      // 5. From here on inputs are taken, and a stop is on record.
      const { lastSeq } = journal;
      runner.start(granted);
      alerting.start(lastSeq);
      closing.push(() => alerting.stop());
      closing.push(() => publisher.stop());
      closing.push(() => executor.stop(EFFECTS_END_WITHIN_MS));

      // 6. The bus: every event becomes inputs in one place, and is acknowledged when they are stored.
      const decoder = createDecoder({ symbols: engineSymbols(engine) });
      const intake = { bus, name: `inspector:${appKey}`, accounts, runner, decoder, clock, connectors, busLatency };
      const mayRead = sharing === null ? {} : { mayRead: () => sharing.lease.isHeld() };
      const { started, stop } = startIntake({ ...intake, ...mayRead, onGap: () => void reconciler.runOnce() });
      closing.push(stop);
      // The Provider tells its symbols to whoever registers: again, now that they are heard.
      void started.then(() => registration?.again());

      // 7. The venue, at once and every 15 s: entries wait for its first answer.
      reconciler.start();
      closing.push(() => reconciler.stop());

      // 8. The analytical copy.
      if (outbox === null) return;
      outbox.start();
      closing.push(() => outbox.stop());
    }

    /**
     * The Provider's registry, so that its proxy and page find us, and so that it fences who was before. Resolves after
     * the first call.
     */
    function register(): Promise<void> {
      const { apiToken } = config;
      const about = { kind: 'inspector' as const, appKey, url, title: 'Inspector', version, epoch: runner.epoch };
      const app = { ...about, ...(apiToken === null ? {} : { token: apiToken }) };
      const onFenced = ({ message, highest }: FencedError) => {
        if (sharing !== null) replacedBy({ reason: message, aboveEpoch: highest });
      };
      registration = createRegistration({ client: registry, app, clock, log, onFenced });
      closing.push(() => registration?.stop());
      return registration.start();
    }

    if (sharing === null) act();
    else runner.standBy();

    // 9. REST.
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
        ...(sharing === null || role === undefined
          ? {}
          : { lease: leaseState(role.state(), sharing.lease, runner.epoch) }),
        ...(outbox === null ? {} : { outbox: outbox.state() }),
        ...(alerts === null ? {} : { alerts: alerting.state() }),
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
    closing.push(() => app.close());
    if (traces !== undefined) traceRequests(app, traces);
    const eventLoop = createEventLoopDelay();
    closing.push(() => eventLoop.stop());
    const metrics = inspectorMetrics({
      version,
      parts,
      epoch,
      busLatency: () => busLatency.byType(),
      audit: counts,
      eventLoopDelay: () => eventLoop.take(),
      ...(traces === undefined ? {} : { traces: () => traces.counts() }),
      ...(outbox === null ? {} : { outbox: () => outbox.state() }),
      ...(sharing === null
        ? {}
        : {
            role: () => ({ active: role?.state().role === 'active', epoch: runner.epoch, takeovers }),
            replication: () => ({ lagInputs: role?.state().lagInputs ?? 0, connected: sharing.isConnected() }),
          }),
    });
    runner.onCommit((seconds) => metrics.observe.inspector_commit_duration_seconds(seconds));
    registerMetricsRoute(app, metrics, metrics.observe.inspector_http_request_duration_seconds);
    await inspectorRoutes(app, {
      ask: (question) => runner.ask(question),
      picture: () => runner.picture(),
      settings: () => ({ options: engine.options, version: engine.optionsVersion }),
      journal,
      views,
      equity,
      killPreview: (request) => killPreviewOf(engine, request),
      reconcile: async () => void (await reconciler.runOnce()),
      health: () => inspectorHealth(parts()),
      nodes: () => nodeHealth(parts()),
      busLatency: () => busLatency.byType(),
      configuration: config.configuration,
      analytics: outbox,
      alerts: { ...alerting, mayTest: () => runner.epoch > 0 && replacement === undefined },
      storeCopy: {
        directory: config.dataDir,
        isActive: () => runner.epoch > 0 && replacement === undefined,
        copyTo: journal.copyTo,
      },
      now: () => clock.now(),
    });
    const listening = await listenService(app, { host, port });
    url = config.publicUrl ?? ownUrl(listening, { host, providerUrl: config.provider.url });
    // Whoever is told that it is up finds it through the proxy too.
    if (sharing === null) await register();

    // 10. Who acts: this instance, when nobody else does and everything that was made known is here.
    if (shared !== null && sharing !== null) {
      role = createRole({
        ...sharing,
        leaseMs: shared.leaseMs,
        clock,
        log,
        own: () => ({ epoch: ownEpoch(journal), lastInput: journal.lastInput, chain: runner.chain }),
        aboveEpoch,
        follow: (frame) => runner.follow(frame),
        act(granted) {
          takeovers++;
          act(granted);
          void register();
        },
        onReplaced: (reason) => replacedBy({ reason }),
        onLeftBehind: (reason, from) => replacedBy({ reason, copyFrom: from.url }),
        actBehind: shared.actBehind ?? false,
      });
      const { reconnected, stop } = role;
      sharing.onReconnect(reconnected);
      closing.push(stop);
      await role.start();
    }

    let stopping: Promise<void> | undefined;
    return {
      url: listening,
      get epoch() {
        return runner.epoch;
      },
      role: () => role?.state() ?? { role: 'active', lagInputs: 0 },
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

/** Of the instance that made the newest commit that is stored here. */
const ownEpoch = (journal: Journal): number => Number(journal.readMeta('epoch') ?? 0);

function leaseState({ role, holder }: RoleState, lease: Lease, epoch: number): LeaseState {
  if (role === 'active') return { role, epoch, holder: 'this instance', until: lease.heldUntil() ?? null };
  return { role, epoch: holder?.epoch ?? 0, holder: holder?.url ?? null, until: null };
}

/** The answer ends it. */
function every(clock: Clock, ms: number, work: () => void): () => void {
  let cancel = clock.after(ms, again);
  function again(): void {
    work();
    cancel = clock.after(ms, again);
  }
  return () => cancel();
}
