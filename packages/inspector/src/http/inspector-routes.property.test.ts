import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type TestInspector, testInspector } from './test-inspector.ts';

/** Tries of each call. */
const RUNS = 40;

interface Parameter {
  name: string;
  in: string;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, unknown> } }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

let inspector: TestInspector;
let operations: { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; operation: Operation }[];

before(async () => {
  inspector = await testInspector();
  const { paths } = (await inspector.app.inject('/docs-json')).json() as {
    paths: Record<string, Record<string, Operation>>;
  };
  operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({
      method: method.toUpperCase() as 'GET',
      path,
      operation,
    })),
  );
});
after(() => inspector.close());

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e999',
    'NaN',
    'null',
    '__proto__',
    'constructor',
    'true',
    '../..',
    '%',
    '1.5',
    ' ',
    '\u0000',
  ),
);
const oddValue = fc.oneof(oddText, fc.jsonValue({ maxDepth: 3 }), fc.double(), fc.constant(null));

/** A body with some of the fields that a call knows and some that it does not, each of any kind. */
function bodyFor(operation: Operation): fc.Arbitrary<unknown> {
  const known = Object.keys(operation.requestBody?.content['application/json']?.schema.properties ?? {});
  const name = known.length === 0 ? oddText : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, oddText);
  return fc.oneof({ weight: 5, arbitrary: fc.dictionary(name, oddValue, { maxKeys: 6 }) }, oddValue);
}

function queryFor(operation: Operation): fc.Arbitrary<Record<string, string>> {
  const known = (operation.parameters ?? []).filter((each) => each.in === 'query').map((each) => each.name);
  const name = known.length === 0 ? oddText : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, oddText);
  return fc.dictionary(name, oddText, { maxKeys: 4 });
}

test('no call can be made to answer 5xx, whatever it is sent', async () => {
  for (const { method, path, operation } of operations) {
    const call = fc.record({ body: bodyFor(operation), query: queryFor(operation), place: oddText });
    await fc.assert(
      fc.asyncProperty(call, async ({ body, query, place }) => {
        const url = `${path.replace(/\{\w+\}/, encodeURIComponent(place.toWellFormed()))}?${new URLSearchParams(query)}`;
        const payload =
          method === 'GET' ? {} : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
        const answer = await inspector.app.inject({ method, url, ...payload });
        // One that is told when to come again was answered: a copy of the store at a time.
        const isToWait = answer.statusCode === 503 && answer.headers['retry-after'] !== undefined;
        assert.ok(answer.statusCode < 500 || isToWait, `${method} ${url}: ${answer.statusCode} ${answer.body}`);
        const [type = ''] = String(answer.headers['content-type']).split(';');
        const { 200: done, 202: begun } = operation.responses;
        const described = Object.keys((done ?? begun)?.content ?? {});
        const expected = answer.statusCode < 400 ? described : ['application/problem+json'];
        assert.ok(expected.includes(type), `${method} ${url}: ${answer.statusCode} ${type}, not ${expected}`);
        if (answer.statusCode >= 400) assert.equal(JSON.parse(answer.body).status, answer.statusCode);
      }),
      { numRuns: RUNS },
    );
  }
});
