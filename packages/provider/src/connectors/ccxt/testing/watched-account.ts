import assert from 'node:assert/strict';
import type { Order } from '@inspector/contract';
import { type AccountWatch, type AccountWatchPorts, createAccountWatch } from '../account-watch.ts';
import { pass, settled } from './standing-clock.ts';

/** A watch whose ports are in the test's hand. */
export interface WatchedAccount {
  watch: AccountWatch;
  /** What happened, in order: `gap`, `told`, `checked`, `reopened: why`, `asked for <client id>`, `listed <symbol>`. */
  done: string[];
  log: string[];
  /** How things are; to be changed by the test. */
  is: {
    live: boolean;
    telling: () => Promise<void>;
    differences: () => Promise<string[]>;
    held: string[];
    believed: Order[];
    /** Open orders of the venue. */
    shown: Order[];
    /** What asking for an order does. */
    asked: (clientOrderId: string) => void;
  };
  live(): Promise<void>;
  lost(): void;
}

export function watchedAccount(terms: { isPolled?: boolean } = {}): WatchedAccount {
  const done: string[] = [];
  const log: string[] = [];
  const is: WatchedAccount['is'] = {
    ...{ live: false, telling: async () => {}, differences: async () => [], held: [], believed: [], shown: [] },
    asked: () => {},
  };
  const watch = createAccountWatch({
    account: {
      async tellSnapshot() {
        await is.telling();
        done.push('told');
      },
      differences() {
        done.push('checked');
        return is.differences();
      },
      held: () => is.held,
    } as unknown as AccountWatchPorts['account'],
    orders: {
      async order({ clientOrderId = '' }) {
        done.push(`asked for ${clientOrderId}`);
        is.asked(clientOrderId);
        return null;
      },
      async openOrders(symbol) {
        done.push(`listed ${symbol}`);
        return is.shown;
      },
    },
    ledger: { open: () => is.believed },
    user: {
      get isLive() {
        return is.live;
      },
      get reason() {
        return is.live ? undefined : 'the account stream is being opened';
      },
      reopen: (why) => done.push(`reopened: ${why}`),
    },
    words: { gap: () => done.push('gap') },
    place: { connectorType: 'binance', marketType: 'futures' },
    log: { info: () => {}, warn: (_fields, message) => log.push(message) },
    isPolled: terms.isPolled ?? false,
  });
  return {
    ...{ watch, done, log, is },
    async live() {
      is.live = true;
      watch.live();
      await settled();
    },
    lost() {
      is.live = false;
      watch.lost('the account stream was closed');
    },
  };
}

/** A watch whose stream is live and whose account was told. */
export async function watchedLive(): Promise<WatchedAccount> {
  const under = watchedAccount();
  under.watch.start();
  await under.live();
  await pass(100);
  assert.deepEqual([under.done.splice(0), under.watch.reason], [['told', 'checked'], undefined]);
  return under;
}
