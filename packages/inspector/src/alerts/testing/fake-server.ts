import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeCall {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** `nothing`: the call is taken and never answered. */
export type FakeAnswer = { status: number; body?: string; headers?: Record<string, string> } | 'nothing';

export interface FakeServer {
  url: string;
  close(): Promise<void>;
}

/** A server on loopback whose answers a test decides. */
export async function fakeServer(
  answer: (call: FakeCall, response: ServerResponse) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeServer> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', async () => {
      const given = await answer({ path: request.url ?? '', headers: request.headers, body }, response);
      if (given === 'nothing' || response.destroyed) return;
      response.writeHead(given.status, given.headers);
      response.end(given.body ?? '');
    });
    request.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
