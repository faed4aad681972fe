import type { Transfer } from './profiles/profile.ts';
import type { UserWord } from './user-words.ts';

/** A wallet that moved is asked about so much later, unless a fill has explained it by then. */
const ASKED_AFTER_MS = 150;
/** What a fill does to position and wallet is told within so much of each other. */
const SAME_MOMENT_MS = 200;
/** A log may show a transfer late: so much of what was asked for is asked for again. */
const OVERLAP_MS = 60_000;
/** Transfers that are remembered, so that none is told twice; there are never more in the overlap. */
const KNOWN_LIMIT = 10_000;

export interface TransferWatchPorts {
  /** Undefined where the stream tells of transfers itself. */
  fetch: ((since: number) => Promise<Transfer[]>) | undefined;
  /** Venue time. */
  now: () => number;
  tell: (word: Extract<UserWord, { kind: 'account' }>) => void;
}

/** Tells of deposits and withdrawals where the stream shows a wallet that moved, and not why. */
export interface TransferWatch {
  /** Hears what the stream says of the account. */
  note(word: Extract<UserWord, { kind: 'account' }>): void;
  /** Asks now: something may have been missed. What fails is asked for at the next occasion. */
  ask(): Promise<void>;
  stop(): void;
}

export function createTransferWatch({ fetch, now, tell }: TransferWatchPorts): TransferWatch {
  const known = new Set<string>();
  const balances = new Map<string, number>();
  let positionsMovedAt = Number.NEGATIVE_INFINITY;
  /** What came before the first question was there before. */
  let since: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function ask(): Promise<void> {
    if (fetch === undefined || isStopped) return;
    const askedAt = now();
    since ??= askedAt;
    const shown = await fetch(since).catch(() => undefined);
    if (shown === undefined || isStopped) return;
    since = Math.max(since, askedAt - OVERLAP_MS);
    for (const { id, asset, amount, time } of shown) {
      if (known.has(id)) continue;
      known.add(id);
      const balance = balances.get(asset);
      // With the wallet as it was heard last nobody can count the transfer twice.
      const wallets = balance === undefined ? [] : [{ asset, balance }];
      tell({ kind: 'account', time, wallets, positions: [], transfer: { asset, amount } });
    }
    for (const id of known) {
      if (known.size <= KNOWN_LIMIT) break;
      known.delete(id);
    }
  }

  return {
    note({ time, wallets, positions }) {
      if (fetch === undefined || isStopped) return;
      for (const { asset, balance } of wallets) balances.set(asset, balance);
      // What moves a position moves the wallet too.
      if (positions.length > 0) {
        positionsMovedAt = time;
        clearTimeout(timer);
        timer = undefined;
      } else if (wallets.length > 0 && Math.abs(time - positionsMovedAt) > SAME_MOMENT_MS) {
        timer ??= setTimeout(() => {
          timer = undefined;
          void ask();
        }, ASKED_AFTER_MS);
      }
    },
    ask,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
