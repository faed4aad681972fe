import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A larger body is refused: no call of a venue is that long. */
const MAX_BODY_BYTES = 1024 * 1024;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, answer: WireAnswer): void {
  if (answer.kind === 'silence') {
    if (answer.cut) response.destroy();
    return;
  }
  const isText = typeof answer.body === 'string';
  const type = isText ? 'text/html; charset=UTF-8' : 'application/json;charset=UTF-8';
  response.writeHead(answer.status, { 'content-type': type, ...answer.headers });
  response.end(isText ? (answer.body as string) : JSON.stringify(answer.body));
}

/** Listens on loopback. `handle` gives the answer; what it throws is a bug of this venue and is answered with 500. */
export async function listen(
  port: number,
  handle: (request: WireRequest) => WireAnswer | Promise<WireAnswer>,
): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    try {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const { pathname: path, search } = url;
      const body = await bodyOf(request);
      const { method = 'GET', headers } = request;
      send(response, await handle({ method, path, query: search.slice(1), body, headers }));
    } catch (error) {
      const message = error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
      process.stderr.write(`fake venue: ${message}\n`);
      if (!response.headersSent)
        send(response, { kind: 'answer', status: 500, body: { msg: 'fault of the fake venue' } });
    }
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
