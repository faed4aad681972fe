/**
 * A Socket.IO connection over WebSocket that walks frames and hands events over as bytes. The usual client spends more
 * on an event than the server does, so that hundreds of it would be what is measured.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface SocketClientConfig {
  port: number;
  token: string;
  /** Socket.IO has accepted the connection. */
  onReady: () => void;
  /** `bytes` from `start` to `end` are `["TYPE",{…}]`, valid until it returns. */
  onEvent: (bytes: Buffer, start: number, end: number) => void;
  /** Refused, or closed by the server. */
  onEnd: (reason: string) => void;
}

/** Packets of Engine.IO as they begin a frame, and of Socket.IO within a message. */
const OPEN = 0x30;
const PING = 0x32;
const MESSAGE = 0x34;
const CONNECTED = 0x30;
const EVENT = 0x32;
const TEXT_FRAME = 0x81;
const CLOSE_FRAME = 0x88;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** Connects; the answer ends the connection. */
export function connectSocket(config: SocketClientConfig): () => void {
  const socket = connect({ port: config.port, host: '127.0.0.1', noDelay: true });
  let rest: Buffer = Buffer.alloc(0);
  let isUpgraded = false;
  socket.on('connect', () => socket.write(handshakeOf(config.port)));
  socket.on('data', (data: Buffer) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    if (!isUpgraded) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!rest.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) {
        config.onEnd(rest.toString('latin1'));
        return;
      }
      isUpgraded = true;
      rest = rest.subarray(end + 4);
    }
    rest = rest.subarray(takeFrames(rest, socket, config));
  });
  socket.on('error', () => {}); // told by its close
  socket.on('close', () => config.onEnd('the connection was closed'));
  return () => void socket.destroy();
}

function handshakeOf(port: number): string {
  const key = randomBytes(16).toString('base64');
  return `GET /ws/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`;
}

/** Bytes that whole frames took. Servers do not mask, and these send no fragments. */
function takeFrames(bytes: Buffer, socket: Socket, config: SocketClientConfig): number {
  let at = 0;
  while (at + 2 <= bytes.length) {
    let start = at + 2;
    let length = bytes[at + 1]!;
    if (length === LENGTH_IN_2_BYTES) {
      if (at + 4 > bytes.length) break;
      length = bytes.readUInt16BE(at + 2);
      start = at + 4;
    } else if (length === LENGTH_IN_8_BYTES) {
      if (at + 10 > bytes.length) break;
      length = Number(bytes.readBigUInt64BE(at + 2));
      start = at + 10;
    }
    if (start + length > bytes.length) break;
    if (bytes[at] === CLOSE_FRAME) config.onEnd('the server said goodbye');
    else takePacket(bytes, { start, end: start + length }, { socket, config });
    at = start + length;
  }
  return at;
}

function takePacket(
  bytes: Buffer,
  { start, end }: { start: number; end: number },
  { socket, config }: { socket: Socket; config: SocketClientConfig },
): void {
  const packet = bytes[start]!;
  if (packet === OPEN) send(socket, `40${JSON.stringify({ token: config.token })}`);
  else if (packet === PING) send(socket, '3');
  else if (packet !== MESSAGE) config.onEnd(`an unknown packet: ${bytes.toString('utf8', start, end)}`);
  else if (bytes[start + 1] === EVENT) config.onEvent(bytes, start + 2, end);
  else if (bytes[start + 1] === CONNECTED) config.onReady();
  else config.onEnd(`refused: ${bytes.toString('utf8', start, end)}`);
}

/** A short text frame, masked with zeros as a client's must be. */
function send(socket: Socket, text: string): void {
  const payload = Buffer.from(text);
  if (payload.length >= LENGTH_IN_2_BYTES) throw new Error('only short frames are sent');
  socket.write(Buffer.concat([Buffer.from([TEXT_FRAME, 0x80 | payload.length, 0, 0, 0, 0]), payload]));
}
