import type { WebSocket } from 'ws';
import { createUserOutbox } from '#dialects/user-outbox.ts';
import type { Sockets } from '#server/sockets.ts';
import type { FakeFaults } from '#venue/faults.ts';
import { refusalOfKey } from './gate.ts';
import { isSignatureOf, type KeyPair } from './signing.ts';
import { type Command, onCommands } from './socket-commands.ts';
import type { UserMessage } from './user-messages.ts';

const TOPICS = new Set(
  ['order', 'execution', 'position', 'wallet'].flatMap((topic) => [topic, `${topic}.linear`]).concat('execution.fast'),
);

interface Session {
  /** Asleep: signed in once, and told nothing any more. */
  state: 'unknown' | 'signed-in' | 'asleep';
  topics: Set<string>;
}

export interface PrivateStreams {
  connect(socket: WebSocket): void;
  publish(message: UserMessage): void;
  drop(count: number): void;
  /** Closes the sockets that are signed in, or lets them hang without a word. */
  end(silently: boolean): void;
}

interface Settings {
  faults: FakeFaults;
  sockets: Sockets;
  keys: KeyPair;
  now: () => number;
  later: (run: () => void, ms: number) => void;
}

/** Streams of the account: a socket signs in, subscribes, and hears what comes after that. */
export function createPrivateStreams({ faults, sockets, keys, now, later }: Settings): PrivateStreams {
  const sessions = new Map<WebSocket, Session>();

  /** The name under which the session has subscribed to it. */
  const topicFor = ({ state, topics }: Session, topic: string): string | undefined =>
    state === 'signed-in' ? [topic, `${topic}.linear`].find((name) => topics.has(name)) : undefined;

  const outbox = createUserOutbox<UserMessage>({
    faults,
    later,
    deliver: ({ topic, at, data }) => {
      for (const [socket, session] of sessions) {
        const name = topicFor(session, topic);
        if (name === undefined) continue;
        sockets.send(socket, JSON.stringify({ id: crypto.randomUUID(), topic: name, creationTime: at, data: [data] }));
      }
    },
  });

  /** Why it may not sign in; undefined when it may. The words are assumed, clients should go by `success`. */
  function refusalOf([apiKey, expires, signature]: unknown[]): string | undefined {
    const refused = refusalOfKey(faults);
    if (refused !== undefined) return refused.message;
    if (faults.refuse === 'maintenance') return 'Server error.';
    if (apiKey !== keys.apiKey) return 'API key is invalid.';
    if (!(Number(expires) > now())) return 'Params Error: expires is past';
    if (typeof signature === 'string' && isSignatureOf(signature, `GET/realtime${expires}`, keys.secret))
      return undefined;
    return 'Error sign, please check your signature generation algorithm.';
  }

  function subscribe(session: Session, { op, args, reply }: Command): void {
    const unknown = args.find((topic) => !TOPICS.has(String(topic)));
    if (session.state === 'unknown') reply({ success: false, ret_msg: 'Request not authorized', op });
    else if (unknown !== undefined || args.length === 0) {
      reply({ success: false, ret_msg: `error:handler not found,topic:${String(unknown ?? '')}`, op });
    } else {
      for (const topic of args) session.topics.add(String(topic));
      reply({ success: true, ret_msg: '', op });
    }
  }

  function signIn(session: Session, { op, args, reply }: Command): void {
    const refusal = refusalOf(args);
    session.state = refusal === undefined ? 'signed-in' : 'unknown';
    reply({ success: refusal === undefined, ret_msg: refusal ?? '', op });
  }

  function command(session: Session, asked: Command): void {
    const { op, args, reply, send } = asked;
    switch (op) {
      case 'ping':
        send({ op: 'pong', args: [String(now())] });
        break;
      case 'auth':
        signIn(session, asked);
        break;
      case 'subscribe':
        subscribe(session, asked);
        break;
      case 'unsubscribe':
        for (const topic of args) session.topics.delete(String(topic));
        reply({ success: true, ret_msg: '', op });
        break;
      default:
        reply({ success: false, ret_msg: 'error:invalid op', op });
    }
  }

  return {
    connect: (socket) => {
      const session: Session = { state: 'unknown', topics: new Set() };
      sessions.set(socket, session);
      socket.on('close', () => sessions.delete(socket));
      onCommands(sockets, socket, (asked) => command(session, asked));
    },
    publish: (message) => {
      const isHeard = [...sessions.values()].some((session) => topicFor(session, message.topic) !== undefined);
      if (isHeard) outbox.publish(message, message.ofConditional);
    },
    drop: outbox.drop,
    end: (silently) => {
      outbox.forget();
      for (const [socket, session] of sessions) {
        if (session.state !== 'signed-in') continue;
        session.state = 'asleep';
        if (!silently) socket.close(1001);
      }
    },
  };
}
