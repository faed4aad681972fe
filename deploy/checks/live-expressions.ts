import { setTimeout as wait } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { PrometheusServer } from '../../packages/servers/src/index.ts';
import { queries } from './dashboards.ts';
import { deployPath, deployYaml } from './deploy-file.ts';
import { selectorsOf } from './metric-names.ts';
import { alertRules } from './rules.ts';

export interface Expression {
  /** The panel or the alert that it is of. */
  where: string;
  expression: string;
}

type Lack =
  | 'one process has no standby'
  | 'no QuestDB is configured'
  | 'no alert target is configured'
  | 'nothing of the kind need have happened';

/** What gives no series in one quiet process, each with its reason. All else must give one. */
export const quiet: readonly { names: RegExp; reason: Lack }[] = [
  { names: /^inspector_replication_(lag|connected)/, reason: 'one process has no standby' },
  { names: /^inspector_active\{[^}]*\} == 0$/, reason: 'one process has no standby' },
  { names: /^inspector_(alert_targets|alerts_dropped|telegram)_/, reason: 'no alert target is configured' },
  { names: /^inspector_questdb_/, reason: 'no QuestDB is configured' },
  { names: /^inspector_limit_time_to_trip_seconds/, reason: 'nothing of the kind need have happened' },
  { names: /^inspector_limit_breaches_total/, reason: 'nothing of the kind need have happened' },
  { names: /^inspector_locks/, reason: 'nothing of the kind need have happened' },
  { names: /^inspector_naked_exposure_steps_total/, reason: 'nothing of the kind need have happened' },
  { names: /^inspector_protection_failures_total/, reason: 'nothing of the kind need have happened' },
  { names: /^inspector_positions_closed_total/, reason: 'nothing of the kind need have happened' },
  { names: /^ALERTS/, reason: 'nothing of the kind need have happened' },
];

/** Every expression of the dashboards, variables filled in as Grafana does, and every metric that a rule reads. */
export const liveExpressions = (): Expression[] => [
  ...queries('expr').map(({ panel, text }) => ({ where: panel, expression: filledIn(text) })),
  ...alertRules().flatMap(({ alert, expr }) =>
    selectorsOf(expr).map(({ text }) => ({ where: alert, expression: text })),
  ),
];

/** Why an expression need not give a series in one quiet process; undefined when it must. */
export const quietReason = (expression: string): Lack | undefined =>
  quiet.find(({ names }) => names.test(subjectOf(expression)))?.reason;

/** What an expression is about: its first selector, and a comparison with 0 behind it. */
export const subjectOf = (expression: string): string =>
  /(ALERTS|(inspector|provider)_[a-z_]+)(\{[^}]*\})?( == 0$)?/.exec(expression)?.[0] ?? expression;

const ASK_EVERY_MS = 500;

/** True when there is no series within that time. Rejects when Prometheus does not understand the expression. */
export async function isMissing(server: PrometheusServer, expression: string, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const data = (await server.ask(`/api/v1/query?query=${encodeURIComponent(expression)}`)) as { result: unknown[] };
    if (data.result.length > 0) return false;
    if (performance.now() >= deadline) return true;
    await wait(ASK_EVERY_MS);
  }
}

export interface LiveRule {
  name: string;
  state: 'inactive' | 'pending' | 'firing';
  health: string;
  lastError?: string;
  labels: { severity: string };
}

/** Every rule as Prometheus has evaluated it. */
export async function liveRules(server: PrometheusServer): Promise<LiveRule[]> {
  const { groups } = (await server.ask('/api/v1/rules')) as { groups: { rules: LiveRule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

/** prometheus.yml with the targets (`host:port`) and files of here, and quicker. */
export function quickConfiguration(targets: { inspector: string[]; provider: string[] }): string {
  const config = deployYaml('prometheus/prometheus.yml') as {
    global: object;
    scrape_configs: { job_name: 'inspector' | 'provider'; static_configs: object[] }[];
  };
  return stringify({
    global: { ...config.global, scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: [deployPath('prometheus/alerts.yml')],
    scrape_configs: config.scrape_configs.map(({ job_name, static_configs }) => ({
      job_name,
      static_configs: [{ ...static_configs[0], targets: targets[job_name] }],
    })),
  });
}

const filledIn = (expression: string): string =>
  expression.replaceAll('$app_key', 'inspector').replaceAll('$account', '.*').replaceAll('$__rate_interval', '20s');
