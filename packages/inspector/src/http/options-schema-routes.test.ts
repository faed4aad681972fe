import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultOptions, type Options, optionFields } from '@inspector/contract';
import { auditRecord } from '../views/test-records.ts';
import { optionsOf, VERSIONS_WALKED } from './options-history.ts';
import type { HttpPorts } from './ports.ts';
import { testInspector } from './test-inspector.ts';
import { optionsTrail } from './testing/options-trail.ts';

const base = '/api/inspector/options';

type Field = Record<string, unknown> & { properties?: Record<string, Field>; anyOf?: unknown };

test('the schema has every field of every group, in order, with what an editor needs', async (t) => {
  const { app, close } = await testInspector();
  t.after(close);
  const schema = (await app.inject(`${base}/schema`)).json() as Field & { properties: Record<string, Field> };
  assert.deepEqual(schema['x-groups'], Object.keys(defaultOptions));
  assert.deepEqual(Object.keys(schema.properties), Object.keys(defaultOptions));
  for (const { path, default: value, description, stricter, unit, maximum } of optionFields) {
    let field: Field = schema;
    for (const step of path.split('.')) field = field.properties?.[step] ?? {};
    assert.ok(typeof field.type === 'string' || Array.isArray(field.anyOf), `${path} has no type`);
    assert.deepEqual([field.default, field.description, field['x-stricter']], [value, description, stricter], path);
    assert.deepEqual([field['x-unit'] ?? null, field.maximum ?? null], [unit, maximum], path);
  }
  const { takeProfitMode } = schema.properties.riskManagement?.properties ?? {};
  assert.deepEqual([takeProfitMode?.type, takeProfitMode?.enum], ['string', ['static', 'trailing']]);
  const symbols = JSON.stringify(schema.properties.overrides?.properties?.symbols);
  assert.match(symbols, /"\$ref":"#\/\$defs\/Override"/);
});

test('the schema is not sent again to whoever has it', async (t) => {
  const { app, close } = await testInspector();
  t.after(close);
  const { headers } = await app.inject(`${base}/schema`);
  const tag = String(headers.etag);
  assert.match(tag, /^"[\w-]{22}"$/);
  assert.equal(headers['cache-control'], 'private, no-cache');
  const status = async (header: string) =>
    (await app.inject({ url: `${base}/schema`, headers: { 'if-none-match': header } })).statusCode;
  for (const header of [tag, `W/${tag}`, `"other", ${tag}`, '*']) assert.equal(await status(header), 304, header);
  for (const header of ['"other"', tag.slice(1, -1), '']) assert.equal(await status(header), 200, header);
});

/** Options that went through the engine, as the routes see them. */
async function changed(patches: readonly unknown[]) {
  const trail = await optionsTrail(patches);
  const ports: Partial<HttpPorts> = { journal: trail.journal, settings: trail.settings };
  const { app, close } = await testInspector({
    ports,
    picture: { options: trail.settings().options, optionsVersion: trail.settings().version },
  });
  const get = async (path: string) => {
    const answer = await app.inject(`${base}/versions${path}`);
    return { status: answer.statusCode, body: answer.json() };
  };
  return { ...trail, get, close };
}

const limits = (maxTradesPerDay: number) => ({ riskManagement: { maxTradesPerDay } });

test('every change is told, newest first, with who made it and why', async (t) => {
  const { get, close } = await changed([limits(1), limits(2), limits(3)]);
  t.after(close);
  const { count, data } = (await get('')).body;
  assert.equal(count, 3);
  assert.deepEqual(
    data.map(({ version, actor, reason, difference }: Record<string, unknown>) => [version, actor, reason, difference]),
    [
      [4, 'ann', 'change 3', [{ path: 'riskManagement.maxTradesPerDay', from: 2, to: 3 }]],
      [3, 'ann', undefined, [{ path: 'riskManagement.maxTradesPerDay', from: 1, to: 2 }]],
      [2, 'ann', 'change 1', [{ path: 'riskManagement.maxTradesPerDay', from: 10, to: 1 }]],
    ],
  );
  assert.ok(data[0].seq > data[1].seq && data[0].ts >= data[1].ts);
});

test('changes are told page by page', async (t) => {
  const { get, close } = await changed([1, 2, 3, 4].map(limits));
  t.after(close);
  const versions = async (query: string) =>
    (await get(query)).body.data.map(({ version }: { version: number }) => version);
  assert.deepEqual(await versions('?limit=2'), [5, 4]);
  assert.deepEqual(await versions('?limit=2&before=4'), [3, 2]);
  assert.deepEqual(await versions('?limit=2&before=3'), [2]);
  assert.deepEqual(await versions('?before=2'), []);
  assert.deepEqual(await versions('?before=99'), [5, 4, 3, 2]);
  for (const query of ['limit=1', 'limit=5000', 'before=1']) assert.equal((await get(`?${query}`)).status, 200, query);
  for (const query of ['limit=0', 'limit=5001', 'before=0', 'before=1.5', 'before=x', 'other=1']) {
    const { status, body } = await get(`?${query}`);
    assert.deepEqual([status, body.code], [400, 'VALIDATION_FAILED'], query);
  }
});

test('each version can be had whole, from the first to the one in force, and no other', async (t) => {
  const { get, versions, close } = await changed([limits(1), limits(2), { general: { dayStart: '06:00' } }]);
  t.after(close);
  for (const [index, options] of versions.entries()) {
    assert.deepEqual(await get(`/${index + 1}`), { status: 200, body: { version: index + 1, options } });
  }
  const { status, body } = await get('/5');
  assert.deepEqual([status, body.code], [404, 'OPTIONS_VERSION_UNKNOWN']);
  for (const version of ['0', '-1', '1.5', 'latest']) {
    assert.equal((await get(`/${version}`)).body.code, 'VALIDATION_FAILED', version);
  }
});

test('where a change since then is no longer on record there is no such version', async (t) => {
  const { journal, settings, get, close: closeFirst } = await changed([limits(1), limits(2), limits(3)]);
  t.after(closeFirst);
  assert.equal((await get('/2')).status, 200);
  const queryAudit: HttpPorts['journal']['queryAudit'] = async (filter) =>
    (await journal.queryAudit(filter)).filter(({ data }) => data.version !== 3);
  const picture = { options: settings().options, optionsVersion: 4 };
  const { app, close } = await testInspector({ ports: { journal: { ...journal, queryAudit }, settings }, picture });
  t.after(close);
  const status = async (version: number) => (await app.inject(`${base}/versions/${version}`)).statusCode;
  assert.deepEqual(await Promise.all([4, 3, 2, 1].map(status)), [200, 200, 404, 404]);
});

test('a change that was stored after the options were looked at does not count', async (t) => {
  const { journal, settings, versions, close: closeFirst } = await changed([limits(1), limits(2)]);
  t.after(closeFirst);
  const picture = { options: versions[1] as Options, optionsVersion: 2 };
  const { app, close } = await testInspector({ ports: { journal, settings }, picture });
  t.after(close);
  assert.deepEqual((await app.inject(`${base}/versions/1`)).json().options, versions[0]);
});

test('a patch that changes nothing is a version of its own', async (t) => {
  const { get, close, versions } = await changed([{}, limits(1)]);
  t.after(close);
  assert.deepEqual((await get('/1')).body.options, versions[0]);
  assert.deepEqual((await get('/2')).body.options, versions[1]);
});

test('as many changes as are walked back lead to a version, one more does not', async () => {
  const newest = VERSIONS_WALKED + 2;
  const queryAudit: HttpPorts['journal']['queryAudit'] = async ({ limit }) =>
    Array.from({ length: Math.min(limit, newest - 1) }, (_, index) => {
      const version = newest - index;
      const difference = [{ path: 'riskManagement.maxTradesPerDay', from: version - 1, to: version }];
      return auditRecord(version, { kind: 'OPTIONS_CHANGED', data: { version, difference } });
    });
  const { riskManagement } = defaultOptions;
  const options = { ...defaultOptions, riskManagement: { ...riskManagement, maxTradesPerDay: newest } };
  const known = { inForce: { options, version: newest }, newest };
  assert.equal((await optionsOf({ queryAudit }, 2, known))?.riskManagement.maxTradesPerDay, 2);
  assert.equal(await optionsOf({ queryAudit }, 1, known), undefined);
  assert.equal(options.riskManagement.maxTradesPerDay, newest);
});
