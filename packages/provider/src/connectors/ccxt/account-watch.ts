/**
 * Keeps what is told of the account true. While the stream lives, REST is asked every few seconds whether it tells
 * everything; while it does not, REST tells instead and entries wait.
 */
import type { Order } from '@inspector/contract';
import { ConnectorError } from '../connector.ts';
import type { VenueAccount } from './account.ts';
import type { AccountWords } from './account-words.ts';
import type { ConnectorLog } from './ccxt-connector.ts';
import type { OrderLedger } from './order-ledger.ts';
import { isConditional } from './order-words.ts';
import type { Orders } from './orders.ts';
import type { UserStream } from './user-stream.ts';

/** A stream that says nothing looks like an account in which nothing happens: this often the difference is looked for. */
const CHECK_EVERY_MS = 3_000;
/** A difference is one when it is still there so much later: what has just happened may be on its way. */
const CONFIRM_MS = 600;
/** While the stream is lost. */
const POLL_EVERY_MS = 2_000;
/** A stream that is not open by then is opened later; the account is told without it. */
const OPENS_WITHIN_MS = 3_000;
const LOOK_MS = 100;
/** One check that fails may be a slow answer; after so many in a row nobody knows any more what the stream leaves out. */
const FAILED_CHECKS = 2;
/** Symbols whose open orders are checked in one round, in turns. */
const ORDERS_CHECKED = 10;

export interface AccountWatchPorts {
  account: VenueAccount;
  orders: Pick<Orders, 'order' | 'openOrders'>;
  ledger: Pick<OrderLedger, 'open'>;
  user: Pick<UserStream, 'isLive' | 'reason' | 'reopen'>;
  words: Pick<AccountWords, 'gap'>;
  place: { connectorType: string; marketType: string };
  log: ConnectorLog;
  /** The venue's stream is not read: the account is asked all the time. */
  isPolled: boolean;
}

export interface AccountWatch {
  start(): void;
  stop(): void;
  /** Resolves when the account was told for the first time, or after so long. */
  first(withinMs: number): Promise<void>;
  live(): void;
  lost(reason: string): void;
  /** Why what is told of the account may be behind; undefined when it is not. */
  readonly reason: string | undefined;
}

export function createAccountWatch(ports: AccountWatchPorts): AccountWatch {
  const { account, orders, ledger, user, words, place, log, isPolled } = ports;
  const { promise: wasFirst, resolve: noteFirst } = Promise.withResolvers<void>();
  let isStopped = false;
  let wasTold = false;
  /** Everything up to now was told. */
  let isTrue = false;
  let lastTrouble: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> | undefined;
  let turn = 0;
  let failedChecks = 0;

  /** The account as it stands. What may have been missed before shows by the number that is left out. */
  function tellAll(): Promise<void> {
    telling ??= (async () => {
      try {
        if (wasTold) words.gap();
        await account.tellSnapshot();
        wasTold = true;
        isTrue = isPolled || user.isLive;
        lastTrouble = undefined;
        failedChecks = 0;
        noteFirst();
      } catch (error) {
        isTrue = false;
        lastTrouble = (error as Error).message;
      } finally {
        telling = undefined;
      }
    })();
    return telling;
  }

  async function check(): Promise<void> {
    const missed = (await positionsMissed()) ?? (await orderMissed());
    if (missed === undefined || isStopped || !user.isLive) return;
    log.warn(place, `the account stream did not tell of ${missed}: it is opened anew`);
    isTrue = false;
    user.reopen(`the stream did not tell of ${missed}`);
    await tellAll();
  }

  function noteUnchecked(error: unknown): void {
    failedChecks += 1;
    // An account in a mode that cannot be governed is not one that happens to answer late.
    const isMode = error instanceof ConnectorError && error.code === 'ACCOUNT_MODE';
    if (!isMode && failedChecks < FAILED_CHECKS) return;
    isTrue = false;
    lastTrouble = (error as Error).message;
    log.warn(place, `the account could not be checked: ${lastTrouble}`);
  }

  async function positionsMissed(): Promise<string | undefined> {
    const [name] = await account.differences();
    if (name === undefined) return undefined;
    await pause(CONFIRM_MS);
    return (await account.differences()).includes(name) ? `the position in ${name}` : undefined;
  }

  /** An order that is open as far as was told, and not at the venue: it ended without a word. */
  async function orderMissed(): Promise<string | undefined> {
    const names = account.held();
    for (let count = 0; count < Math.min(names.length, ORDERS_CHECKED); count += 1) {
      turn = (turn + 1) % names.length;
      const symbol = names[turn]!;
      const believed = ledger
        .open()
        .filter((order) => order.symbol.name === symbol && isConditional(order) && wasAccepted(order));
      if (believed.length === 0) continue;
      const shown = new Set((await orders.openOrders(symbol)).map(({ clientOrderId }) => clientOrderId));
      for (const { clientOrderId } of believed) {
        if (shown.has(clientOrderId) || !isStillOpen(clientOrderId)) continue;
        await pause(CONFIRM_MS);
        if (!isStillOpen(clientOrderId)) continue;
        // Asking tells how it ended.
        await orders.order({ clientOrderId, symbol });
        if (!isStillOpen(clientOrderId)) return `the end of order ${clientOrderId}`;
      }
    }
    return undefined;
  }

  const isStillOpen = (id: string): boolean => ledger.open().some(({ clientOrderId }) => clientOrderId === id);

  async function round(): Promise<void> {
    if (isPolled || !user.isLive || !isTrue) await tellAll();
    else await check().then(() => (failedChecks = 0), noteUnchecked);
    if (isStopped) return;
    timer = setTimeout(() => void round(), isPolled || !isTrue ? POLL_EVERY_MS : CHECK_EVERY_MS);
  }

  /** The first picture is taken when the stream is open, so that nothing falls between; not for ever. */
  async function begin(): Promise<void> {
    for (let waited = 0; !isPolled && !user.isLive && waited < OPENS_WITHIN_MS && !isStopped; waited += LOOK_MS)
      await pause(LOOK_MS);
    await telling;
    if (!isStopped) await round();
  }

  return {
    start: () => void begin(),
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
    async first(withinMs) {
      await Promise.race([wasFirst, pause(withinMs)]);
    },
    live() {
      // What happened before the stream was open is in the snapshot.
      void (telling ?? Promise.resolve()).then(tellAll);
    },
    lost(reason) {
      isTrue = false;
      log.warn(place, `the account is asked by REST meanwhile: ${reason}`);
    },
    get reason() {
      if (isTrue) return undefined;
      return lastTrouble ?? user.reason ?? 'the account is being read';
    },
  };
}

/** The venue has given it an id. */
const wasAccepted = ({ externalId }: Order): boolean => externalId !== '';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
