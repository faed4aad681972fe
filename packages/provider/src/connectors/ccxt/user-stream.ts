import type { VenueProfile } from './profiles/profile.ts';
import type { UserWord } from './user-words.ts';
import type { Venue, VenueSocket } from './venue.ts';

/** How often the sockets are looked at. */
const LOOK_EVERY_MS = 250;
/** After a failure the stream is asked for again, at first soon. */
const RETRY_FROM_MS = 250;
const RETRY_TO_MS = 5_000;

export interface UserStreamPorts {
  venue: Venue;
  profile: Pick<VenueProfile, 'privateSocket' | 'watchAccount' | 'userWords' | 'subscriptions' | 'forgetSession'>;
  /** Hears every message, in the order in which they came. Must not throw. */
  onWord: (word: UserWord) => void;
  /** The stream is open: from now on nothing is missed until `onLost`. */
  onLive: () => void;
  onLost: (reason: string) => void;
}

/** The account's private stream: kept open, and said to be lost as soon as that is known. */
export interface UserStream {
  start(): void;
  stop(): void;
  readonly isLive: boolean;
  /** Why it is not live. */
  readonly reason: string | undefined;
  /** Closes it, forgets its key, and opens it anew. */
  reopen(reason: string): void;
}

export function createUserStream({ venue, profile, onWord, onLive, onLost }: UserStreamPorts): UserStream {
  let isStopped = false;
  let isLive = false;
  let reason: string | undefined = 'the account stream is being opened';
  let looking: NodeJS.Timeout | undefined;
  const confirmed = new WeakMap<VenueSocket, Set<string>>();

  // ccxt keeps the newest state of an order only, and fills that come together would be one: every message is read here.
  const handleMessage = venue.handleMessage.bind(venue);
  venue.handleMessage = (client, message) => {
    try {
      handleMessage(client, message);
    } finally {
      // What ccxt cannot read of a message is no reason not to read it here.
      if (!isStopped && profile.privateSocket.test(client.url)) readMessage(client, message);
    }
  };

  function readMessage(client: VenueSocket, message: unknown): void {
    for (const word of profile.userWords?.(message, venue) ?? []) {
      if (word.kind === 'ended') reopen(word.reason);
      else if (word.kind === 'subscribed')
        confirmed.set(client, (confirmed.get(client) ?? new Set()).add(word.channel));
      else onWord(word);
    }
  }

  /** An open socket says nothing before what is subscribed to on it is confirmed. */
  function isSubscribed(open: readonly VenueSocket[]): boolean {
    const channels = new Set(open.flatMap((socket) => [...(confirmed.get(socket) ?? [])]));
    return channels.size >= (profile.subscriptions ?? 0);
  }

  const sockets = (): VenueSocket[] =>
    Object.values(venue.clients ?? {}).filter(({ url }) => profile.privateSocket.test(url));

  function look(): void {
    const open = sockets();
    const live = open.length > 0 && open.every(({ isConnected }) => isConnected) && isSubscribed(open);
    if (live && !isLive) {
      isLive = true;
      reason = undefined;
      onLive();
    } else if (!live) lose('the account stream was closed');
  }

  function lose(why: string): void {
    if (!isLive) return;
    isLive = false;
    reason = why;
    onLost(why);
  }

  function reopen(why: string): void {
    lose(why);
    reason = why;
    profile.forgetSession?.(venue);
    for (const socket of sockets()) {
      socket.onError(new Error(why));
      void socket.close()?.catch(() => {});
    }
  }

  async function keep(watch: (venue: Venue) => Promise<unknown>): Promise<void> {
    let retryMs = RETRY_FROM_MS;
    while (!isStopped) {
      try {
        await watch(venue);
        retryMs = RETRY_FROM_MS;
      } catch {
        // Why stands in what the calls of REST say; here it only has to be opened again.
        await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
        retryMs = Math.min(2 * retryMs, RETRY_TO_MS);
      }
    }
  }

  return {
    start() {
      for (const watch of profile.watchAccount) void keep(watch);
      looking = setInterval(look, LOOK_EVERY_MS);
    },
    stop() {
      isStopped = true;
      clearInterval(looking);
    },
    get isLive() {
      return isLive;
    },
    get reason() {
      return reason;
    },
    reopen,
  };
}
