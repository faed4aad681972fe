import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { test } from 'node:test';
import type { FinishedSpan } from './finished-span.ts';
import { SPANS_WAITING_LIMIT } from './otlp-traces.ts';
import { startTraces } from './start-traces.ts';
import { eventually, testCollector } from './test-collector.ts';
import { newSpanId } from './trace-parent.ts';

const traceId = 'a'.repeat(32);
const spanOf = (given: Partial<FinishedSpan> = {}): FinishedSpan => ({
  traceId,
  spanId: newSpanId(),
  kind: 'internal',
  name: 'work',
  startMs: 1_700_000_000_000.25,
  endMs: 1_700_000_000_002,
  attributes: {},
  isError: false,
  ...given,
});

function testLog() {
  const lines: string[] = [];
  const log = {
    info: (fields: object, message: string) => void lines.push(`info ${message} ${JSON.stringify(fields)}`),
    warn: (fields: object, message: string) => void lines.push(`warn ${message} ${JSON.stringify(fields)}`),
  };
  return { lines, log };
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('spans arrive as they are, with the service that made them', async (t) => {
  const collector = await testCollector(t);
  const { log, lines } = testLog();
  const traces = await startTraces({ serviceName: 'inspector', version: '1.2.3', url: collector.url, log });
  t.after(() => traces.stop());
  const parent = spanOf({ name: 'parent', kind: 'server', attributes: { 'http.route': '/x', status: 503, ok: false } });
  traces.add(parent);
  const events = [{ name: 'sent', ms: 1_700_000_000_001 }];
  traces.add(spanOf({ name: 'child', parentSpanId: parent.spanId, isError: true, events }));
  await eventually(() => collector.spans().length === 2, 'both spans arrive');

  assert.deepEqual(collector.paths, ['/v1/traces']);
  const { attributes } = collector.requests[0]!.resourceSpans[0]!.resource;
  assert.deepEqual(
    attributes.map(({ key, value }) => [key, value.stringValue]),
    [
      ['service.name', 'inspector'],
      ['service.version', '1.2.3'],
    ],
  );
  const [first, second] = collector.spans();
  assert.deepEqual([first?.traceId, first?.spanId, first?.parentSpanId], [traceId, parent.spanId, undefined]);
  assert.deepEqual([first?.kind, first?.startTimeUnixNano], [2, '1700000000000250000']);
  assert.deepEqual(first?.attributes.map(({ key }) => key).toSorted(), ['http.route', 'ok', 'status']);
  assert.deepEqual([second?.parentSpanId, second?.status.code, second?.kind], [parent.spanId, 2, 1]);
  assert.deepEqual(
    second?.events.map(({ name, timeUnixNano }) => [name, timeUnixNano]),
    [['sent', '1700000000001000000']],
  );
  await eventually(() => traces.counts().sent === 2, 'both are counted');
  assert.deepEqual([traces.counts(), lines], [{ sent: 2, dropped: 0 }, []]);
});

test('what waits at a stop is sent, and nothing after it', async (t) => {
  const collector = await testCollector(t);
  const traces = await startTraces({ serviceName: 's', version: '1', url: collector.url, log: testLog().log });
  traces.add(spanOf());
  await traces.stop();
  assert.equal(collector.spans().length, 1);
  traces.add(spanOf());
  traces.letGo(2);
  await traces.stop();
  assert.equal(collector.spans().length, 1);
  assert.deepEqual(traces.counts(), { sent: 1, dropped: 3 });
});

test('a collector that refuses is told once, counted, and found again', async (t) => {
  const collector = await testCollector(t);
  collector.status = 400;
  const { log, lines } = testLog();
  const traces = await startTraces({ serviceName: 's', version: '1', url: collector.url, log });
  t.after(() => traces.stop());
  traces.add(spanOf());
  await eventually(() => traces.counts().dropped === 1, 'the first is let go');
  traces.add(spanOf());
  await eventually(() => traces.counts().dropped === 2, 'the second is let go');
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^warn the collector does not take traces/);
  collector.status = 200;
  traces.add(spanOf());
  await eventually(() => traces.counts().sent === 1, 'the third is taken');
  assert.match(lines[1] ?? '', /^info the collector takes traces again/);
});

test('without a collector nothing happens: no error, a bounded queue, a quick stop, no secret in the log', async () => {
  const url = `http://ann:secret@127.0.0.1:${await closedPort()}`;
  const { log, lines } = testLog();
  const traces = await startTraces({ serviceName: 's', version: '1', url, log });
  for (let n = 0; n < SPANS_WAITING_LIMIT + 5; n += 1) traces.add(spanOf());
  assert.deepEqual(traces.counts(), { sent: 0, dropped: 5 });
  await traces.stop();
  assert.deepEqual(traces.counts(), { sent: 0, dropped: SPANS_WAITING_LIMIT + 5 });
  assert.doesNotMatch(lines.join('\n'), /secret/);
});
