import type { Transfer } from './profiles/profile.ts';
import type { UserWord } from './user-words.ts';

type AccountWord = Extract<UserWord, { kind: 'account' }>;
type Moved = Pick<Transfer, 'asset' | 'amount' | 'time'>;

/** A wallet that moved is asked about so much later, unless a fill has explained it by then. */
const ASKED_AFTER_MS = 150;
/** A log that did not answer is read again after so long. */
const ASKED_AGAIN_MS = 5_000;
/** What a fill does to position and wallet is told within so much of each other. */
const SAME_MOMENT_MS = 200;
/** A log may show a transfer late: so much of what was asked for is asked for again. */
const OVERLAP_MS = 60_000;
/** Log and stream give a transfer times of their own; of the same amount and no farther apart than this it is the same. */
const SAME_TRANSFER_MS = 10_000;
/** Amounts are computed from balances here and there: they may differ by so much of themselves. */
const SAME_AMOUNT = 1e-6;
/** Transfers that are remembered, so that none is told twice; there are never more in the overlap. */
const KNOWN_LIMIT = 10_000;

export interface TransferWatchPorts {
  /** The venue's log. Undefined where it is not read: then only the stream tells. */
  fetch: ((since: number) => Promise<Transfer[]>) | undefined;
  /** The stream tells of transfers, and the log of what it missed. Otherwise a wallet that moves alone is asked about. */
  isStreamed: boolean;
  /** Venue time. */
  now: () => number;
  tell: (transfer: Transfer) => void;
}

/** Deposits and withdrawals, each told once, by the stream or by the venue's log. */
export interface TransferWatch {
  /** What comes from now on is told; a second call changes nothing. */
  begin(): void;
  /** Hears what the stream says of the account; answers what is left to tell of it: a transfer may have been told. */
  heard(word: AccountWord): AccountWord;
  /** The venue shows a wallet that nobody told of: the log is read soon, and again until it answers. */
  suspect(): void;
  stop(): void;
}

export function createTransferWatch({ fetch, isStreamed, now, tell }: TransferWatchPorts): TransferWatch {
  const known = new Set<string>();
  /** Told by one side, and not yet shown by the other. */
  const streamed: Moved[] = [];
  const logged: Moved[] = [];
  let positionsMovedAt = Number.NEGATIVE_INFINITY;
  /** What came before was there before. */
  let since: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** The log is to be read whatever moves. */
  let isOwed = false;
  let isStopped = false;

  async function ask(): Promise<void> {
    if (fetch === undefined || since === undefined || isStopped) return;
    const askedAt = now();
    const shown = await fetch(since).catch(() => undefined);
    if (isStopped) return;
    if (shown === undefined) {
      isOwed = true;
      askIn(ASKED_AGAIN_MS);
      return;
    }
    since = Math.max(since, askedAt - OVERLAP_MS);
    for (const transfer of shown) {
      if (known.has(transfer.id)) continue;
      known.add(transfer.id);
      if (isStreamed && taken(streamed, transfer)) continue;
      if (isStreamed) keep(logged, transfer);
      tell(transfer);
    }
    for (const waiting of [streamed, logged]) forget(waiting, since - SAME_TRANSFER_MS);
    for (const id of known) {
      if (known.size <= KNOWN_LIMIT) break;
      known.delete(id);
    }
  }

  function askIn(ms: number): void {
    if (fetch === undefined || isStopped) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      isOwed = false;
      void ask();
    }, ms);
  }

  function noteMoves({ time, wallets, positions }: AccountWord): void {
    // What moves a position moves the wallet too.
    if (positions.length > 0) {
      positionsMovedAt = time;
      if (isOwed) return;
      clearTimeout(timer);
      timer = undefined;
    } else if (wallets.length > 0 && Math.abs(time - positionsMovedAt) > SAME_MOMENT_MS) askIn(ASKED_AFTER_MS);
  }

  return {
    begin() {
      since ??= now();
    },
    heard(word) {
      if (fetch === undefined || isStopped) return word;
      if (!isStreamed) noteMoves(word);
      if (word.transfer === undefined) return word;
      const { transfer, ...rest } = word;
      const moved = { ...transfer, time: word.time };
      if (taken(logged, moved)) return rest;
      keep(streamed, moved);
      return word;
    },
    suspect() {
      isOwed = true;
      askIn(ASKED_AFTER_MS);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** Finds the same transfer among those that wait for it, and takes it out. */
function taken(waiting: Moved[], { asset, amount, time }: Moved): boolean {
  const at = waiting.findIndex(
    (each) =>
      each.asset === asset &&
      Math.abs(each.amount - amount) <= SAME_AMOUNT * Math.abs(amount) &&
      Math.abs(each.time - time) <= SAME_TRANSFER_MS,
  );
  if (at < 0) return false;
  waiting.splice(at, 1);
  return true;
}

function keep(waiting: Moved[], moved: Moved): void {
  waiting.push(moved);
  if (waiting.length > KNOWN_LIMIT) waiting.shift();
}

/** What came before is not asked for again. */
function forget(waiting: Moved[], from: number): void {
  while (waiting[0] !== undefined && waiting[0].time < from) waiting.shift();
}
