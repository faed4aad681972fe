import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';

/**
 * Hands all packets that Engine.IO sends in one go to the kernel in one call: a frame each costs more than all the rest of
 * a delivery. Where the transport has no such socket (polling) everything stays as it is.
 */
export function oneWritePerFlush({ conn }: Socket): void {
  let corked: NetSocket | undefined;
  conn.on('flush', () => {
    // `ws` calls its network socket private; without it packets go one by one, as they would anyway.
    corked = (conn.transport as { socket?: { _socket?: NetSocket } }).socket?._socket;
    corked?.cork();
  });
  conn.on('drain', () => {
    corked?.uncork();
    corked = undefined;
  });
}
