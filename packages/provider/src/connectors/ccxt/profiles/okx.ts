/**
 * OKX, linear swaps. Stops and targets are algo orders, in a book and with ids of their own; when one is triggered it becomes
 * a regular order. The margin mode stands on every order, and has to be that of the position.
 */
import type { Order } from '@inspector/contract';
import type { Balances, Position, Trade, Order as VenueOrder } from 'ccxt';
import { ConnectorError } from '../../connector.ts';
import type { Venue } from '../venue.ts';
import type { OrderQuestion } from '../venue-calls.ts';
import { moneyAssets } from './money.ts';
import { okxCodes } from './okx-codes.ts';
import {
  type OkxBalance,
  type OkxOrder,
  type OkxPosition,
  type OkxReading,
  okxOrderWords,
  okxUserWords,
  okxWalletOf,
} from './okx-words.ts';
import { OrderNotFound } from './order-not-found.ts';
import { type BalanceWords, restrictedTo, type VenueProfile } from './profile.ts';

/** A list is asked for page by page; one that does not end within so many is refused: half of it would look like all. */
const PAGES_LIMIT = 50;
const ROWS_IN_PAGE = 100;
/** Kinds of algo orders that are asked for, a call each; others are not placed here, and protect nothing. */
const askedAlgoTypes = ['conditional,oco', 'trigger', 'move_order_stop'];

/** What the account was last seen to be in, by the venue's names. */
interface OkxMemory {
  /** The margin mode that entries of a symbol want. */
  wanted: Map<string, 'cross' | 'isolated'>;
  positions: Map<string, Pick<OkxPosition, 'mgnMode' | 'posSide'>>;
  /** Cash by coin, as the stream told it. */
  cash: Map<string, number>;
}

/** One for each account: it remembers in which margin mode its positions are. */
export function createOkx(): VenueProfile {
  const memory: OkxMemory = { wanted: new Map(), positions: new Map(), cash: new Map() };
  return {
    exchange: 'okx',
    marketType: 'futures',
    ccxtId: 'okx',
    options: {
      defaultType: 'swap',
      fetchMarkets: { types: ['swap'] },
      // One order goes as one order: a batch has other limits.
      createOrder: 'privatePostTradeOrder',
    },
    has: { fetchCurrencies: false },
    codes: okxCodes,
    hasConditionalBook: true,
    namesConditional: true,
    cancelsAll: false,
    defaultSymbols: ['BTC-USDT-SWAP', 'ETH-USDT-SWAP'],
    budget: {
      // 60 questions in 2 s; 20 stops in 2 s; balances and positions 10 in 2 s.
      perMinute: 1800,
      cost: {
        place: 3,
        cancel: 3,
        order: 1,
        'open-orders': 6,
        account: 6,
        trades: 1,
        transfers: 6,
        setting: 6,
        market: 3,
      },
    },
    orderParameters: (order, { isHedged }) => ({
      tdMode: modeOf(memory, order.symbol.name),
      ...(isHedged ? { positionSide: positionSideOf(order) } : restrictedTo(order)),
      ...triggerParameters(order),
    }),
    nameParameters: (clientOrderId, isConditional) => ({ clientOrderId, ...(isConditional ? { trigger: true } : {}) }),
    fetchOrder,
    async cancelOrder(venue, question) {
      if (!question.isConditional)
        return venue.cancelOrder(question.externalId, question.symbol, nameOf(question)) as Promise<VenueOrder>;
      // Algo orders are cancelled by the venue's id.
      const id = question.externalId || ((await fetchOrder(venue, question)).info as OkxOrder).algoId;
      return venue.cancelOrder(id, question.symbol, { trigger: true }) as Promise<VenueOrder>;
    },
    fetchOpenOrders,
    tradesOf: (externalId) => ({ ordId: externalId }),
    async fetchTrades(venue, { symbol, externalId }) {
      // The list that ccxt asks for is of the past; fresh fills are in another.
      const market = venue.market(symbol);
      const request = { instType: 'SWAP', instId: market?.id, ordId: externalId };
      const { data } = await okxCalls(venue).privateGetTradeFills(request);
      return venue.parseTrades([...data], market) as Trade[];
    },
    async fetchTransfers(venue, since) {
      const request = { type: '1', begin: String(since), limit: ROWS_IN_PAGE };
      const shown = await allPages(okxCalls(venue).privateGetAccountBills, request, 'billId');
      const bills = shown as readonly OkxBill[];
      const transfers = bills.map(({ billId, ccy, balChg, ts }) => ({
        ...{ id: billId, asset: ccy, amount: Number(balChg), time: Number(ts) },
      }));
      return transfers.sort((a, b) => a.time - b.time);
    },
    streamsTransfers: true,
    leverageParameters(_leverage, symbolName, marginMode) {
      if (marginMode !== undefined) memory.wanted.set(symbolName, marginMode);
      return leverageParameters(memory, symbolName);
    },
    async fetchPositions(venue) {
      const shown = (await venue.fetchPositions(undefined, { instType: 'SWAP' })) as Position[];
      notePositions(memory, shown);
      return shown;
    },
    refine(read, { info }) {
      const shown = info as Partial<OkxOrder>;
      // The answer to placing has no state.
      if (shown.state === undefined) return read;
      const contracts = Number(shown.sz);
      return okxOrderWords(shown as OkxOrder, contracts > 0 ? read.quantity / contracts : 1);
    },
    privateSocket: /\/ws\/v5\/(private|business)/,
    watchAccount: [
      (venue) => venue.watchOrders(undefined, undefined, undefined, { type: 'SWAP' }),
      (venue) => venue.watchOrders(undefined, undefined, undefined, { type: 'SWAP', trigger: true }),
      (venue) => venue.watchBalance(),
      // By this name ccxt subscribes to the channel of balances and positions.
      (venue) => (venue as unknown as OkxCalls).watchMyLiquidationsForSymbols(undefined),
    ],
    subscriptions: 4,
    userWords: (message, venue) => okxUserWords(message, readingOf(memory, venue)),
    balances: balancesOf,
    accountMode,
  };
}

/** What is open decides: in the other mode an exit would find nothing to reduce. */
const modeOf = ({ positions, wanted }: OkxMemory, symbolName: string): 'cross' | 'isolated' =>
  positions.get(symbolName)?.mgnMode ?? wanted.get(symbolName) ?? 'cross';

/** In long/short mode every order names the side that it belongs to; the side itself restricts what it can do. */
function positionSideOf(order: Order): 'long' | 'short' {
  const reduces = order.reduceOnly === true || order.closePosition === true;
  return (order.side === 'BUY') !== reduces ? 'long' : 'short';
}

/** An algo order has a field of its own for the client id; ccxt fills the other one by itself when it is empty. */
function triggerParameters({ stopPrice, type, triggerBy, clientOrderId }: Order): Record<string, unknown> {
  if (stopPrice === undefined) return {};
  const by = triggerBy === 'trade' ? 'last' : 'mark';
  const field = type === 'TAKE_PROFIT_MARKET' ? 'tpTriggerPxType' : 'slTriggerPxType';
  return { algoClOrdId: clientOrderId, [field]: by };
}

function leverageParameters(memory: OkxMemory, symbolName: string): Record<string, unknown> {
  const marginMode = modeOf(memory, symbolName);
  const posSide = memory.positions.get(symbolName)?.posSide;
  return { marginMode, ...(marginMode === 'isolated' && posSide !== undefined ? { posSide } : {}) };
}

function notePositions(memory: OkxMemory, shown: readonly Position[]): void {
  memory.positions.clear();
  for (const { info } of shown) {
    const position = info as OkxPosition;
    const other = memory.positions.get(position.instId);
    if (other !== undefined && other.mgnMode !== position.mgnMode) {
      const message = `${position.instId} is held in cross and in isolated margin at once: close one of the two`;
      throw new ConnectorError('ACCOUNT_MODE', message);
    }
    noteMode(memory, position);
  }
}

function noteMode({ positions }: OkxMemory, { instId, mgnMode, posSide, pos }: OkxPosition): void {
  if (Number(pos) === 0) positions.delete(instId);
  else positions.set(instId, { mgnMode, posSide });
}

const readingOf = (memory: OkxMemory, venue: Venue): OkxReading => ({
  contractSizeOf(symbol) {
    const [market] = (venue.markets_by_id as Record<string, { contractSize?: number }[]> | undefined)?.[symbol] ?? [];
    return market?.contractSize;
  },
  onPosition: (position) => noteMode(memory, position),
  cashBefore(coin, present) {
    const before = memory.cash.get(coin);
    memory.cash.set(coin, present);
    return before;
  },
});

interface OkxPage {
  data: readonly unknown[];
}

interface OkxCalls {
  privateGetTradeOrdersPending(request: object): Promise<OkxPage>;
  privateGetTradeOrdersAlgoPending(request: object): Promise<OkxPage>;
  privateGetTradeFills(request: object): Promise<{ data: readonly object[] }>;
  privateGetAccountBills(request: object): Promise<OkxPage>;
  privateGetAccountConfig(): Promise<{ data: readonly { acctLv: string; posMode: string }[] }>;
  watchMyLiquidationsForSymbols(symbols: undefined): Promise<unknown>;
}

/** An entry of the account's log. */
interface OkxBill {
  billId: string;
  ccy: string;
  /** Negative when it went. */
  balChg: string;
  ts: string;
}

/** ccxt makes a method of each address; its types do not know them all. */
const okxCalls = (venue: Venue): OkxCalls => venue as unknown as OkxCalls;

/** An order that was given no client id goes by the venue's own. */
const nameOf = ({ clientOrderId, externalId }: OrderQuestion): Record<string, string> =>
  clientOrderId === '' || clientOrderId === externalId ? {} : { clientOrderId };

async function fetchOrder(venue: Venue, question: OrderQuestion): Promise<VenueOrder> {
  const { symbol, clientOrderId, externalId, isConditional } = question;
  const parameters = { ...nameOf(question), ...(isConditional ? { trigger: true } : {}) };
  const shown = (await venue.fetchOrder(externalId, symbol, parameters)) as VenueOrder;
  if (shown.id === undefined) throw new OrderNotFound(clientOrderId || externalId);
  return shown;
}

async function fetchOpenOrders(venue: Venue, symbol: string | undefined): Promise<VenueOrder[]> {
  const market = symbol === undefined ? undefined : venue.market(symbol);
  const request = { instType: 'SWAP', limit: ROWS_IN_PAGE, ...(market === undefined ? {} : { instId: market.id }) };
  const { privateGetTradeOrdersPending, privateGetTradeOrdersAlgoPending } = okxCalls(venue);
  const lists = await Promise.all([
    allPages(privateGetTradeOrdersPending, request, 'ordId'),
    ...askedAlgoTypes.map((ordType) => allPages(privateGetTradeOrdersAlgoPending, { ...request, ordType }, 'algoId')),
  ]);
  return lists.flat().map((shown) => venue.parseOrder(shown as object, market) as VenueOrder);
}

async function allPages(
  list: (request: object) => Promise<OkxPage>,
  request: object,
  idField: 'ordId' | 'algoId' | 'billId',
): Promise<unknown[]> {
  const rows: Record<string, unknown>[] = [];
  for (let page = 0; page < PAGES_LIMIT; page += 1) {
    const last = rows.at(-1);
    const { data } = await list(last === undefined ? request : { ...request, after: last[idField] });
    rows.push(...(data as readonly Record<string, unknown>[]));
    if (data.length < ROWS_IN_PAGE) return rows;
  }
  throw new ConnectorError('UNAVAILABLE', `okx lists more than ${rows.length} rows`);
}

function balancesOf({ info }: Balances): BalanceWords {
  const [shown] = (info as { data: readonly OkxBalance[] }).data;
  const details = (shown?.details ?? []).filter(({ ccy }) => moneyAssets.has(ccy));
  const sumOf = (field: 'availEq' | 'mmr' | 'eq'): number =>
    details.reduce((sum, each) => sum + Number(each[field]), 0);
  const wallets = new Map(details.map((each) => [each.ccy, okxWalletOf(each)]));
  const equity = Number(shown?.adjEq);
  // Given where all coins together are the margin, in multi-currency mode.
  if (shown !== undefined && equity > 0)
    return { wallets, availableBalance: Number(shown.availEq), marginRatio: Number(shown.mmr) / equity };
  const ofMoney = sumOf('eq');
  return { wallets, availableBalance: sumOf('availEq'), marginRatio: ofMoney > 0 ? sumOf('mmr') / ofMoney : 0 };
}

async function accountMode(venue: Venue) {
  const [config] = (await okxCalls(venue).privateGetAccountConfig()).data;
  const how = 'choose Futures mode (Trade, Settings, Account mode)';
  if (config?.acctLv === '1')
    throw new ConnectorError('ACCOUNT_MODE', `The account is in Spot mode, which has no swaps: ${how}`);
  if (config?.acctLv === '4') {
    const why = 'in which the venue does not promise that an order only reduces';
    throw new ConnectorError('ACCOUNT_MODE', `The account is in Portfolio margin mode, ${why}: ${how}`);
  }
  return { isHedged: config?.posMode === 'long_short_mode' };
}
