/**
 * Binance spot. There are no positions: what is held of an asset that is sold for money is shown as one. A stop binds what it
 * would sell, goes by trades, and is triggered into the same order.
 */
import type { Order } from '@inspector/contract';
import type { Balances, Market, Order as VenueOrder } from 'ccxt';
import type { PlacingCall } from '../order-words.ts';
import type { Venue } from '../venue.ts';
import { binanceSpotCodes, binanceSpotPhrases } from './binance-spot-codes.ts';
import { reducesOnSpot, type SpotReading, spotTypeOf, spotUserWords } from './binance-spot-words.ts';
import { useDemoTrading } from './demo-trading.ts';
import { moneyAssets } from './money.ts';
import type { AccountReading, BalanceWords, VenueProfile } from './profile.ts';
import { createSpotBook, type SpotBalance } from './spot-book.ts';
import { seeHoldings } from './spot-holdings.ts';
import { readSpotMarkets } from './spot-markets.ts';

/** A limit so far through the stop fills like a market order, where the venue takes no other; the software stop is behind. */
const STOP_LIMIT_FRACTION = 0.05;
/** A reading during which the stream told a change is made anew, so often at most. */
const READINGS_LIMIT = 3;

/** One for each account: it remembers what was paid for what is held. */
export function createBinanceSpot(): VenueProfile {
  const reading: SpotReading = {
    book: createSpotBook(),
    markets: readSpotMarkets([]),
    pricesAt: Number.NEGATIVE_INFINITY,
  };
  const { book } = reading;
  let known: Venue['markets'] | undefined;

  function useMarkets(venue: Venue): void {
    if (venue.markets === known) return;
    known = venue.markets;
    reading.markets = readSpotMarkets(Object.values(venue.markets ?? {}) as Market[]);
    book.useMarkets(reading.markets);
  }

  async function readAccount(venue: Venue): Promise<AccountReading> {
    useMarkets(venue);
    for (let count = 1; ; count += 1) {
      const { changes } = book;
      const shown = await venue.fetchBalance({ omitZeroBalances: true });
      if (changes !== book.changes && count < READINGS_LIMIT) continue;
      const { updateTime } = shown.info as SpotAccount;
      book.setBalances(balancesOf(shown), updateTime, true);
      break;
    }
    await seeHoldings(venue, reading);
    return {
      balances: { wallets: book.wallets(), availableBalance: book.freeMoney(), marginRatio: 0 },
      positions: book.positions(),
    };
  }

  return {
    exchange: 'binance',
    marketType: 'spot',
    ccxtId: 'binance',
    options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] }, watchOrderBookRate: 100 },
    codes: binanceSpotCodes,
    phrases: binanceSpotPhrases,
    hasConditionalBook: false,
    namesConditional: true,
    cancelsAll: true,
    defaultSymbols: ['BTCUSDT', 'ETHUSDT'],
    budget: {
      perMinute: 6000,
      // An order weighs 1, but 100 of them are taken in 10 s.
      cost: {
        place: 10,
        cancel: 1,
        order: 6,
        'open-orders': 80,
        account: 20,
        trades: 20,
        transfers: 20,
        setting: 20,
        market: 20,
      },
    },
    onOtherAddress(venue) {
      // ccxt picks the table of codes by the venue's real host.
      const spot = (venue.exceptions as Record<string, Record<string, Record<string, unknown>>>).spot;
      venue.getExceptionsByUrl = (_url, kind) => spot?.[kind] ?? {};
    },
    useTestnet: useDemoTrading,
    // Nothing of what restricts an order is known there.
    orderParameters: () => ({}),
    shapeCall: (call, order) => shaped(call, order, reading),
    nameParameters: (clientOrderId) => ({ clientOrderId }),
    async fetchOrder(venue, { symbol, clientOrderId, externalId }) {
      if (clientOrderId === '') return venue.fetchOrder(externalId, symbol) as Promise<VenueOrder>;
      const shown = (await venue.fetchOrder('', symbol, { clientOrderId })) as VenueOrder;
      // A cancelled order may be shown under the id of its cancel.
      return { ...shown, clientOrderId };
    },
    tradesOf: (externalId) => ({ orderId: externalId }),
    readAccount,
    refine(read, { info }) {
      const { type } = info as { type?: string };
      return {
        ...read,
        type: type === undefined ? read.type : spotTypeOf(type),
        ...(read.stopPrice === undefined ? {} : { triggerBy: 'trade' }),
        ...reducesOnSpot(read.side),
      };
    },
    privateSocket: /\/ws-api\//,
    watchAccount: [(venue) => venue.watchOrders()],
    subscriptions: 1,
    userWords(message, venue) {
      useMarkets(venue);
      return spotUserWords(message, reading);
    },
    balances: moneyOf,
    async accountMode(venue) {
      useMarkets(venue);
      return { isHedged: false };
    },
  };
}

interface SpotAccount {
  /** When the account last changed. */
  updateTime: number;
  balances: readonly { asset: string; free: string; locked: string }[];
}

const balancesOf = ({ info }: Balances): SpotBalance[] =>
  (info as SpotAccount).balances.map(({ asset, free, locked }) => ({
    asset,
    total: Number(free) + Number(locked),
    free: Number(free),
  }));

function moneyOf(shown: Balances): BalanceWords {
  const money = balancesOf(shown).filter(({ asset }) => moneyAssets.has(asset));
  return {
    wallets: new Map(money.map(({ asset, total }) => [asset, total])),
    availableBalance: money.reduce((sum, { free }) => sum + free, 0),
    marginRatio: 0,
  };
}

/** An exit sells what is there at most: a fee may have been taken from it. */
function shaped(call: PlacingCall, order: Order, { book, markets }: SpotReading): PlacingCall {
  const isExit = order.reduceOnly === true || order.closePosition === true;
  const there = isExit && order.side === 'SELL' ? book.sellable(order.symbol.name) : undefined;
  const amount = there === undefined || there === 0 ? call.amount : Math.min(call.amount, there);
  const { stopPrice } = order;
  const isMarketStop = order.type === 'STOP_MARKET' && stopPrice !== undefined;
  if (!isMarketStop || markets.bySymbol(order.symbol.name)?.takesMarketStops !== false) return { ...call, amount };
  const beyond = order.side === 'SELL' ? 1 - STOP_LIMIT_FRACTION : 1 + STOP_LIMIT_FRACTION;
  return { ...call, amount, type: 'limit', price: stopPrice * beyond };
}
