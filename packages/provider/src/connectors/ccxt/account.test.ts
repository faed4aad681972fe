import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountEventPayload, Order } from '@inspector/contract';
import type { Market, Position } from 'ccxt';
import { createVenueAccount, type VenueAccount, type VenueAccountPorts } from './account.ts';
import { readInstruments } from './instruments.ts';
import { orderOf, T0 } from './testing/order-for-test.ts';
import type { UserWord } from './user-words.ts';
import { VenueTrouble } from './venue-calls.ts';

const marketOf = (base: string, contractSize = 1): Market =>
  ({
    ...{ id: `${base}USDT`, symbol: `${base}/USDT:USDT`, base, quote: 'USDT', settle: 'USDT' },
    ...{ swap: true, linear: true, contractSize, precision: { price: 0.1, amount: 0.001 }, limits: {}, info: {} },
  }) as unknown as Market;

const instruments = readInstruments([marketOf('BTC'), marketOf('ETH'), marketOf('XRP', 10)], { marketType: 'futures' });

/** A position as ccxt shows it. */
const shown = (base: string, contracts: number, side = 'long', leverage?: number): Position =>
  ({ symbol: `${base}/USDT:USDT`, contracts, side, entryPrice: 100, leverage }) as unknown as Position;

/** The same, as it is told. */
const row = (symbol: string, quantity: number, side: 'LONG' | 'SHORT' = 'LONG', entryPrice = 100) => ({
  ...{ symbol, side, quantity, entryPrice },
});

interface Watched {
  account: VenueAccount;
  /** What the venue shows from now on. */
  shows: { positions: Position[]; wallets: [string, number][]; orders: Order[] };
  told: Pick<AccountEventPayload, 'eventType' | 'eventTime' | 'options'>[];
  symbols: string[];
  /** How often it was said that the wallet had moved untold. */
  moved: { count: number };
  change(word?: Partial<AccountWord>): void;
}
type AccountWord = Extract<UserWord, { kind: 'account' }>;

function watched(profile: Partial<VenueAccountPorts['profile']> = {}, calls = {}): Watched {
  const shows: Watched['shows'] = { positions: [], wallets: [['USDT', 1_000]], orders: [] };
  const told: Watched['told'] = [];
  const symbols: string[] = [];
  const moved = { count: 0 };
  const account = createVenueAccount({
    profile: { marketType: 'futures', ...profile },
    calls: {
      positions: async () => shows.positions,
      balances: async () => ({ wallets: new Map(shows.wallets), availableBalance: 900, marginRatio: 0.1 }),
      ...calls,
    } as unknown as VenueAccountPorts['calls'],
    words: { account: (event) => told.push(event), order: () => {}, gap: () => {} },
    clock: { now: () => T0, offsetMs: 0, measure: async () => {} },
    instruments: () => instruments,
    openOrders: async () => shows.orders,
    onSymbols: (names) => symbols.push(...names),
    onWalletMoved: () => {
      moved.count += 1;
    },
  });
  const change: Watched['change'] = (word = {}) =>
    account.tellChange({ kind: 'account', time: T0 + 1, wallets: [], positions: [], ...word });
  return { account, shows, told, symbols, moved, change };
}

const balancesOf = (options: object) => ({ walletBalance: 1_000, availableBalance: 900, marginRatio: 0.1, ...options });

describe('the account as the venue shows it', () => {
  it('is its money and its open positions', async () => {
    const { account, shows } = watched();
    shows.positions = [shown('BTC', 0.5, 'long', 5), shown('ETH', 2, 'short', 0), shown('XRP', 0)];
    assert.deepEqual(await account.read('account'), {
      time: T0,
      ...balancesOf({ positions: [{ ...row('BTCUSDT', 0.5), leverage: 5 }, row('ETHUSDT', 2, 'SHORT')] }),
    });
  });

  it('counts base units, and leaves out what is no market of its own', async () => {
    const { account, shows } = watched();
    shows.positions = [shown('XRP', 3), shown('DOGE', 1)];
    assert.deepEqual((await account.read('account')).positions, [row('XRPUSDT', 30)]);
  });

  it('has the money that counts one for one, and no other asset', async () => {
    const { account, shows } = watched();
    shows.wallets = [
      ['USDT', 0.1],
      ['USDC', 0.2],
      ['BTC', 5],
    ];
    assert.equal((await account.read('account')).walletBalance, 0.3);
  });

  it('is refused when a symbol is held long and short at once', async () => {
    const { account, shows } = watched();
    shows.positions = [shown('BTC', 0.5, 'long'), shown('BTC', 0.2, 'short')];
    await assert.rejects(account.read('account'), { code: 'ACCOUNT_MODE', message: /BTCUSDT is held long and short/ });
    shows.positions = [shown('BTC', 0.5, 'long'), shown('BTC', 0, 'short')];
    assert.deepEqual((await account.read('account')).positions, [row('BTCUSDT', 0.5)]);
  });

  it('has no positions where the market is spot', async () => {
    const { account, shows } = watched({ marketType: 'spot' });
    shows.positions = [shown('BTC', 1)];
    assert.deepEqual((await account.read('account')).positions, []);
  });

  it('is what the profile reads of both at once, where it does', async () => {
    const both = { balances: { wallets: new Map([['USDT', 7]]), availableBalance: 6, marginRatio: 0 }, positions: [] };
    const { account } = watched({ readAccount: async () => both }, { account: async () => both });
    assert.equal((await account.read('account')).walletBalance, 7);
  });

  it('cannot be had when the venue does not say', async () => {
    const says = (meaning: 'outcome-unknown' | 'key') => ({
      positions: () => Promise.reject(new VenueTrouble({ meaning, words: 'no' })),
    });
    await assert.rejects(watched({}, says('outcome-unknown')).account.read('account'), { code: 'TIMEOUT' });
    await assert.rejects(watched({}, says('key')).account.read('account'), { code: 'UNAVAILABLE' });
  });
});

describe('the account as it is told', () => {
  it('is whole at first, without a word of what was there before', async () => {
    const { account, shows, told, symbols } = watched();
    shows.positions = [shown('BTC', 0.5)];
    const order = orderOf({ symbol: { name: 'ETHUSDT' } });
    shows.orders = [order];
    await account.tellSnapshot();
    const options = balancesOf({ positions: [row('BTCUSDT', 0.5)], orders: [order] });
    assert.deepEqual(told, [{ eventType: 'snapshot', eventTime: T0, options }]);
    assert.deepEqual(symbols, ['BTCUSDT', 'ETHUSDT']);
    assert.deepEqual(account.held(), ['BTCUSDT']);
  });

  it('is told again with what moved without a word, before it is told whole', async () => {
    const { account, shows, told } = watched();
    shows.positions = [shown('BTC', 0.5), shown('ETH', 1)];
    await account.tellSnapshot();
    shows.positions = [shown('ETH', 1), shown('XRP', 1, 'short')];
    await account.tellSnapshot();
    assert.deepEqual(
      told.map(({ eventType }) => eventType),
      ['snapshot', 'position', 'snapshot'],
    );
    const gone = { ...row('BTCUSDT', 0), entryPrice: 0 };
    assert.deepEqual(told[1]?.options.positions, [gone, row('XRPUSDT', 10, 'SHORT')]);
    assert.deepEqual(account.held(), ['ETHUSDT', 'XRPUSDT']);
    await account.tellSnapshot();
    assert.equal(told.length, 4, 'nothing moved any more');
  });

  it('tells the changes of the stream: positions, balances, and both in one', async () => {
    const { account, told, change } = watched();
    await account.tellSnapshot();
    change({ positions: [row('BTCUSDT', 0.5)], wallets: [{ asset: 'USDT', balance: 990 }] });
    change({ positions: [row('BTCUSDT', 0.2, 'SHORT')] });
    change({ wallets: [{ asset: 'USDT', balance: 980 }] });
    assert.deepEqual(told.slice(1), [
      {
        ...{ eventType: 'position', eventTime: T0 + 1 },
        options: { walletBalance: 990, positions: [row('BTCUSDT', 0.5)] },
      },
      { eventType: 'position', eventTime: T0 + 1, options: { positions: [row('BTCUSDT', 0.2, 'SHORT')] } },
      { eventType: 'balance', eventTime: T0 + 1, options: { walletBalance: 980 } },
    ]);
    assert.deepEqual(account.held(), ['BTCUSDT']);
  });

  it('says nothing of assets and symbols that do not count', async () => {
    const { account, told, change } = watched();
    await account.tellSnapshot();
    change({ wallets: [{ asset: 'BNB', balance: 3 }] });
    change({ positions: [row('BTCUSD_PERP', 1)] });
    change();
    assert.equal(told.length, 1);
  });

  it('says that money came, or went, and what is there then', async () => {
    const { account, told, change } = watched();
    await account.tellSnapshot();
    const moved = (amount: number, balance: number) =>
      change({ transfer: { asset: 'USDT', amount }, wallets: [{ asset: 'USDT', balance }] });
    moved(500, 1_500);
    moved(-200, 1_300);
    assert.deepEqual(
      told.slice(1).map(({ eventType, options }) => [eventType, options]),
      [
        ['transfer', { amount: 500, walletBalance: 1_500 }],
        ['transfer', { amount: -200, walletBalance: 1_300 }],
      ],
    );
    change({ transfer: { asset: 'BNB', amount: 1 }, wallets: [{ asset: 'BNB', balance: 1 }] });
    assert.equal(told.length, 3, 'another asset is no money');
  });

  it('says when the venue shows another wallet than was told', async () => {
    const { account, shows, moved, change } = watched();
    await account.read('account');
    await account.tellSnapshot();
    await account.read('account');
    assert.equal(moved.count, 0, 'as it was told');
    shows.wallets = [['USDT', 1_500]];
    await account.read('account');
    assert.equal(moved.count, 1);
    await account.tellSnapshot();
    await account.tellSnapshot();
    assert.equal(moved.count, 2, 'told by the first of the two');
    change({ wallets: [{ asset: 'USDT', balance: 1_400 }] });
    shows.wallets = [['USDT', 1_400]];
    await account.read('account');
    assert.equal(moved.count, 2, 'the stream has told it');
  });

  it('tells a transfer of the log with the wallet that has it, and alone where no wallet was told since', async () => {
    const { account, told, change } = watched();
    await account.tellSnapshot();
    change({ time: T0 + 5, wallets: [{ asset: 'USDT', balance: 1_500 }] });
    for (const time of [T0 + 1, T0 + 5, T0 + 6]) account.tellTransfer({ id: 't', asset: 'USDT', amount: 500, time });
    account.tellTransfer({ id: 't', asset: 'BNB', amount: 1, time: T0 + 1 });
    assert.deepEqual(told.slice(2), [
      { eventType: 'transfer', eventTime: T0 + 5, options: { amount: 500, walletBalance: 1_500 } },
      { eventType: 'transfer', eventTime: T0 + 5, options: { amount: 500, walletBalance: 1_500 } },
      { eventType: 'transfer', eventTime: T0 + 6, options: { amount: 500 } },
    ]);
  });

  it('tells no transfer that was in the account when it was told first', async () => {
    const { account, told } = watched();
    account.tellTransfer({ id: 't', asset: 'USDT', amount: 500, time: T0 - 1 });
    await account.tellSnapshot();
    account.tellTransfer({ id: 't', asset: 'USDT', amount: 500, time: T0 });
    assert.equal(told.length, 1);
    account.tellTransfer({ id: 't', asset: 'USDT', amount: 500, time: T0 + 1 });
    assert.equal(told.length, 2);
  });

  it('names the symbols in which a position was opened, not those that were left', async () => {
    const { account, symbols, change } = watched();
    await account.tellSnapshot();
    change({ positions: [row('BTCUSDT', 0.5), row('ETHUSDT', 0)] });
    assert.deepEqual(symbols, ['BTCUSDT']);
  });
});

describe('a hedged symbol in the account', () => {
  const long = (quantity: number) => ({ ...row('BTCUSDT', quantity), hedgeSide: 'LONG' as const });
  const short = (quantity: number) => ({ ...row('BTCUSDT', quantity, 'SHORT'), hedgeSide: 'SHORT' as const });

  const rowsTold = async (...changes: AccountWord['positions'][]) => {
    const { account, told, change } = watched();
    await account.tellSnapshot();
    for (const positions of changes) change({ positions });
    return told.slice(1).map(({ options }) => options.positions);
  };

  it('is told as the side that is open', async () => {
    assert.deepEqual(await rowsTold([long(0.5), short(0)]), [[row('BTCUSDT', 0.5)]]);
    assert.deepEqual(await rowsTold([long(0), short(0.5)]), [[row('BTCUSDT', 0.5, 'SHORT')]]);
    assert.deepEqual(await rowsTold([short(0.5), long(0)]), [[row('BTCUSDT', 0.5, 'SHORT')]]);
  });

  it('is flat when its open side is, and not when the other is', async () => {
    assert.deepEqual(await rowsTold([long(0.5)], [short(0)], [long(0)]), [[row('BTCUSDT', 0.5)], [row('BTCUSDT', 0)]]);
  });

  it('turns when one side is left and the other entered in the same moment', async () => {
    const turned = [row('BTCUSDT', 0.3, 'SHORT')];
    assert.deepEqual(await rowsTold([long(0.5)], [long(0), short(0.3)]), [[row('BTCUSDT', 0.5)], turned]);
    assert.deepEqual(await rowsTold([long(0.5)], [short(0.3), long(0)]), [[row('BTCUSDT', 0.5)], turned]);
  });

  it('is not told as the second side that is opened beside the first', async () => {
    assert.deepEqual(await rowsTold([long(0.5)], [short(0.3)]), [[row('BTCUSDT', 0.5)]]);
    assert.deepEqual(await rowsTold([long(0.5)], [long(0.5), short(0.3)]), [
      [row('BTCUSDT', 0.5)],
      [row('BTCUSDT', 0.5)],
    ]);
  });
});

describe('what differs between the account and what was told of it', () => {
  it('is named, in either direction, and nothing else', async () => {
    const { account, shows } = watched();
    shows.positions = [shown('BTC', 0.5), shown('ETH', 1)];
    await account.tellSnapshot();
    assert.deepEqual(await account.differences(), []);
    shows.positions = [shown('BTC', 0.5, 'short'), shown('XRP', 1)];
    assert.deepEqual((await account.differences()).toSorted(), ['BTCUSDT', 'ETHUSDT', 'XRPUSDT']);
  });

  it('is not the noise of the last binary digit', async () => {
    const { account, shows, change } = watched();
    await account.tellSnapshot();
    change({ positions: [row('BTCUSDT', 0.5 + 9e-10)] });
    shows.positions = [shown('BTC', 0.5)];
    assert.deepEqual(await account.differences(), []);
    change({ positions: [row('BTCUSDT', 0.5 + 2e-9)] });
    assert.deepEqual(await account.differences(), ['BTCUSDT']);
  });

  it('is nothing any more once the stream told it', async () => {
    const { account, shows, change } = watched();
    await account.tellSnapshot();
    shows.positions = [shown('BTC', 0.5)];
    assert.deepEqual(await account.differences(), ['BTCUSDT']);
    change({ positions: [row('BTCUSDT', 0.5)] });
    assert.deepEqual(await account.differences(), []);
    assert.deepEqual(account.held(), ['BTCUSDT']);
    change({ positions: [row('BTCUSDT', 0)] });
    assert.deepEqual(account.held(), []);
  });
});
