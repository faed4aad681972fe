import type { MetricState } from './metric-sources.ts';

/** What the records of this run add up to. */
export const auditReaders = {
  inspector_audit_records_total: ({ audit }: MetricState) => audit.kinds(),
  inspector_decisions_total: ({ audit }: MetricState) => audit.decisions.decisions(),
  inspector_checks_total: ({ audit }: MetricState) => audit.decisions.checks(),
  inspector_limit_breaches_total: ({ audit }: MetricState) => audit.breaches(),
  inspector_orders_total: ({ audit }: MetricState) => audit.orders(),
  inspector_positions_opened_total: ({ audit }: MetricState) => audit.opened(),
  inspector_positions_closed_total: ({ audit }: MetricState) => audit.closed(),
  inspector_protection_failures_total: ({ audit }: MetricState) => audit.protectionFailures(),
  inspector_naked_exposure_steps_total: ({ audit }: MetricState) => audit.nakedSteps(),
  inspector_naked_longest_seconds: ({ audit }: MetricState) => audit.longestNakedMs / 1000,
  inspector_dead_letters_total: ({ audit }: MetricState) => audit.deadLetters(),
  inspector_alerts_total: ({ audit }: MetricState) => audit.alerts(),
  inspector_reconciliations_total: ({ audit }: MetricState) => audit.reconciliations(),
};
