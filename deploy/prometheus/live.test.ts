/** Dashboards and rules against a real Prometheus that scrapes a real Inspector and Provider. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { stringify } from 'yaml';
import { startProgram } from '../../packages/cli/src/testing/run-program.ts';
import { type PrometheusServer, prometheusMissing, startPrometheus } from '../../packages/servers/src/index.ts';
import { queries } from '../checks/dashboards.ts';
import { deployPath, deployYaml } from '../checks/deploy-file.ts';
import { selectorsOf } from '../checks/metric-names.ts';
import { alertRules } from '../checks/rules.ts';

const skip = prometheusMissing() ?? false;
const WITHIN_MS = 120_000;
const ASK_EVERY_MS = 500;

/** What gives no series in one quiet process, each with its reason. All else must give one. */
const quiet: readonly { names: RegExp; reason: string }[] = [
  { names: /^inspector_replication_/, reason: 'one process has no standby' },
  { names: /^inspector_active\{[^}]*\} == 0$/, reason: 'one process has no standby' },
  { names: /^inspector_questdb_/, reason: 'no QuestDB is configured' },
  { names: /^inspector_limit_time_to_trip_seconds/, reason: 'no limit need be approached' },
  { names: /^inspector_limit_breaches_total/, reason: 'no limit need have tripped' },
  { names: /^inspector_locks/, reason: 'nothing need be locked' },
  { names: /^inspector_naked_exposure_steps_total/, reason: 'no position need have been naked too long' },
  { names: /^inspector_protection_failures_total/, reason: 'no stop need have been refused' },
  { names: /^inspector_positions_closed_total/, reason: 'no position need have closed yet' },
  { names: /^ALERTS/, reason: 'no alert need fire' },
];

test('every expression of the dashboards and every metric of the rules gives a series of a running system', {
  skip,
}, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-scraped-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  const system = startProgram(['up'], { INSPECTOR_DATA_DIR: directory, INSPECTOR_PORT: '0', PROVIDER_PORT: '0' });
  after(() => void system.child.kill('SIGKILL'));
  const { inspector, open } = await system.logged('Inspector is up');
  const server = await startPrometheus(
    configuration({ inspector: new URL(String(inspector)).host, provider: new URL(String(open)).host }),
  );
  after(() => server.stop());
  const traffic = setInterval(() => {
    for (const url of [`${inspector}/api/inspector/health`, new URL('/health', String(open))])
      fetch(url).catch(() => {});
  }, ASK_EVERY_MS);
  after(() => clearInterval(traffic));

  const wanted = [
    ...queries('expr').map(({ panel, text }) => ({ where: panel, expression: filledIn(text) })),
    ...alertRules().flatMap(({ alert, expr }) =>
      selectorsOf(expr).map(({ text }) => ({ where: alert, expression: text })),
    ),
  ];
  assert.ok(wanted.length > 100);
  const absent = new Set<string>();
  for (const { where, expression } of wanted) {
    const rest = await missingWithin(server, expression, isQuiet(expression) ? 0 : WITHIN_MS);
    if (rest) {
      assert.ok(isQuiet(expression), `${where}: no series for ${expression}`);
      absent.add(expression);
    }
  }
  for (const expression of absent) t.diagnostic(`no series, ${reasonOf(expression)}: ${expression}`);

  const { groups } = (await server.ask('/api/v1/rules')) as { groups: { rules: LiveRule[] }[] };
  const live = groups.flatMap(({ rules }) => rules);
  assert.equal(live.length, alertRules().length);
  for (const { name, health, lastError } of live) assert.equal(health, 'ok', `${name}: ${lastError}`);
  const firing = live.filter(({ state, labels }) => state === 'firing' && labels.severity === 'critical');
  assert.deepEqual(
    firing.map(({ name }) => name),
    [],
    'a system that is well calls nobody',
  );
  clearInterval(traffic);
  system.child.kill('SIGTERM');
  assert.equal(await system.ended, 0, system.stderr());
});

test('an expression is quiet for one reason only, and each reason is needed', () => {
  const expressions = [...queries('expr').map(({ text }) => text), ...alertRules().map(({ expr }) => expr)].flatMap(
    (text) => [filledIn(text), ...selectorsOf(text).map((selector) => selector.text)],
  );
  for (const { names, reason } of quiet) {
    assert.ok(
      expressions.some((expression) => names.test(bareOf(expression))),
      `${reason}: ${names}`,
    );
  }
});

interface LiveRule {
  name: string;
  state: string;
  health: string;
  lastError?: string;
  labels: { severity: string };
}

/** deploy's own configuration, with the targets and files of here, and quicker. */
function configuration(targets: { inspector: string; provider: string }): string {
  const config = deployYaml('prometheus/prometheus.yml') as {
    global: object;
    scrape_configs: { job_name: 'inspector' | 'provider'; static_configs: { labels?: object }[] }[];
  };
  return stringify({
    global: { ...config.global, scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: [deployPath('prometheus/alerts.yml')],
    scrape_configs: config.scrape_configs.map(({ job_name, static_configs }) => ({
      job_name,
      static_configs: [{ ...static_configs[0], targets: [targets[job_name]] }],
    })),
  });
}

/** As Grafana fills variables in. */
const filledIn = (expression: string): string =>
  expression.replaceAll('$app_key', 'inspector').replaceAll('$account', '.*').replaceAll('$__rate_interval', '20s');

/** What an expression is about: its first selector, and a comparison behind it. */
function bareOf(expression: string): string {
  return /(ALERTS|(inspector|provider)_[a-z_]+)(\{[^}]*\})?( == 0$)?/.exec(expression)?.[0] ?? expression;
}

const reasonOf = (expression: string): string | undefined =>
  quiet.find(({ names }) => names.test(bareOf(expression)))?.reason;
const isQuiet = (expression: string): boolean => reasonOf(expression) !== undefined;

/** True when there is no series in time. Rejects when Prometheus does not understand it. */
async function missingWithin(server: PrometheusServer, expression: string, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const data = (await server.ask(`/api/v1/query?query=${encodeURIComponent(expression)}`)) as { result: unknown[] };
    if (data.result.length > 0) return false;
    if (performance.now() >= deadline) return true;
    await wait(ASK_EVERY_MS);
  }
}
