import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'node:test';
import type { FinishedSpan } from '@inspector/service';
import { createTestBus, TEST_TOKEN, testDirectory } from '#testing/provider-for-test.ts';
import { startProvider } from '../main.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpanId = '00f067aa0ba902b7';

test('the span of a proxied request lies between its caller’s and its target’s', async (t) => {
  const heard: (string | undefined)[] = [];
  const target = createServer((request, response) => {
    heard.push(request.headers.traceparent as string | undefined);
    response.end('{}');
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    target.closeAllConnections();
    target.close();
  });
  const spans: FinishedSpan[] = [];
  const traces = {
    add: (span: FinishedSpan) => void spans.push(span),
    letGo: () => {},
    counts: () => ({ sent: 5, dropped: 6 }),
    stop: async () => {},
  };
  const access = { apiToken: TEST_TOKEN, tokens: [], allowedHosts: [], allowedOrigins: [] };
  const provider = await startProvider(
    { ...access, host: '127.0.0.1', port: 0, dataDir: testDirectory(t), version: '0.0.0' },
    { bus: createTestBus(), connectors: [], traces },
  );
  t.after(() => provider.stop());
  const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
  provider.registry.register({ kind: 'inspector', appKey: 'inspector', url });

  const answer = await fetch(`${provider.url}/api/inspectors/inspector/x`, {
    headers: { 'x-api-token': TEST_TOKEN, traceparent: `00-${traceId}-${callerSpanId}-01` },
  });
  assert.equal(answer.status, 200);
  await answer.text();
  // The span ends with the answer, which its caller may have before.
  for (let tries = 0; tries < 1_000 && spans.length === 0; tries += 1)
    await new Promise((resolve) => setImmediate(resolve));
  const [span] = spans;
  assert.deepEqual([span?.traceId, span?.parentSpanId], [traceId, callerSpanId]);
  assert.deepEqual(heard, [`00-${traceId}-${span?.spanId}-01`]);
  const lines = (await (await fetch(`${provider.url}/metrics`)).text()).split('\n');
  assert.ok(lines.includes('provider_traces_sent_total 5') && lines.includes('provider_traces_dropped_total 6'));
});
