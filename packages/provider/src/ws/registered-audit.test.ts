import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { registeredAudit } from './registered-audit.ts';

/** An Inspector with `count` records, ten of them a millisecond, that answers the newest first as its REST does. */
async function inspector(t: TestContext, count: number, status = 200) {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    asked.push(query);
    const to = Number(query.get('to') ?? Number.POSITIVE_INFINITY);
    const data = Array.from({ length: count }, (_, index) => ({ seq: index + 1, ts: Math.floor(index / 10) }))
      .filter(({ seq, ts }) => seq > Number(query.get('afterSeq')) && ts <= to)
      .reverse()
      .slice(0, Number(query.get('limit')));
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ count: data.length, data, token: request.headers.authorization }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('goes back from the newest until all that was missed is there, oldest first, without a hole', async (t) => {
  const { url, asked } = await inspector(t, 12_345);
  const records = await registeredAudit(() => ({ url, token: 'x' }))(7, 1_000);
  assert.deepEqual(
    records.map(({ seq }) => seq),
    Array.from({ length: 12_345 - 7 }, (_, index) => index + 8),
  );
  assert.equal(asked.length, 3);
  assert.deepEqual(await registeredAudit(() => ({ url }))(12_345, 1_000), []);
});

test('says so when too much was missed, or the Inspector does not answer', async (t) => {
  const { url } = await inspector(t, 60_000);
  await assert.rejects(async () => registeredAudit(() => ({ url }))(0, 1_000), /too many/);
  const down = await inspector(t, 1, 503);
  await assert.rejects(async () => registeredAudit(() => ({ url: down.url }))(0, 1_000), /503/);
  await assert.rejects(async () => registeredAudit(() => undefined)(0, 1_000), /no Inspector/);
});
