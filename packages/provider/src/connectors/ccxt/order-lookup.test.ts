import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import type { Market } from 'ccxt';
import { ConnectorError } from '../connector.ts';
import { readInstruments } from './instruments.ts';
import { createOrderLookup, type OrderLookup, type OrderLookupPorts } from './order-lookup.ts';
import { standStill } from './testing/standing-clock.ts';

const bitcoin = {
  ...{ id: 'BTCUSDT', symbol: 'BTC/USDT:USDT', base: 'BTC', quote: 'USDT', settle: 'USDT', swap: true, linear: true },
  ...{ contractSize: 1, precision: { price: 0.1, amount: 0.001 }, limits: {}, info: {} },
} as unknown as Market;

/** A venue without open orders, and what it was asked for: 'all' is its whole list. */
function lookupAt(active: string[]): { lookup: OrderLookup; asked: string[]; venue: { fails: boolean } } {
  const instruments = readInstruments([bitcoin], { marketType: 'futures' });
  const asked: string[] = [];
  const venue = { fails: false };
  const ports = {
    profile: { hasConditionalBook: true, defaultSymbols: ['BTCUSDT'] },
    calls: {
      async openOrders(_urgency: string, symbol = 'all') {
        asked.push(symbol);
        if (venue.fails) throw new ConnectorError('UNAVAILABLE', 'down');
        return [];
      },
    },
    ready: async () => ({ instruments }),
    activeSymbols: () => active,
    now: Date.now,
  } as unknown as OrderLookupPorts;
  return { lookup: createOrderLookup(ports), asked, venue };
}

describe('the list of open orders of all symbols', () => {
  beforeEach(standStill);

  it('is asked for when it is due, and whenever the answer would be that nothing is open', async () => {
    const { lookup, asked } = lookupAt(['BTCUSDT']);
    await lookup.openOrders();
    mock.timers.tick(4_999);
    await lookup.openOrders();
    mock.timers.tick(4_999);
    await lookup.openOrders();
    mock.timers.tick(5_000);
    await lookup.openOrders();
    assert.deepEqual(asked, ['all', 'BTC/USDT:USDT', 'all', 'BTC/USDT:USDT', 'all', 'all']);
  });

  for (const active of [['BTCUSDT'], []]) {
    it(`is not asked of a venue that fails, with ${active.length} active symbols: one symbol is, until it answers`, async () => {
      const { lookup, asked, venue } = lookupAt(active);
      venue.fails = true;
      for (let second = 0; second < 10; second += 1) {
        await assert.rejects(lookup.openOrders(), { code: 'UNAVAILABLE' });
        mock.timers.tick(1_000);
      }
      assert.deepEqual(asked, ['all', ...Array.from({ length: 9 }, () => 'BTC/USDT:USDT')]);
      venue.fails = false;
      assert.deepEqual(await lookup.openOrders(), []);
      assert.deepEqual(asked.slice(-2), ['BTC/USDT:USDT', 'all'], 'that nothing is open is what the whole list says');
      assert.deepEqual(await lookup.openOrders(), []);
      assert.equal(asked.at(-1), 'all');
      assert.equal(asked.length, 12 + active.length + 1, 'a venue that answers is not asked first');
    });
  }

  it('that failed counts as asked for: until it is due the symbols that matter go before it', async () => {
    const { lookup, asked, venue } = lookupAt(['BTCUSDT']);
    venue.fails = true;
    await assert.rejects(lookup.openOrders(), { code: 'UNAVAILABLE' });
    venue.fails = false;
    mock.timers.tick(4_999);
    await lookup.openOrders();
    assert.deepEqual(asked, ['all', 'BTC/USDT:USDT', 'BTC/USDT:USDT', 'all'], 'first, and then as before');
  });
});
