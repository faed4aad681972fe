/** The example detectors as their readers start them, over a real Redis. They know nothing of this project's packages. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { CloseRequestSchema, type Envelope, OpenRequestSchema } from '@inspector/contract';
import { redisMissing, startRedis } from '@inspector/servers';
import { Value } from 'typebox/value';
import {
  barePythonDetector,
  type DetectorLanguage,
  pythonDetector,
  startDetector,
  typescriptDetector,
} from '#testing/detector-program.ts';
import { openStreamSide } from '#testing/stream-side.ts';
import { until } from '#testing/until.ts';

const WITHIN_MS = 90_000;
const TURN = ['--turn-seconds', '0.4'];

const opens = (requests: readonly Envelope[]) => requests.filter(({ type }) => type.includes('_OPEN_'));
const closes = (requests: readonly Envelope[]) => requests.filter(({ type }) => type.includes('_CLOSE_'));
const idOf = ({ payload }: Envelope) => (payload as { requestId: string }).requestId;

const breach = (isActive: boolean): Pick<Envelope<'INSPECTOR_RISK_LIMIT_BREACH'>, 'type' | 'payload'> => ({
  type: 'INSPECTOR_RISK_LIMIT_BREACH',
  payload: {
    code: 'CONSECUTIVE_LOSSES',
    action: 'STAND_DOWN',
    scope: 'account:paper:futures',
    accountKey: 'paper:futures',
    observed: 2,
    limit: 2,
    unit: 'count',
    currentExposure: 0,
    maxAllowedExposure: null,
    reason: 'two losses',
    opt: { isActive },
    until: null,
  },
});

/** A Redis, its other side, and prices every tenth of a second. */
async function openMarket(t: TestContext) {
  const redis = (await startRedis())!;
  t.after(() => redis.kill());
  const side = await openStreamSide(redis.url);
  t.after(() => side.close());
  let price = 3_000;
  const timer = setInterval(() => void side.price('ETHUSDT', price++).catch(() => {}), 100);
  t.after(() => clearInterval(timer));
  return { redis, side };
}

function testDetector({ name, command, missing }: DetectorLanguage): void {
  const skip = redisMissing() ?? missing ?? false;

  test(`${name}: asks over Redis, pauses when told, and ends on SIGTERM`, { skip }, async (t) => {
    const { redis, side } = await openMarket(t);
    const program = startDetector(command!, TURN, { REDIS_URL: redis.url });
    t.after(() => program.child.kill('SIGKILL'));

    const asked = await until(`requests of both kinds\n${program.output()}`, WITHIN_MS, async () => {
      const requests = await side.requests();
      return opens(requests).length >= 2 && closes(requests).length >= 2 && requests;
    });
    for (const { type, source, payload } of asked) {
      assert.equal(source, 'DETECTOR');
      const schema = type === 'DETECTOR_POSITION_OPEN_REQUEST' ? OpenRequestSchema : CloseRequestSchema;
      assert.ok(Value.Check(schema, payload), `${type} ${JSON.stringify(Value.Errors(schema, payload))}`);
    }
    const [open] = opens(asked) as Envelope<'DETECTOR_POSITION_OPEN_REQUEST'>[];
    const { side: direction, stopLoss, takeProfit } = open!.payload as Record<string, number | string>;
    assert.equal(direction === 'LONG', Number(stopLoss) < Number(takeProfit), 'the stop is on the losing side');
    assert.equal(new Set(asked.map(idOf)).size, asked.length, 'each request has an id of its own');
    assert.equal(new Set(asked.map(({ eventId }) => eventId)).size, asked.length);

    await side.say(breach(false));
    await until('it says that it is paused', WITHIN_MS, () =>
      program.output().includes('paused by CONSECUTIVE_LOSSES'),
    );
    const before = await side.requests();
    const meanwhile = await until('it goes on closing', WITHIN_MS, async () => {
      const requests = await side.requests();
      return closes(requests).length >= closes(before).length + 2 && requests;
    });
    assert.equal(opens(meanwhile).length, opens(before).length, 'it opened while it was told not to');

    await side.say(breach(true));
    await until('it opens again', WITHIN_MS, async () => opens(await side.requests()).length > opens(before).length);
    program.child.kill('SIGTERM');
    assert.equal(await program.ended, 0, program.output());
    assert.match(program.output(), /stopped\n$/);
  });

  test(`${name}: heeds what was said before it began`, { skip }, async (t) => {
    const { redis, side } = await openMarket(t);
    await side.say(breach(false));
    const program = startDetector(command!, TURN, { REDIS_URL: redis.url });
    t.after(() => program.child.kill('SIGKILL'));
    await until('it closes', WITHIN_MS, async () => closes(await side.requests()).length >= 2);
    assert.deepEqual(opens(await side.requests()), []);
  });

  test(`${name}: begins without Redis and outlives its loss, with one id a turn over restarts`, { skip }, async (t) => {
    const { redis, side } = await openMarket(t);
    await redis.kill();
    // Turns so long that all of this is within one, or two.
    const words = ['--turn-seconds', '3600', 'ETHUSDT', 'BTCUSDT'];
    const start = () => {
      const program = startDetector(command!, words, { REDIS_URL: redis.url });
      t.after(() => program.child.kill('SIGKILL'));
      return program;
    };
    const first = start();
    await until('it says that Redis is away', WITHIN_MS, () => first.output().includes('trying again'));
    await redis.start();
    const before = await until('it asks', WITHIN_MS, async () => {
      const requests = await side.requests();
      return requests.length > 0 && requests;
    });
    await redis.kill();
    await redis.start();
    await until('it sees the server again', WITHIN_MS, () => first.output().split('Redis is there').length > 2);
    first.child.kill('SIGTERM');
    assert.equal(await first.ended, 0, first.output());

    const second = start();
    const after = await until('it asks again', WITHIN_MS, async () => {
      const requests = await side.requests();
      return requests.length > before.length && requests;
    });
    const ids = new Set(after.map(idOf));
    assert.ok(ids.size <= 2, `one id a turn, not ${[...ids].join(', ')}`);
    second.child.kill('SIGINT');
    assert.equal(await second.ended, 0, second.output());
  });

  test(`${name}: ends on SIGTERM while Redis is away`, { skip }, async (t) => {
    const { redis } = await openMarket(t);
    await redis.kill();
    const program = startDetector(command!, TURN, { REDIS_URL: redis.url });
    t.after(() => program.child.kill('SIGKILL'));
    await until('it says that Redis is away', WITHIN_MS, () => program.output().includes('trying again'));
    program.child.kill('SIGTERM');
    assert.equal(await program.ended, 0, program.output());
  });
}

/** Asks over REST: a stand-in of the Inspector answers ALLOW, then BLOCK, then a problem. */
function testAsking({ name, command, missing }: DetectorLanguage, needsRedis: boolean): void {
  const skip = (needsRedis ? redisMissing() : undefined) ?? missing ?? false;
  test(`${name}: asks risk/check before it would order, and orders nothing without a decision`, { skip }, async (t) => {
    const asked: { url: string; authorization: string; request: unknown }[] = [];
    const sizing = { quantity: 0.05, stopLoss: 2_990, takeProfit: 3_030 };
    const answers = [
      { status: 200, body: { decision: 'ALLOW', code: 'OK', message: 'Allowed.', maxQuantity: 1, sizing } },
      { status: 200, body: { decision: 'BLOCK', code: 'COOLDOWN', message: 'Wait.', maxQuantity: 0, sizing } },
      { status: 503, body: { code: 'NOT_READY', detail: 'not yet' } },
    ];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      asked.push({
        url: `${request.method} ${request.url}`,
        authorization: String(request.headers.authorization),
        request: (JSON.parse(body) as { request: unknown }).request,
      });
      const answer = answers[Math.min(asked.length, answers.length) - 1]!;
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const env: Record<string, string> = {
      INSPECTOR_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      INSPECTOR_API_TOKEN: 'a-token',
      REDIS_URL: 'redis://127.0.0.1:1',
    };
    const market = needsRedis ? await openMarket(t) : undefined;
    if (market !== undefined) env.REDIS_URL = market.redis.url;
    const program = startDetector(command!, ['--ask', ...TURN], env);
    t.after(() => program.child.kill('SIGKILL'));

    await until('three answers are told', WITHIN_MS, () => program.output().includes('no decision, no order'));
    assert.match(program.output(), /ALLOW OK\. Allowed\.\n.* {2}would order 0\.05, stop 2990\n/);
    assert.match(program.output(), /BLOCK COOLDOWN\. Wait\.\n/);
    assert.match(program.output(), /no decision, no order: 503 NOT_READY: not yet\n/);
    assert.equal(program.output().split('would order').length, 2, 'only what was allowed would be ordered');
    for (const { url, authorization, request } of asked) {
      assert.equal(url, 'POST /api/inspector/risk/check');
      assert.equal(authorization, 'Bearer a-token');
      assert.ok(Value.Check(OpenRequestSchema, request), JSON.stringify(Value.Errors(OpenRequestSchema, request)));
    }
    assert.deepEqual(await market?.side.requests(), market && [], 'nothing is published');
    program.child.kill('SIGTERM');
    assert.equal(await program.ended, 0, program.output());
  });
}

testDetector(typescriptDetector);
testDetector(pythonDetector());
testAsking(typescriptDetector, true);
testAsking(barePythonDetector(), false);
