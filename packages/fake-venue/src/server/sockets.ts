import type { WebSocket } from 'ws';

/** Sockets of one venue. A deaf one is open and dead: nothing goes out and no ping is answered. */
export interface Sockets {
  add(socket: WebSocket, deaf: boolean): void;
  isDeaf(socket: WebSocket): boolean;
  send(socket: WebSocket, text: string): void;
  deafenAll(): void;
  cutAll(): void;
  count(): number;
}

/** A client that reads slower than this is cut, as the venue would. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

export function createSockets(): Sockets {
  const all = new Map<WebSocket, { deaf: boolean }>();
  return {
    add: (socket, deaf) => {
      const entry = { deaf };
      all.set(socket, entry);
      socket.on('close', () => all.delete(socket));
      socket.on('error', () => socket.terminate());
      socket.on('ping', (data) => {
        if (!entry.deaf) socket.pong(data);
      });
    },
    isDeaf: (socket) => all.get(socket)?.deaf ?? true,
    send: (socket, text) => {
      if (all.get(socket)?.deaf !== false || socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
      else socket.send(text);
    },
    deafenAll: () => {
      for (const entry of all.values()) entry.deaf = true;
    },
    cutAll: () => {
      for (const socket of all.keys()) socket.terminate();
    },
    count: () => all.size,
  };
}
