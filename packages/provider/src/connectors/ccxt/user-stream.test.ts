import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { pass, settled, standStill } from './testing/standing-clock.ts';
import { createUserStream, type UserStream, type UserStreamPorts } from './user-stream.ts';
import type { UserWord } from './user-words.ts';
import type { Venue, VenueSocket } from './venue.ts';

const PRIVATE = 'wss://venue/private/ws';
const PUBLIC = 'wss://venue/public/ws';

interface Socket extends VenueSocket {
  errors: string[];
  closed: number;
}

function socketOf(url = PRIVATE): Socket {
  const socket: Socket = {
    ...{ url, isConnected: true, errors: [], closed: 0 },
    onError: ({ message }) => socket.errors.push(message),
    async close() {
      socket.closed += 1;
    },
  };
  return socket;
}

interface Watched {
  stream: UserStream;
  venue: Venue;
  sockets: Record<string, Socket>;
  /** `live`, `lost: why`, `forgot`, `word <channel or id>`, in order. */
  done: string[];
  /** What ccxt itself read. */
  read: unknown[];
  /** A message that comes by a socket; its words are those that it holds. */
  say(socket: Socket, ...words: UserWord[]): void;
}

const balance = (time: number): UserWord => ({ kind: 'account', time, wallets: [], positions: [] });

function watched(profile: Partial<UserStreamPorts['profile']> = {}): Watched {
  const done: string[] = [];
  const read: unknown[] = [];
  const sockets: Record<string, Socket> = {};
  const venue = {
    clients: sockets,
    handleMessage: (_client: VenueSocket, message: unknown) => read.push(message),
  } as unknown as Venue;
  const stream = createUserStream({
    venue,
    profile: {
      privateSocket: /private/,
      watchAccount: [],
      userWords: (message) => message as UserWord[],
      forgetSession: () => done.push('forgot'),
      ...profile,
    },
    onWord: (word) => done.push(word.kind === 'account' ? `word ${word.time}` : word.kind),
    onLive: () => done.push('live'),
    onLost: (reason) => done.push(`lost: ${reason}`),
  });
  const say: Watched['say'] = (socket, ...words) => venue.handleMessage(socket, words);
  return { stream, venue, sockets, done, read, say };
}

describe('the account stream', () => {
  beforeEach(standStill);

  it('is live when its socket is open, and says so once', async () => {
    const { stream, sockets, done } = watched();
    stream.start();
    await pass(500);
    assert.deepEqual([done, stream.isLive, stream.reason], [[], false, 'the account stream is being opened']);
    sockets.private = socketOf();
    await pass(240);
    assert.deepEqual(done, []);
    await pass(10);
    assert.deepEqual([done, stream.isLive, stream.reason], [['live'], true, undefined]);
    await pass(1_000);
    assert.deepEqual(done, ['live']);
    stream.stop();
  });

  it('is not live by a public socket, nor by one of two', async () => {
    const { stream, sockets, done } = watched();
    stream.start();
    sockets.public = socketOf(PUBLIC);
    await pass(250);
    const second = { ...socketOf(), isConnected: false };
    Object.assign(sockets, { first: socketOf(), second });
    await pass(250);
    assert.deepEqual(done, []);
    second.isConnected = true;
    await pass(250);
    assert.deepEqual(done, ['live']);
    stream.stop();
  });

  it('is lost when a socket is closed, once, and live again when it is back', async () => {
    const { stream, sockets, done } = watched();
    stream.start();
    const socket = socketOf();
    sockets.private = socket;
    await pass(250);
    socket.isConnected = false;
    await pass(1_000);
    assert.deepEqual(done, ['live', 'lost: the account stream was closed']);
    assert.deepEqual([stream.isLive, stream.reason], [false, 'the account stream was closed']);
    sockets.private = socketOf();
    await pass(250);
    delete sockets.private;
    await pass(250);
    assert.deepEqual(done.slice(2), ['live', 'lost: the account stream was closed']);
    stream.stop();
  });

  it('is live when all that it subscribes to is confirmed, by the sockets that are open now', async () => {
    const { stream, sockets, done, say } = watched({ subscriptions: 2 });
    stream.start();
    const old = socketOf();
    sockets.private = old;
    say(old, { kind: 'subscribed', channel: 'order' });
    say(old, { kind: 'subscribed', channel: 'order' });
    await pass(250);
    assert.deepEqual(done, []);
    say(old, { kind: 'subscribed', channel: 'wallet' });
    await pass(250);
    assert.deepEqual(done, ['live']);
    sockets.private = socketOf();
    await pass(250);
    assert.deepEqual(done, ['live', 'lost: the account stream was closed']);
    stream.stop();
  });

  it('hands on every word in the order in which it came, and leaves ccxt what it reads', () => {
    const { sockets, done, read, say } = watched();
    sockets.private = socketOf();
    say(sockets.private, balance(1), balance(2));
    say(sockets.private, balance(3));
    assert.deepEqual(done, ['word 1', 'word 2', 'word 3']);
    assert.equal(read.length, 2);
  });

  it('reads nothing of a public socket', () => {
    const { done, read, say } = watched();
    say(socketOf(PUBLIC), balance(1));
    assert.deepEqual([done, read.length], [[], 1]);
  });

  it('reads a message that ccxt cannot', () => {
    const done: string[] = [];
    const venue = {
      clients: {},
      handleMessage: () => {
        throw new Error('ccxt is confused');
      },
    } as unknown as Venue;
    createUserStream({
      venue,
      profile: { privateSocket: /private/, watchAccount: [], userWords: () => [balance(1)] },
      onWord: ({ kind }) => done.push(kind),
      ...{ onLive: () => {}, onLost: () => {} },
    });
    assert.throws(() => venue.handleMessage(socketOf(), {}), /confused/);
    assert.deepEqual(done, ['account']);
  });
});

describe('the account stream that has died', () => {
  beforeEach(standStill);

  it('is opened anew, by a new key, when the venue ends it', async () => {
    const { stream, sockets, done, say } = watched();
    stream.start();
    const [socket, other] = [socketOf(), socketOf(PUBLIC)];
    Object.assign(sockets, { socket, other });
    await pass(250);
    say(socket, { kind: 'ended', reason: 'the listen key expired' });
    assert.deepEqual(done, ['live', 'lost: the listen key expired', 'forgot']);
    assert.deepEqual([socket.errors, socket.closed], [['the listen key expired'], 1]);
    assert.deepEqual([other.errors, other.closed], [[], 0], 'public data goes on');
    assert.equal(stream.reason, 'the listen key expired');
    stream.stop();
  });

  it('may be on its way to be opened: then there is nothing to close', () => {
    const { stream, sockets } = watched();
    const socket = { ...socketOf(), isConnected: false, close: () => undefined };
    sockets.private = socket;
    stream.reopen('it told nothing');
    assert.deepEqual(socket.errors, ['it told nothing']);
  });

  it('is not said to be lost twice', async () => {
    const { stream, sockets, done } = watched();
    stream.start();
    sockets.private = socketOf();
    await pass(250);
    stream.reopen('it told nothing');
    stream.reopen('it still tells nothing');
    assert.deepEqual(done, ['live', 'lost: it told nothing', 'forgot', 'forgot']);
    assert.equal(stream.reason, 'it still tells nothing');
    stream.stop();
  });

  it('is asked for again at once when it ends, and later and later when it fails: 250 ms to 5 s', async () => {
    const asked: number[] = [];
    let answer: () => Promise<unknown> = () => Promise.reject(new Error('no'));
    const watch = async (): Promise<unknown> => {
      asked.push(Date.now());
      return answer();
    };
    const { stream } = watched({ watchAccount: [watch] });
    stream.start();
    await pass(16_000);
    const waits = () => asked.slice(1).map((at, index) => at - asked[index]!);
    assert.deepEqual(waits(), [250, 500, 1_000, 2_000, 4_000, 5_000]);
    const { promise, resolve } = Promise.withResolvers<void>();
    answer = () => promise;
    await pass(5_000);
    const before = asked.length;
    answer = () => Promise.reject(new Error('no'));
    resolve();
    await pass(250);
    assert.equal(asked.length, before + 2, 'once at once, and the next wait is short again');
    stream.stop();
  });

  it('keeps each of several watches going', async () => {
    const asked: string[] = [];
    const never = new Promise(() => {});
    const { stream } = watched({
      watchAccount: [
        () => {
          asked.push('orders');
          return never;
        },
        () => {
          asked.push('positions');
          return never;
        },
      ],
    });
    stream.start();
    await settled();
    assert.deepEqual(asked, ['orders', 'positions']);
    stream.stop();
  });

  it('says and asks nothing more once it was stopped', async () => {
    let asked = 0;
    const watch = (): Promise<never> => {
      asked += 1;
      return Promise.reject(new Error('no'));
    };
    const { stream, sockets, done, say } = watched({ watchAccount: [watch] });
    stream.start();
    await pass(10);
    stream.stop();
    sockets.private = socketOf();
    say(sockets.private, balance(1));
    await pass(10_000);
    assert.deepEqual([done, asked], [[], 1]);
  });
});
