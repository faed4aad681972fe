import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { ExchangeEvent } from '#exchange/events.ts';
import type { ExchangeRules } from '#exchange/rules.ts';
import type { ExchangeState } from '#exchange/state.ts';
import type { Sockets } from '#server/sockets.ts';
import type { WireAnswer, WireRequest } from '#server/wire.ts';
import type { FakeFaults } from '#venue/faults.ts';

export interface DialectSettings {
  exchange: ExchangeState;
  faults: FakeFaults;
  sockets: Sockets;
  apiKey: string;
  secret: string;
  now: () => number;
  later: (run: () => void, ms: number) => void;
}

/** The wire of one venue over the exchange. */
export interface Dialect {
  answer(request: WireRequest): WireAnswer;
  /** Takes a socket, or says that nothing is at its path. */
  connect(socket: WebSocket, request: IncomingMessage): boolean;
  publish(event: ExchangeEvent): void;
  dropUserEvents(count: number): void;
  /** Ends the session of the user stream, with a word of it or without. */
  endUserSession(silently: boolean): void;
  everySecond(): void;
}

export interface DialectKind {
  rules: ExchangeRules;
  /** Calls, or weight of them, that one address may make in the venue's own window. */
  requestLimit: number;
  create(settings: DialectSettings): Dialect;
}
