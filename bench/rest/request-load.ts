/**
 * Keep-alive connections that each ask again as soon as they have been answered. Answers are counted by their length, not
 * parsed: the usual clients cost more than the server that is measured.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RequestLoad {
  /** Asks for `path` on all connections for `ms`, and waits for the last answers. */
  run(path: string, ms: number): Promise<{ perSecond: number; latencies: number[] }>;
  close(): void;
}

interface Connection {
  socket: Socket;
  /** Head of an answer so far; empty while its body comes. */
  head: Buffer;
  /** Bytes of the body that are still to come. */
  rest: number;
  askedAt: number;
}

interface Load {
  request: string;
  endsAt: number;
  answered: number;
  running: number;
  latencies: number[];
  resolve: () => void;
  reject: (error: Error) => void;
}

export async function openRequestLoad(port: number, count: number): Promise<RequestLoad> {
  let load: Load | undefined;
  const connections: Connection[] = [];

  function ask(connection: Connection, { request }: Load): void {
    connection.askedAt = performance.now();
    connection.socket.write(request);
  }

  function onAnswered(connection: Connection): void {
    if (load === undefined) return;
    const at = performance.now();
    load.answered++;
    load.latencies.push(at - connection.askedAt);
    if (at < load.endsAt) ask(connection, load);
    else if (--load.running === 0) load.resolve();
  }

  /** One answer at most is under way on a connection. */
  function onData(connection: Connection, data: Buffer): void {
    if (connection.rest > 0) {
      connection.rest -= data.length;
    } else {
      connection.head = Buffer.concat([connection.head, data]);
      const end = connection.head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = connection.head.toString('latin1', 0, end);
      const length = /^content-length: (\d+)/im.exec(head)?.[1];
      if (!head.startsWith('HTTP/1.1 200') || length === undefined) {
        load?.reject(new Error(`an answer is not as expected: ${connection.head.toString('latin1', 0, 500)}`));
        return;
      }
      connection.rest = Number(length) - (connection.head.length - end - 4);
      connection.head = Buffer.alloc(0);
    }
    if (connection.rest === 0) onAnswered(connection);
  }

  for (let index = 0; index < count; index++) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const connection: Connection = { socket, head: Buffer.alloc(0), rest: 0, askedAt: 0 };
    await once(socket, 'connect');
    socket.on('data', (data: Buffer) => onData(connection, data));
    socket.on('error', (error) => load?.reject(error));
    socket.on('close', () => load?.reject(new Error('the server closed a connection')));
    connections.push(connection);
  }

  return {
    async run(path, ms) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const begun = performance.now();
      const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
      const current: Load = {
        request,
        endsAt: begun + ms,
        answered: 0,
        running: count,
        latencies: [],
        resolve,
        reject,
      };
      load = current;
      for (const connection of connections) ask(connection, current);
      await promise;
      return { perSecond: (current.answered * 1000) / (performance.now() - begun), latencies: current.latencies };
    },
    close() {
      load = undefined;
      for (const { socket } of connections) socket.destroy();
    },
  };
}
