import type { Envelope, EventType } from '@inspector/contract';
import { io, type Socket } from 'socket.io-client';

/** Reconnections are tried after these, growing from one to the other. */
const RECONNECT_FIRST_MS = 300;
const RECONNECT_LAST_MS = 5_000;

/** What the page is told without asking for more. */
const STANDING_TYPES = ['INSPECTOR_*', 'DETECTOR_*', 'PROVIDER_ORDER_*'];

/** Ids of events remembered, so that one that a resume repeats is heard once. */
const REMEMBERED_EVENTS = 2_000;

export interface LiveChannelPorts {
  token(): string | null;
  /** Where a resume begins; 0: nothing was seen yet. */
  lastSeq(): number;
  onEvent(envelope: Envelope): void;
  /** True once events come and those that were missed have come. */
  onUp(up: boolean): void;
  onTokenRefused(): void;
}

export interface LiveChannel {
  open(): void;
  /** Connects again with the token that is valid now. */
  reopen(): void;
  close(): void;
  /** Market data of a type, for as long as somebody wants it. Answers what ends it. */
  want(type: EventType): () => void;
}

/** One Socket.IO connection to `/ws` for the whole page. */
export function createLiveChannel(ports: LiveChannelPorts): LiveChannel {
  const wanted = new Map<EventType, number>();
  let remembered = new Set<string>();
  let socket: Socket | undefined;

  function hear(envelope: Envelope): void {
    if (envelope.type.startsWith('INSPECTOR_')) {
      if (remembered.has(envelope.eventId)) return;
      if (remembered.size >= REMEMBERED_EVENTS) remembered = new Set([...remembered].slice(REMEMBERED_EVENTS / 2));
      remembered.add(envelope.eventId);
    }
    ports.onEvent(envelope);
  }

  function resumeFrom(afterSeq: number): void {
    if (afterSeq > 0) socket?.emit('resume', { afterSeq });
  }

  function connect(): Socket {
    const made = io({
      path: '/ws/',
      auth: (give) => give({ token: ports.token() }),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: RECONNECT_FIRST_MS,
      reconnectionDelayMax: RECONNECT_LAST_MS,
    });
    made.on('connect', () => {
      made.emit('subscribe', { types: STANDING_TYPES });
      if (wanted.size > 0) made.emit('subscribe', { types: [...wanted.keys()] });
      resumeFrom(ports.lastSeq());
      ports.onUp(true);
    });
    made.on('disconnect', () => ports.onUp(false));
    made.on('connect_error', (error) => {
      ports.onUp(false);
      if ((error as { data?: { status?: number } }).data?.status === 401) ports.onTokenRefused();
    });
    made.on('lagged', ({ afterSeq }: { afterSeq: number }) => resumeFrom(afterSeq));
    made.onAny((_type: string, envelope: unknown) => {
      if (isEnvelope(envelope)) hear(envelope);
    });
    return made;
  }

  return {
    open() {
      socket ??= connect();
    },
    reopen() {
      socket?.disconnect();
      socket?.connect();
    },
    close() {
      socket?.disconnect();
      socket = undefined;
    },
    want(type) {
      const count = wanted.get(type) ?? 0;
      wanted.set(type, count + 1);
      if (count === 0 && socket?.connected === true) socket.emit('subscribe', { types: [type] });
      return () => {
        const left = (wanted.get(type) ?? 1) - 1;
        if (left > 0) {
          wanted.set(type, left);
          return;
        }
        wanted.delete(type);
        if (socket?.connected === true) socket.emit('unsubscribe', { types: [type] });
      };
    },
  };
}

const isEnvelope = (value: unknown): value is Envelope =>
  typeof value === 'object' && value !== null && 'type' in value && 'payload' in value;
