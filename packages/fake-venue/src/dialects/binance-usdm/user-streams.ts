import type { WebSocket } from 'ws';
import { createUserOutbox } from '#dialects/user-outbox.ts';
import type { Sockets } from '#server/sockets.ts';
import type { FakeFaults } from '#venue/faults.ts';
import type { ListenKeys } from './listen-keys.ts';

export interface UserStreams {
  connect(socket: WebSocket, listenKey: string): void;
  publish(event: Record<string, unknown>): void;
  drop(count: number): void;
  /** Ends the active listen key, with the venue's event or without a word. */
  expire(silently: boolean, at: number): void;
}

interface Settings {
  sockets: Sockets;
  faults: FakeFaults;
  listenKeys: ListenKeys;
  later: (run: () => void, ms: number) => void;
}

/** Streams of the account. A key that is not alive connects and hears nothing, as at the venue. */
export function createUserStreams({ sockets, faults, listenKeys, later }: Settings): UserStreams {
  const streams = new Map<WebSocket, string>();
  const outbox = createUserOutbox<string>({
    faults,
    later,
    deliver: (text) => {
      for (const [socket, key] of streams) if (listenKeys.isAlive(key)) sockets.send(socket, text);
    },
  });

  return {
    connect: (socket, listenKey) => {
      streams.set(socket, listenKey);
      socket.on('close', () => streams.delete(socket));
    },
    publish: (event) => outbox.publish(JSON.stringify(event), event.e === 'ALGO_UPDATE'),
    drop: outbox.drop,
    expire: (silently, at) => {
      const key = listenKeys.kill();
      if (key === undefined) return;
      outbox.forget();
      for (const [socket, of] of streams) {
        if (of !== key) continue;
        if (!silently) sockets.send(socket, JSON.stringify({ e: 'listenKeyExpired', E: at, listenKey: key }));
      }
    },
  };
}
