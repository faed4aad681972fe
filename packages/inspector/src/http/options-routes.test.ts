import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testInspector } from './test-inspector.ts';

const url = '/api/inspector/options';
const change = { options: { riskManagement: { maxDailyLossPercent: 4 } } };

test('the options come with their version, also as ETag', async (t) => {
  const { app, close } = await testInspector();
  t.after(close);
  const answer = await app.inject(url);
  assert.equal(answer.json().version, 3);
  assert.equal(answer.headers.etag, '"3"');
  assert.equal(answer.json().options.riskManagement.maxDailyLossPercent, 5);
});

test('a part is merged into them, with actor and reason, and the new version is answered', async (t) => {
  const { app, asked, close } = await testInspector();
  t.after(close);
  const answer = await app.inject({ method: 'PUT', url, payload: { ...change, actor: 'ann', reason: 'calmer' } });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.deepEqual([answer.json().version, answer.headers.etag], [4, '"4"']);
  assert.equal(answer.json().options.riskManagement.maxDailyLossPercent, 4);
  assert.equal(answer.json().options.riskManagement.maxDrawdownPercent, 15);
  const [question] = asked;
  assert.ok(question?.kind === 'options');
  assert.deepEqual([question.actor, question.reason, question.ifVersion], ['ann', 'calmer', 3]);
});

test('without an actor the change is of whoever holds the token', async (t) => {
  const { app, asked, close } = await testInspector();
  t.after(close);
  await app.inject({ method: 'PUT', url, payload: change });
  assert.equal(asked[0]?.kind === 'options' && asked[0].actor, 'local');
});

test('all violations are named together by their place in the body, and nothing is asked', async (t) => {
  const { app, asked, close } = await testInspector();
  t.after(close);
  const options = { riskManagement: { maxDailyLossPercent: -1, other: 1 }, tradeSettings: { maxLeverage: 'x' } };
  const answer = await app.inject({ method: 'PUT', url, payload: { options } });
  assert.equal(answer.statusCode, 400);
  assert.equal(answer.json().code, 'OPTIONS_INVALID');
  const paths = answer.json().errors.map((error: { path: string }) => error.path);
  for (const path of ['riskManagement/maxDailyLossPercent', 'riskManagement/other', 'tradeSettings/maxLeverage']) {
    assert.ok(paths.includes(`/options/${path}`), `${path} is not among ${paths}`);
  }
  assert.equal(asked.length, 0);
});

test('If-Match lets the version in force pass and no other', async (t) => {
  const { app, asked, close } = await testInspector();
  t.after(close);
  const put = (tag: string) => app.inject({ method: 'PUT', url, payload: change, headers: { 'if-match': tag } });
  for (const tag of ['"2"', 'W/"3"', '"4"', 'abc']) {
    const answer = await put(tag);
    assert.deepEqual([answer.statusCode, answer.json().code], [412, 'OPTIONS_CONFLICT'], tag);
    assert.equal(answer.headers.etag, '"3"');
  }
  assert.equal(asked.length, 0);
  assert.equal((await put('"3"')).statusCode, 200);
  assert.equal((await put('"1", "4"')).statusCode, 200);
  assert.equal((await put('*')).statusCode, 200);
});

test('a conflict that the engine finds is 412 too', async (t) => {
  const answer = () => ({ replyTo: 0, ok: false as const, status: 412, code: 'OPTIONS_CONFLICT', message: 'at 4' });
  const { app, close } = await testInspector({ answer });
  t.after(close);
  const { statusCode, body } = await app.inject({ method: 'PUT', url, payload: change });
  assert.equal(statusCode, 412);
  assert.equal(JSON.parse(body).code, 'OPTIONS_CONFLICT');
});

test('a dry run answers the result and changes nothing', async (t) => {
  const { app, asked, close } = await testInspector();
  t.after(close);
  const answer = await app.inject({ method: 'PUT', url: `${url}?dryRun=true`, payload: change });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.json().options.riskManagement.maxDailyLossPercent, 4);
  assert.deepEqual([answer.json().version, asked.length], [3, 0]);
  assert.deepEqual(answer.json().difference, [{ path: '/riskManagement/maxDailyLossPercent', before: 5, after: 4 }]);
  assert.equal((await app.inject(url)).json().options.riskManagement.maxDailyLossPercent, 5);
});

test('an override that has no effect is accepted with a warning', async (t) => {
  const { app, close } = await testInspector();
  t.after(close);
  const options = { overrides: { symbols: { BTCUSDT: { riskManagement: { maxDailyLossPercent: 50 } } } } };
  const answer = await app.inject({ method: 'PUT', url, payload: { options } });
  assert.equal(answer.statusCode, 200);
  assert.ok(answer.json().warnings.length > 0);
});

test('a body that is no change is refused', async (t) => {
  const { app, close } = await testInspector();
  t.after(close);
  for (const payload of [{}, { options: 1 }, { options: {}, other: 1 }, []]) {
    const answer = await app.inject({ method: 'PUT', url, payload });
    assert.equal(answer.statusCode, 400, JSON.stringify(payload));
  }
});
