import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A span as OTLP writes it in JSON. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  events: { name: string; timeUnixNano: string }[];
  status: { code: number };
}

interface ReceivedRequest {
  resourceSpans: {
    resource: { attributes: { key: string; value: Record<string, unknown> }[] };
    scopeSpans: { spans: ReceivedSpan[] }[];
  }[];
}

export interface TestCollector {
  url: string;
  paths: string[];
  headers: IncomingHttpHeaders[];
  requests: ReceivedRequest[];
  /** What it answers from now on. */
  status: number;
  spans(): ReceivedSpan[];
}

/** A collector on a free port that keeps what it is sent, ended with the test. */
export async function testCollector(t: TestContext): Promise<TestCollector> {
  const collector: TestCollector = {
    url: '',
    paths: [],
    headers: [],
    requests: [],
    status: 200,
    spans: () =>
      collector.requests.flatMap((request) =>
        request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    collector.paths.push(request.url ?? '');
    collector.headers.push(request.headers);
    if (collector.status === 200) collector.requests.push(JSON.parse(body) as ReceivedRequest);
    response.writeHead(collector.status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return collector;
}

/** Waits until it holds, with a deadline: spans go in batches. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`it did not come to pass that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
