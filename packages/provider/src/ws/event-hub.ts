import type { Envelope } from '@inspector/contract';
import type { Server, Socket } from 'socket.io';
import { isAudited } from './audited-events.ts';
import { type Client, createClient } from './client.ts';
import { createDeliveredRanges } from './delivered-ranges.ts';
import { eventSymbol } from './event-symbol.ts';
import { type ConflatedEvent, createMarketConflation, marketDataFor } from './market-conflation.ts';
import { hasDrained, queuedPackets } from './queued-packets.ts';
import { createRecentEvents, type RecentEvents } from './recent-events.ts';
import { marketDataTypes, type Subscription, wants } from './subscription.ts';
import { createSubscriptionGroups } from './subscription-groups.ts';

/** A client behind by more packets than these gets none until it has caught up, and is told how many it missed. */
export const QUEUED_PACKETS_LIMIT = 2048;

/** A client behind by more than these is left out of a market tick; the next one it can take has the latest of all. */
export const MARKET_BUSY_PACKETS = 64;

/** A client that takes nothing for this long is disconnected. */
export const LAGGING_LIMIT_MS = 60_000;

/** Events between two looks at the clients' queues: in a burst no queue grows further than this past its limit. */
const EVENTS_BETWEEN_SWEEPS = 256;

export interface EventHubStats {
  clients: number;
  lagging: number;
  /** Events that slow clients missed since the start. */
  dropped: number;
  /** Events offered since the start, market data apart. */
  published: number;
}

/** Brings bus events to connections. Everything is synchronous and nothing waits for a client. */
export interface EventHub {
  publish(envelope: Envelope): void;
  connect(socket: Socket, subscription: Subscription): Client;
  disconnect(client: Client): void;
  changeSubscription(client: Client, subscription: Subscription): void;
  /** Sends what market data has changed since the last tick, and looks after slow clients. */
  tick(): void;
  /** Between the two a client is sent no audited events but those that `deliver` sends it. */
  beginReplay(client: Client): void;
  endReplay(client: Client): void;
  /** Sends an event to one client if it wants it; true when it did. */
  deliver(client: Client, envelope: Envelope): boolean;
  recent: RecentEvents;
  stats(): EventHubStats;
}

export function createEventHub(io: Server, now: () => number = Date.now): EventHub {
  const groups = createSubscriptionGroups();
  const market = createMarketConflation();
  const recent = createRecentEvents();
  const clients = new Set<Client>();
  const joining = new Set<Client>();
  /** The audit sequence before the first event that came; -1 until then. */
  let streamBegan = -1;
  let sinceSweep = 0;
  let published = 0;
  let dropped = 0;

  /** Into the rooms: into that of the audited events only if what has come of them so far is not beyond the replay. */
  const enter = (client: Client): void => {
    const { socket, group } = client;
    socket.join(group.room);
    if (recent.lastSeq() >= client.cursor) {
      goLive(client);
      return;
    }
    client.state = 'joining';
    joining.add(client);
  };

  const goLive = (client: Client): void => {
    joining.delete(client);
    client.state = 'live';
    client.liveAfter = Math.max(recent.lastSeq(), client.cursor);
    client.socket.join(client.group.auditedRoom);
  };

  const leaveAudited = (client: Client): void => {
    joining.delete(client);
    if (client.state !== 'live') return;
    client.socket.leave(client.group.auditedRoom);
    client.delivered.add(Math.max(client.liveAfter, streamBegan), recent.lastSeq());
  };

  const deliver = (client: Client, envelope: Envelope): boolean => {
    if (!wants(client.group.subscription, envelope.type, eventSymbol(envelope))) return false;
    client.socket.emit(envelope.type, envelope);
    return true;
  };

  const beginLag = (client: Client): void => {
    leaveAudited(client);
    client.socket.leave(client.group.room);
    client.state = 'lagging';
    client.marketBehindSince ??= market.tick();
    client.laggingSince = now();
    client.lagAfter = recent.lastSeq();
    client.matchedAtLag = client.group.matched;
  };

  /** With `resume {afterSeq}` the client gets the audited part of what it missed. */
  const endLag = (client: Client): void => {
    const missed = client.group.matched - client.matchedAtLag;
    dropped += missed;
    if (missed > 0) client.socket.emit('lagged', { dropped: missed, afterSeq: client.lagAfter });
    enter(client);
  };

  const sweep = (): void => {
    sinceSweep = 0;
    for (const client of clients) {
      switch (client.state) {
        case 'lagging':
          if (hasDrained(client.socket)) endLag(client);
          else if (now() - client.laggingSince > LAGGING_LIMIT_MS) client.socket.disconnect(true);
          break;
        case 'replaying':
          // A replay waits for its client, so this one has stopped reading in the middle of it.
          if (queuedPackets(client.socket) > 2 * QUEUED_PACKETS_LIMIT) client.socket.disconnect(true);
          break;
        default:
          if (queuedPackets(client.socket) > QUEUED_PACKETS_LIMIT) beginLag(client);
      }
    }
  };

  /** Before an audited event goes out: whom it finds joining has had all up to the one before. */
  const noteAudited = (envelope: Envelope): void => {
    const seq = envelope.seq as number;
    if (seq < recent.lastSeq()) forgetStream(clients);
    if (streamBegan === -1 || seq < recent.lastSeq()) streamBegan = seq - 1;
    for (const client of joining) if (seq > client.cursor) goLive(client);
    recent.add(envelope);
  };

  const sendMarketData = (): void => {
    const changed = market.take();
    const excepted: string[] = [];
    for (const client of clients) {
      if (client.state === 'lagging') continue;
      if (queuedPackets(client.socket) > MARKET_BUSY_PACKETS) {
        client.marketBehindSince ??= market.tick() - 1;
        excepted.push(client.socket.id);
      } else if (client.marketBehindSince !== undefined) {
        // Its own latest values contain what changed in this tick, so the room's would be a repetition.
        catchUp(client, market.since(client.marketBehindSince));
        excepted.push(client.socket.id);
      }
    }
    for (const event of changed) sendConflated(event, excepted);
  };

  const catchUp = (client: Client, events: readonly ConflatedEvent[]): void => {
    client.marketBehindSince = undefined;
    for (const event of events) {
      const envelope = marketDataFor(client.group.subscription, event);
      if (envelope !== undefined) client.socket.emit(envelope.type, envelope);
    }
  };

  const sendConflated = (event: ConflatedEvent, except: string[]): void => {
    const roomsOf = new Map<Envelope, string[]>();
    for (const group of groups.wanting(event.envelope)) {
      const envelope = marketDataFor(group.subscription, event);
      if (envelope === undefined) continue;
      const rooms = roomsOf.get(envelope);
      if (rooms === undefined) roomsOf.set(envelope, [group.room]);
      else rooms.push(group.room);
    }
    for (const [envelope, rooms] of roomsOf) io.to(rooms).except(except).emit(envelope.type, envelope);
  };

  return {
    recent,
    deliver,
    endReplay: enter,
    beginReplay(client) {
      leaveAudited(client);
      client.state = 'replaying';
    },
    publish(envelope) {
      if (marketDataTypes.has(envelope.type)) {
        market.add(envelope);
        return;
      }
      published += 1;
      const audited = isAudited(envelope);
      if (audited) noteAudited(envelope);
      const wanting = groups.wanting(envelope);
      for (const group of wanting) group.matched += 1;
      if (wanting.length > 0) {
        io.to(wanting.map((group) => (audited ? group.auditedRoom : group.room))).emit(envelope.type, envelope);
      }
      sinceSweep += 1;
      if (sinceSweep >= EVENTS_BETWEEN_SWEEPS) sweep();
    },
    connect(socket, subscription) {
      const client = createClient(socket, groups.enter(subscription), recent.lastSeq());
      clients.add(client);
      enter(client);
      return client;
    },
    disconnect(client) {
      clients.delete(client);
      joining.delete(client);
      groups.leave(client.group);
    },
    changeSubscription(client, subscription) {
      const before = client.group;
      client.group = groups.enter(subscription);
      if (client.state === 'lagging') {
        // What it has missed so far stays counted.
        client.matchedAtLag += client.group.matched - before.matched;
      } else {
        client.socket.leave(before.room);
        client.socket.join(client.group.room);
      }
      if (client.state === 'live') {
        client.socket.leave(before.auditedRoom);
        client.socket.join(client.group.auditedRoom);
      }
      groups.leave(before);
      // What it has just asked for may not move for a while: it gets the latest of all at the next tick.
      client.marketBehindSince = 0;
    },
    tick() {
      sweep();
      sendMarketData();
    },
    stats: () => ({
      clients: clients.size,
      lagging: [...clients].filter(({ state }) => state === 'lagging').length,
      dropped,
      published,
    }),
  };
}

/** The journal that the sequences counted began anew: nothing that was sent stands for anything in it. */
function forgetStream(clients: Iterable<Client>): void {
  for (const client of clients) {
    client.delivered = createDeliveredRanges();
    client.liveAfter = -1;
    client.cursor = -1;
  }
}
