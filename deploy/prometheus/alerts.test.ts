import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { stringify } from 'yaml';
import { prometheusMissing } from '../../packages/servers/src/index.ts';
import { deployPath, deployText } from '../checks/deploy-file.ts';
import { unknownMetrics } from '../checks/metric-names.ts';
import { alertRules } from '../checks/rules.ts';
import { type AlertCase, alertCases } from './alert-cases.ts';

const skip = prometheusMissing() ?? false;
const rules = alertRules();
/** As in prometheus.yml: scrapes and evaluations. */
const INTERVAL_SECONDS = 5;
/** Past the time at which the other side of the threshold fires: then nothing may have. */
const LATER_SECONDS = 30;

test('rules and configuration are what Prometheus takes', { skip }, (t) => {
  promtool(t, ['check', 'rules', deployPath('prometheus/alerts.yml')]);
  const here = deployText('prometheus/prometheus.yml').replace('/etc/prometheus/', deployPath('prometheus/'));
  const file = join(temporaryDirectory(t), 'prometheus.yml');
  writeFileSync(file, here);
  promtool(t, ['check', 'config', '--syntax-only', file]);
});

test('every alert fires past its threshold and its time, and not on the other side', { skip }, (t) => {
  const file = join(temporaryDirectory(t), 'alerts.yml');
  writeFileSync(
    file,
    stringify({
      rule_files: [deployPath('prometheus/alerts.yml')],
      evaluation_interval: `${INTERVAL_SECONDS}s`,
      tests: alertCases.flatMap(promtoolTests),
    }),
  );
  promtool(t, ['test', 'rules', file]);
});

test('every alert has a case, a severity, words, and a section that says what to do', () => {
  const names = rules.map(({ alert }) => alert);
  assert.deepEqual(new Set(alertCases.map(({ alert }) => alert)), new Set(names));
  assert.equal(new Set(names).size, names.length, 'no name twice');
  for (const { alert, labels, annotations, ...rule } of rules) {
    assert.match(labels.severity, /^(critical|warning)$/, alert);
    assert.deepEqual(Object.keys(annotations).sort(), ['description', 'runbook', 'summary'], alert);
    assert.deepEqual(unknownMetrics(rule.expr), [], alert);
    assert.ok(rule.for !== undefined, `${alert}: how long it lasts before it fires`);
    const given = alertCases.filter((each) => each.alert === alert).map(({ forSeconds }) => forSeconds);
    assert.deepEqual(new Set(given), new Set([secondsOf(rule.for)]), `${alert}: the case's time`);
    assertSection(annotations.runbook!, alert);
  }
});

function promtoolTests({ alert, forSeconds, sinceSeconds = 0, fires, silent }: AlertCase): unknown[] {
  const firesAt = sinceSeconds + forSeconds;
  const early = firesAt - INTERVAL_SECONDS;
  return [
    promtoolTest(alert, fires, [
      ...(early >= 0 ? [{ at: early, isFiring: false }] : []),
      { at: firesAt, isFiring: true },
    ]),
    ...silent.map((series) => promtoolTest(alert, series, [{ at: firesAt + LATER_SECONDS, isFiring: false }])),
  ];
}

function promtoolTest(alert: string, series: AlertCase['fires'], looks: { at: number; isFiring: boolean }[]): unknown {
  return {
    interval: `${INTERVAL_SECONDS}s`,
    input_series: Object.entries(series).map(([name, values]) => ({
      series: name,
      values: typeof values === 'number' ? `${values}x300` : values,
    })),
    promql_expr_test: looks.map(({ at, isFiring }) => ({
      expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
      eval_time: `${at}s`,
      exp_samples: [{ labels: '{}', value: isFiring ? 1 : 0 }],
    })),
  };
}

function secondsOf(duration = '0s'): number {
  const [, number, unit] = /^(\d+)(s|m)$/.exec(duration) ?? assert.fail(`${duration} is no duration of s or m`);
  return Number(number) * (unit === 'm' ? 60 : 1);
}

/** `docs/<page>.md#<anchor>`, the anchor as a heading gives it. */
function assertSection(runbook: string, alert: string): void {
  const [page = '', anchor] = runbook.split('#');
  const text = readFileSync(deployPath(`../${page}`), 'utf8');
  const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  assert.ok(anchors.includes(anchor ?? ''), `${alert}: ${runbook} does not exist`);
}

function promtool(t: TestContext, words: string[]): void {
  const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) t.diagnostic(stdout);
  assert.equal(status, 0, `promtool ${words.join(' ')}\n${stdout}${stderr}`);
}

function temporaryDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-alerts-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
