import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { prepareTables } from '../../packages/inspector/src/outbox/prepare-tables.ts';
import { questdbMissing, startQuestdb } from '../../packages/servers/src/index.ts';
import { dashboards, queries } from '../checks/dashboards.ts';
import { questdbSettings } from '../checks/questdb-settings.ts';
import { readSecret, secretsForTest } from '../checks/secrets-for-test.ts';

const skip = (await questdbMissing()) ?? false;
const ANSWER_MS = 20_000;

interface Answer {
  columns?: { name: string; type: string }[];
  dataset?: unknown[][];
  error?: string;
}

test('compose lets only its writer in, and every query of the dashboard runs on the tables that Inspector makes', {
  skip,
}, async (t) => {
  const secrets = secretsForTest(t);
  const writer = readSecret(secrets)('questdb_writer_password').trim();
  const server = (await startQuestdb({ settings: questdbSettings(secrets) }))!;
  after(() => server.kill());
  const ask = async (query: string, password: string): Promise<Answer> => {
    const response = await fetch(`${server.url}/exec?query=${encodeURIComponent(query)}`, {
      headers: {
        authorization: `Basic ${Buffer.from(`inspector:${password}`).toString('base64')}`,
        connection: 'close',
      },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return response.ok || response.status === 400
      ? ((await response.json()) as Answer)
      : { error: `${response.status}` };
  };
  assert.equal((await ask('select 1', 'wrong')).error, '401');

  const run = async (sql: string): Promise<unknown[][]> => {
    const { error, dataset } = await ask(sql, writer);
    assert.equal(error, undefined, sql);
    return dataset ?? [];
  };
  await prepareTables(run);
  await run(
    "insert into inspector_audit (ts, seq, app_key, kind, code, severity) values ('2026-01-01T00:00:00Z', 1, 'inspector', 'STARTED', 'OK', 'info'), ('2026-01-01T00:00:01Z', 3, 'inspector', 'STOPPED', 'OK', 'info')",
  );
  const asked = [
    ...queries('rawSql'),
    ...dashboards().flatMap(({ dashboard }) =>
      dashboard.templating.list
        .filter(({ datasource }) => datasource.uid === 'inspector-questdb')
        .map(({ name, query }) => ({ panel: `$${name}`, text: String(query), format: 'table' })),
    ),
  ];
  assert.ok(asked.length > 15);
  for (const { panel, text, format } of asked) {
    const { error, columns = [] } = await ask(withoutMacros(text), writer);
    assert.equal(error, undefined, `${panel}: ${text}`);
    if (format !== 'time_series') continue;
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['time', 'metric', 'value'],
      panel,
    );
    assert.equal(columns[0]!.type, 'TIMESTAMP', panel);
  }

  // A copy that lacks sequence 2 says so. What was written can be read a moment later.
  const missing = withoutMacros(asked.find(({ panel }) => panel.endsWith('Missing in the copy'))!.text);
  const deadline = performance.now() + ANSWER_MS;
  for (let answer: unknown; JSON.stringify(answer) !== '[[1]]'; answer = (await ask(missing, writer)).dataset) {
    assert.ok(performance.now() < deadline, `${missing} answers ${JSON.stringify(answer)}`);
  }
});

/** As Grafana fills them in for its PostgreSQL source. */
function withoutMacros(sql: string): string {
  return sql
    .replaceAll('$__timeFilter(ts)', "ts BETWEEN '2026-01-01T00:00:00Z' AND '2026-01-02T00:00:00Z'")
    .replaceAll('$__interval', '5m')
    .replaceAll('$app_key', 'inspector')
    .replaceAll('($kind)', "('STARTED','STOPPED')");
}
