/** Dashboards and rules against a real Prometheus that scrapes a real Inspector and Provider. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startProgram } from '../../packages/cli/src/testing/run-program.ts';
import { prometheusMissing, startPrometheus } from '../../packages/servers/src/index.ts';
import {
  isMissing,
  liveExpressions,
  liveRules,
  quickConfiguration,
  quiet,
  quietReason,
  subjectOf,
} from '../checks/live-expressions.ts';
import { alertRules } from '../checks/rules.ts';

const skip = prometheusMissing() ?? false;
const WITHIN_MS = 120_000;
const REQUEST_EVERY_MS = 500;

test('every expression of the dashboards and every metric of the rules gives a series of a running system', {
  skip,
}, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-scraped-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  const system = startProgram(['up'], { INSPECTOR_DATA_DIR: directory, INSPECTOR_PORT: '0', PROVIDER_PORT: '0' });
  after(() => void system.child.kill('SIGKILL'));
  const { inspector, open } = await system.logged('Inspector is up');
  const targets = { inspector: [new URL(String(inspector)).host], provider: [new URL(String(open)).host] };
  const server = await startPrometheus(quickConfiguration(targets));
  after(() => server.stop());
  const traffic = setInterval(() => {
    for (const url of [`${inspector}/api/inspector/health`, new URL('/health', String(open))])
      fetch(url).catch(() => {});
  }, REQUEST_EVERY_MS);
  after(() => clearInterval(traffic));

  const wanted = liveExpressions();
  assert.ok(wanted.length > 100);
  const absent = new Map<string, string>();
  for (const { where, expression } of wanted) {
    const reason = quietReason(expression);
    if (!(await isMissing(server, expression, reason === undefined ? WITHIN_MS : 0))) continue;
    assert.ok(reason !== undefined, `${where}: no series for ${expression}`);
    absent.set(expression, reason);
  }
  for (const [expression, reason] of absent) t.diagnostic(`no series, ${reason}: ${expression}`);

  const rules = await liveRules(server);
  assert.equal(rules.length, alertRules().length);
  for (const { name, health, lastError } of rules) assert.equal(health, 'ok', `${name}: ${lastError}`);
  const firing = rules.filter(({ state, labels }) => state === 'firing' && labels.severity === 'critical');
  assert.deepEqual(
    firing.map(({ name }) => name),
    [],
    'a system that is well calls nobody',
  );
  clearInterval(traffic);
  system.child.kill('SIGTERM');
  assert.equal(await system.ended, 0, system.stderr());
});

test('what may be quiet is asked for somewhere', () => {
  const subjects = liveExpressions().map(({ expression }) => subjectOf(expression));
  for (const { names } of quiet)
    assert.ok(
      subjects.some((subject) => names.test(subject)),
      String(names),
    );
});
