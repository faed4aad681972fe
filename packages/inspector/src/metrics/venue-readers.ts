import type { ConnectorHealth } from '@inspector/contract';
import type { Reading } from '@inspector/service';
import { flag } from './account-readers.ts';
import type { MetricState } from './metric-sources.ts';

const ofConnector =
  (value: (connector: ConnectorHealth, now: number) => number | null) =>
  ({ parts }: MetricState): Reading<readonly ['connector']>[] =>
    parts.connectors.map((connector) => [
      [`${connector.connectorType}:${connector.marketType}`],
      value(connector, parts.now),
    ]);

const effects = ({ parts }: MetricState): Reading<readonly ['outcome']>[] => [
  [['accepted'], parts.effects.accepted],
  [['rejected'], parts.effects.rejected],
  [['unknown'], parts.effects.unknown],
];

function reconcileAgeSeconds({ parts: { reconciled, now } }: MetricState): number | undefined {
  if (reconciled === undefined) return undefined;
  return Math.max(0, now - reconciled.startedAt - reconciled.durationMs) / 1000;
}

/** What is asked of the venue, and what is heard of it. */
export const venueReaders = {
  inspector_provider_registered: ({ parts }: MetricState) =>
    parts.registration === null ? null : flag(parts.registration.registered),
  inspector_effects_sent_total: ({ parts }: MetricState) => parts.effects.sent,
  inspector_effects_answered_total: effects,
  inspector_effects_retried_total: ({ parts }: MetricState) => parts.effects.retried,
  inspector_effects_running: ({ parts }: MetricState) => parts.effects.running,
  inspector_effects_waiting: ({ parts }: MetricState) => parts.effects.waiting,
  inspector_reconcile_duration_seconds: ({ parts }: MetricState) =>
    parts.reconciled === undefined ? undefined : parts.reconciled.durationMs / 1000,
  inspector_reconcile_age_seconds: reconcileAgeSeconds,
  inspector_reconcile_failed_accounts: ({ parts }: MetricState) =>
    parts.reconciled?.accounts.filter(({ ok }) => !ok).length,
  inspector_connector_up: ofConnector(({ ok }) => flag(ok)),
  inspector_connector_silent_seconds: ofConnector(({ lastEventAt }, now) =>
    lastEventAt === null ? null : Math.max(0, now - lastEventAt) / 1000,
  ),
  inspector_connector_lag_seconds: ofConnector(({ lagMs }) => (lagMs === null ? null : lagMs / 1000)),
};
