/**
 * Bybit, linear USDT perpetuals of a Unified Trading Account. Regular and conditional orders share one book and one id.
 * Placing and cancelling are only acknowledged: how an order stands is told by the stream, or asked.
 */
import type { Position, Order as VenueOrder } from 'ccxt';
import { ConnectorError } from '../../connector.ts';
import type { Venue } from '../venue.ts';
import type { OrderQuestion } from '../venue-calls.ts';
import { bybitCodes, bybitPhrases } from './bybit-codes.ts';
import { type BybitOrder, bybitOrderWords, bybitUserWords } from './bybit-words.ts';
import { moneyAssets } from './money.ts';
import { OrderNotFound } from './order-not-found.ts';
import { type BalanceWords, restrictedTo, type Transfer, type VenueProfile } from './profile.ts';

/** A list is asked for page by page; one that does not end within so many is refused: half of it would look like all. */
const PAGES_LIMIT = 40;
const ORDERS_IN_PAGE = 50;
const POSITIONS_IN_PAGE = 200;
const TRANSFERS_IN_PAGE = 50;
const SETTLE_COIN = 'USDT';

export const bybit: VenueProfile = {
  exchange: 'bybit',
  marketType: 'futures',
  ccxtId: 'bybit',
  options: {
    defaultType: 'swap',
    defaultSubType: 'linear',
    fetchMarkets: { types: ['linear'] },
    // What the account is, is found out at the start: before the first order ccxt would ask again, twice.
    enableUnifiedMargin: false,
    enableUnifiedAccount: true,
    unifiedMarginStatus: 6,
    watchPositions: { fetchPositionsSnapshot: false, awaitPositionsSnapshot: false },
  },
  has: { fetchCurrencies: false },
  codes: bybitCodes,
  phrases: bybitPhrases,
  hasConditionalBook: false,
  namesConditional: true,
  cancelsAll: true,
  defaultSymbols: ['BTCUSDT', 'ETHUSDT'],
  budget: {
    // 50 questions a second, and 10 orders a second.
    perMinute: 3000,
    cost: {
      place: 5,
      cancel: 5,
      order: 2,
      'open-orders': 4,
      account: 1,
      trades: 1,
      transfers: 2,
      setting: 5,
      market: 1,
    },
  },
  orderParameters: (order) => ({
    ...restrictedTo(order),
    ...(order.stopPrice === undefined ? {} : { triggerBy: order.triggerBy === 'trade' ? 'LastPrice' : 'MarkPrice' }),
  }),
  nameParameters: (clientOrderId) => ({ orderLinkId: clientOrderId }),
  async fetchOrder(venue, question) {
    const market = venue.market(question.symbol);
    const request = { category: 'linear', symbol: market?.id, ...nameOf(question) };
    // Ended orders leave the one list for the other when they are old, or when the venue restarts.
    for (const list of [bybitCalls(venue).privateGetV5OrderRealtime, bybitCalls(venue).privateGetV5OrderHistory]) {
      const [shown] = (await list(request)).result.list;
      if (shown !== undefined) return venue.parseOrder(shown as object, market) as VenueOrder;
    }
    throw new OrderNotFound(question.clientOrderId || question.externalId);
  },
  cancelOrder: (venue, question) =>
    bybitCalls(venue).privatePostV5OrderCancel({
      category: 'linear',
      symbol: venue.market(question.symbol)?.id,
      ...nameOf(question),
    }),
  async fetchOpenOrders(venue, symbol) {
    const market = symbol === undefined ? undefined : venue.market(symbol);
    const scope = market === undefined ? { settleCoin: SETTLE_COIN } : { symbol: market.id };
    const { privateGetV5OrderRealtime: list } = bybitCalls(venue);
    const request = { category: 'linear', ...scope, limit: ORDERS_IN_PAGE };
    const lists = await Promise.all([
      allPages(list, request),
      allPages(list, { ...request, orderFilter: 'StopOrder' }),
    ]);
    const byId = new Map(lists.flat().map((shown) => [(shown as BybitOrder).orderId, shown]));
    return [...byId.values()].map((shown) => venue.parseOrder(shown as object, market) as VenueOrder);
  },
  tradesOf: (externalId) => ({ orderId: externalId }),
  async fetchPositions(venue) {
    const { privateGetV5PositionList: list } = bybitCalls(venue);
    const shown = await allPages(list, { category: 'linear', settleCoin: SETTLE_COIN, limit: POSITIONS_IN_PAGE });
    shown.forEach(refuseHedged);
    return shown.map((each) => venue.parsePosition(each as object) as Position);
  },
  async fetchTransfers(venue, since) {
    const { privateGetV5AccountTransactionLog: list } = bybitCalls(venue);
    const request = { accountType: 'UNIFIED', startTime: since, limit: TRANSFERS_IN_PAGE };
    const [came, went] = await Promise.all([
      allPages(list, { ...request, type: 'TRANSFER_IN' }),
      allPages(list, { ...request, type: 'TRANSFER_OUT' }),
    ]);
    const transfers = [...came.map((shown) => transferOf(shown, 1)), ...went.map((shown) => transferOf(shown, -1))];
    return transfers.sort((a, b) => a.time - b.time);
  },
  refine: (read, { info }) => {
    const shown = info as Partial<BybitOrder>;
    return shown.orderStatus === undefined ? read : { ...bybitOrderWords(shown as BybitOrder), symbol: read.symbol };
  },
  privateSocket: /\/v5\/private/,
  watchAccount: [(venue) => venue.watchOrders(), (venue) => venue.watchPositions(), (venue) => venue.watchBalance()],
  subscriptions: 3,
  userWords: bybitUserWords,
  balances: ({ info }) => balancesOf((info as BybitBalances).result.list[0]),
  async accountMode(venue) {
    const calls = bybitCalls(venue);
    const [{ result: account }, { result: positions }] = await Promise.all([
      calls.privateGetV5AccountInfo(),
      // Of one symbol it shows the mode even when nothing is held.
      calls.privateGetV5PositionList({ category: 'linear', symbol: 'BTCUSDT' }),
    ]);
    if (Number(account.unifiedMarginStatus) < 3) {
      const how = 'upgrade it to a Unified Trading Account on the website';
      throw new ConnectorError('ACCOUNT_MODE', `The account is a classic one, which is not handled: ${how}`);
    }
    if (account.marginMode === 'PORTFOLIO_MARGIN') {
      const how = 'choose cross or isolated margin in the account settings, or by POST /v5/account/set-margin-mode';
      throw new ConnectorError('ACCOUNT_MODE', `The account is in portfolio margin, which is not handled: ${how}`);
    }
    positions.list.forEach(refuseHedged);
    return { isHedged: false, marginMode: account.marginMode === 'ISOLATED_MARGIN' ? 'isolated' : 'cross' };
  },
  isMarket: (market) => market?.settle === SETTLE_COIN,
};

interface Page {
  result: { list: readonly unknown[]; nextPageCursor?: string };
}

type List = (request: Record<string, unknown>) => Promise<Page>;

interface BybitCalls {
  privateGetV5OrderRealtime: List;
  privateGetV5OrderHistory: List;
  privateGetV5PositionList: List;
  privateGetV5AccountTransactionLog: List;
  privatePostV5OrderCancel(request: Record<string, unknown>): Promise<unknown>;
  privateGetV5AccountInfo(): Promise<{ result: { unifiedMarginStatus: number; marginMode: string } }>;
}

/** ccxt makes a method of each address; its types do not know them all. */
const bybitCalls = (venue: Venue): BybitCalls => venue as unknown as BybitCalls;

/** An order that was given no client id goes by the venue's own. */
const nameOf = ({ clientOrderId, externalId }: OrderQuestion): Record<string, string> =>
  clientOrderId === '' || clientOrderId === externalId ? { orderId: externalId } : { orderLinkId: clientOrderId };

async function allPages(list: List, request: Record<string, unknown>): Promise<unknown[]> {
  const rows: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_LIMIT; page += 1) {
    const { result } = await list(cursor === undefined ? request : { ...request, cursor });
    rows.push(...result.list);
    cursor = result.nextPageCursor;
    // The last page may have a cursor too: then an empty one is after it.
    if (cursor === undefined || cursor === '' || result.list.length === 0) return rows;
  }
  throw new ConnectorError('UNAVAILABLE', `bybit lists more than ${rows.length} entries`);
}

/** Hedge mode is set by symbol there, and is not told of a symbol before something is in it. */
function refuseHedged(shown: unknown): void {
  const { symbol, positionIdx } = shown as { symbol: string; positionIdx: number | string };
  if (Number(positionIdx) === 0) return;
  const how =
    'switch it to one-way mode, by POST /v5/position/switch-mode with mode 0 or in the settings of the market';
  throw new ConnectorError('ACCOUNT_MODE', `${symbol} is in hedge mode, which is not handled on Bybit: ${how}`);
}

interface BybitLogEntry {
  id: string;
  currency: string;
  change: string;
  transactionTime: string;
}

function transferOf(shown: unknown, sign: 1 | -1): Transfer {
  const { id, currency, change, transactionTime } = shown as BybitLogEntry;
  return { id, asset: currency, amount: sign * Math.abs(Number(change)), time: Number(transactionTime) };
}

interface BybitBalances {
  result: { list: readonly BybitBalance[] };
}

interface BybitBalance {
  totalAvailableBalance: string;
  accountMMRate: string;
  coin: readonly { coin: string; walletBalance: string; totalPositionIM: string; totalOrderIM: string }[];
}

function balancesOf(shown: BybitBalance | undefined): BalanceWords {
  const coins = (shown?.coin ?? []).filter(({ coin }) => moneyAssets.has(coin));
  const wallets = new Map(coins.map(({ coin, walletBalance }) => [coin, Number(walletBalance)]));
  const bound = ({ walletBalance, totalPositionIM, totalOrderIM }: BybitBalance['coin'][number]): number =>
    Number(walletBalance) - Number(totalPositionIM) - Number(totalOrderIM);
  const total = shown?.totalAvailableBalance ?? '';
  return {
    wallets,
    // Empty in isolated margin: what is not bound is then counted by coin.
    availableBalance: total === '' ? coins.reduce((sum, coin) => sum + bound(coin), 0) : Number(total),
    marginRatio: Number(shown?.accountMMRate ?? 0),
  };
}
