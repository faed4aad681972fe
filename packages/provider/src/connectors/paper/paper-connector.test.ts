import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Envelope, validateEnvelope } from '@inspector/contract';
import { connectorContract } from '../connector.contract.ts';
import { orderOf, T0 } from './exchange/testing.ts';
import { createPaperConnector, type PaperConnectorSettings } from './paper-connector.ts';
import { memoryStore, type PaperStore } from './paper-store.ts';
import type { Ticker } from './ticker.ts';

const handTicker = (start = T0) => {
  let time = start;
  let ticking: (() => void) | undefined;
  const ticker: Ticker = {
    now: () => time,
    every: (_ms, tick) => {
      ticking = tick;
      return () => {
        ticking = undefined;
      };
    },
  };
  const pass = (ms: number): void => {
    for (const end = time + ms; time < end; ) {
      time += Math.min(100, end - time);
      ticking?.();
    }
  };
  return { ticker, pass, isTicking: () => ticking !== undefined };
};

const open = (settings: Partial<PaperConnectorSettings> = {}) =>
  createPaperConnector({
    balance: 10_000,
    makerFeePercent: 0.02,
    takerFeePercent: 0.05,
    seed: 1,
    historyMinutes: 0,
    ...settings,
  });

const order = (terms = {}) => orderOf({ symbol: { name: 'BTCUSDT' }, quantity: 0.01, leverage: 3, ...terms });

connectorContract('paper', async () => {
  const { ticker, pass } = handTicker();
  const under = { connector: open({ ticker }), symbol: 'BTCUSDT', quantity: 0.01, farBelow: 40_000 };
  return { ...under, market: async () => pass(1000) };
});

describe('the paper connector', () => {
  it('begins with the symbols, a market and a snapshot of the account, then goes on by the clock', async () => {
    const { ticker, pass } = handTicker();
    const seen: Envelope[] = [];
    const connector = open({ ticker });
    await connector.start((envelope) => seen.push(envelope));
    assert.equal(seen[0]?.type, 'PROVIDER_SYMBOLS');
    const snapshot = seen.at(-1);
    assert.ok(snapshot?.type === 'PROVIDER_ACCOUNT_EVENT');
    assert.equal(snapshot.payload.eventType, 'snapshot');
    assert.equal(snapshot.payload.options.walletBalance, 10_000);
    const before = seen.length;
    pass(2000);
    assert.ok(seen.length > before + 60);
    for (const envelope of seen) assert.equal(validateEnvelope(envelope).ok, true);
    assert.deepEqual(connector.status(), { ok: true, lastEventAt: T0 + 2000 });
    await connector.stop();
  });

  it("delivers an order's events before the call settles, and answers queries about it", async () => {
    const { ticker, pass } = handTicker();
    const seen: Envelope[] = [];
    const connector = open({ ticker });
    await connector.start((envelope) => seen.push(envelope));
    pass(1000);
    const before = seen.length;
    const placed = await connector.place(order());
    assert.equal(placed.status, 'FILLED');
    assert.deepEqual(
      seen.slice(before).map((event) => [event.type, event.seq]),
      [
        ['PROVIDER_ORDER_CREATE', 2],
        ['PROVIDER_ORDER_CLOSE', 3],
        ['PROVIDER_ACCOUNT_EVENT', 4],
      ],
    );
    const stop = await connector.place(
      order({ type: 'STOP_MARKET', side: 'SELL', stopPrice: 50_000, reduceOnly: true }),
    );
    assert.deepEqual(await connector.openOrders('ETHUSDT'), []);
    assert.deepEqual(await connector.openOrders(), [stop]);
    assert.deepEqual(await connector.order({ externalId: stop.externalId }), stop);
    assert.deepEqual(await connector.order({ id: placed.id }), placed);
    assert.equal(await connector.order({ clientOrderId: 'nobody' }), null);
    assert.equal((await connector.fills(0))[0]?.quantityExecuted, 0.01);
    assert.equal((await connector.account()).positions[0]?.leverage, 3);
    assert.equal((await connector.cancelAll())[0]?.status, 'CANCELED');
    assert.equal(await connector.cancel({ clientOrderId: 'nobody' }), null);
    await connector.stop();
  });

  it('tells of time-outs and reused ids by code', async () => {
    const { ticker } = handTicker();
    const connector = open({ ticker });
    await connector.start(() => {});
    connector.setFaults({ orders: [{ kind: 'timeout', times: 1 }] });
    const first = order();
    await assert.rejects(connector.place(first), { code: 'TIMEOUT' });
    assert.equal((await connector.place(first)).status, 'FILLED');
    await assert.rejects(connector.place({ ...first, quantity: 1 }), { code: 'DUPLICATE' });
    await assert.rejects(connector.setLeverage('NOUSDT', 3), { code: 'SYMBOL_UNKNOWN' });
    assert.deepEqual(await connector.setLeverage('BTCUSDT', 5), { symbol: 'BTCUSDT', leverage: 5 });
    await connector.stop();
  });

  it('stops ticking, once', async () => {
    const { ticker, pass, isTicking } = handTicker();
    let count = 0;
    const connector = open({ ticker });
    await connector.start(() => {
      count += 1;
    });
    await connector.stop();
    await connector.stop();
    const before = count;
    pass(1000);
    assert.equal(count, before);
    assert.equal(isTicking(), false);
  });

  it('has candles of listed symbols', async () => {
    const { ticker } = handTicker();
    const connector = open({ ticker, historyMinutes: 10 });
    assert.equal((await connector.candles({ symbol: 'BTCUSDT', interval: '1m' })).length, 10);
    await assert.rejects(connector.candles({ symbol: 'NOUSDT', interval: '1m' }), { code: 'SYMBOL_UNKNOWN' });
    assert.equal((await connector.symbols()).length, 8);
    await connector.stop();
  });
});

describe('the paper account', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'paper-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('survives a restart: wallet, position, orders, sequence and the price', async () => {
    const storeFile = join(directory, 'paper.db');
    const first = handTicker();
    const before = open({ ticker: first.ticker, storeFile });
    await before.start(() => {});
    first.pass(1000);
    const entry = await before.place(order());
    const stop = await before.place(order({ type: 'STOP_MARKET', side: 'SELL', stopPrice: 50_000, reduceOnly: true }));
    const account = await before.account();
    await before.stop();

    const second = handTicker(T0 + 60 * 60 * 1000);
    const seen: Envelope[] = [];
    const after = open({ ticker: second.ticker, storeFile, balance: 1 });
    await after.start((envelope) => seen.push(envelope));
    const restored = await after.account();
    assert.equal(restored.walletBalance, account.walletBalance);
    assert.deepEqual(restored.positions, account.positions);
    assert.deepEqual(await after.openOrders(), [stop]);
    assert.deepEqual(await after.order({ clientOrderId: entry.clientOrderId }), entry);
    const snapshot = seen.find((event) => event.type === 'PROVIDER_ACCOUNT_EVENT');
    assert.equal(snapshot?.seq, 6);
    assert.deepEqual(snapshot.payload.options.orders, [stop]);
    assert.ok(Math.abs(restored.availableBalance / account.availableBalance - 1) < 0.01);
    await after.stop();
  });

  it('goes on without its store, says so, and keeps what is owed when the store is back', async () => {
    const { ticker, pass } = handTicker();
    const saved: string[] = [];
    let isFull = false;
    const store: PaperStore = {
      ...memoryStore(),
      saveAccount: (_ledger, orders) => {
        if (isFull) throw new Error('database or disk is full');
        saved.push(...orders.map((entry) => entry.order.clientOrderId));
      },
    };
    const connector = open({ ticker, store });
    await connector.start(() => {});
    isFull = true;
    const first = await connector.place(order());
    assert.equal(first.status, 'FILLED');
    pass(100);
    assert.equal(connector.status().ok, false);
    assert.match(connector.status().reason ?? '', /disk is full/);
    isFull = false;
    const second = await connector.place(order({ side: 'SELL', reduceOnly: true }));
    assert.equal(second.status, 'FILLED');
    assert.deepEqual(saved, [first.clientOrderId, second.clientOrderId]);
    assert.equal(connector.status().ok, true);
    await connector.stop();
  });

  it("is refused with the file's name when the file is no such store", () => {
    const storeFile = join(directory, 'paper.db');
    writeFileSync(storeFile, 'this is not a database, but it is long enough to be taken for one'.repeat(20));
    assert.throws(() => open({ storeFile }), { code: 'STATE_UNREADABLE', message: /paper\.db/ });
  });
});
