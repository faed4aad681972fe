import type { WebSocket } from 'ws';
import type { Sockets } from '#server/sockets.ts';

/** The arguments of one command may be this long in all, as the venue has it. */
const MAX_ARGUMENTS_LENGTH = 21_000;

export interface Command {
  op: string;
  args: unknown[];
  reply(answer: { op: string; success: boolean; ret_msg: string }): void;
  /** Any other answer, with the ids of connection and request. */
  send(answer: Record<string, unknown>): void;
}

/** Reads the commands of one socket. What is no command is answered with an error. */
export function onCommands(sockets: Sockets, socket: WebSocket, run: (command: Command) => void): void {
  const conn_id = crypto.randomUUID();
  socket.on('message', (data) => {
    if (sockets.isDeaf(socket)) return;
    const parsed = parse(String(data));
    const ids = { conn_id, ...(parsed.req_id === undefined ? {} : { req_id: String(parsed.req_id) }) };
    const send = (answer: Record<string, unknown>): void => sockets.send(socket, JSON.stringify({ ...answer, ...ids }));
    const { op, args } = parsed;
    if (typeof op !== 'string' || JSON.stringify(args ?? []).length > MAX_ARGUMENTS_LENGTH) {
      send({ success: false, ret_msg: 'error:invalid op', request: { op: String(op ?? ''), args: null } });
      return;
    }
    run({ op, args: Array.isArray(args) ? args : [], send, reply: send });
  });
}

function parse(text: string): { op?: unknown; args?: unknown; req_id?: unknown } {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
