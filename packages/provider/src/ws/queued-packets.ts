import type { Socket } from 'socket.io';

/**
 * Packets that wait because the client has not taken the ones before. Engine.IO keeps them in `writeBuffer`, which its
 * types call private; there is no other way to see how far one client is behind, and a test holds the field in place.
 */
export const queuedPackets = (socket: Socket): number =>
  (socket.conn as unknown as { writeBuffer: readonly unknown[] }).writeBuffer.length;

/** True when nothing waits and the transport has handed over all it was given. */
export const hasDrained = (socket: Socket): boolean => queuedPackets(socket) === 0 && socket.conn.transport.writable;
