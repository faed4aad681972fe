import assert from 'node:assert/strict';
import test from 'node:test';
import type { Order } from '@inspector/contract';
import { type AccountState, ConnectorError } from './connector.ts';
import { readWhole } from './read-whole.ts';

const flat: AccountState = { time: 1, walletBalance: 100, availableBalance: 100, marginRatio: 0, positions: [] };
const long: AccountState = {
  ...flat,
  positions: [{ symbol: 'BTCUSDT', side: 'LONG', quantity: 1, entryPrice: 100 }],
};
const entry = { clientOrderId: 'entry' } as Order;

test('an order that fills while the venue is asked is in the answer', async () => {
  let isFilled = false;
  const venue = {
    async openOrders() {
      const shown = isFilled ? [] : [entry];
      isFilled = true;
      return shown;
    },
    async account() {
      const shown = isFilled ? long : flat;
      isFilled = true;
      return shown;
    },
  };
  const { account, openOrders } = await readWhole(venue);
  assert.deepEqual([account, openOrders], [long, [entry]]);
});

test('half an answer is none, and the other half is not asked for', async () => {
  let asked = 0;
  const venue = {
    openOrders: () => Promise.reject(new ConnectorError('UNAVAILABLE', 'down')),
    account: async () => {
      asked += 1;
      return flat;
    },
  };
  await assert.rejects(readWhole(venue), { code: 'UNAVAILABLE' });
  assert.equal(asked, 0);
  await assert.rejects(readWhole({ openOrders: async () => [], account: venue.openOrders }), { code: 'UNAVAILABLE' });
});
