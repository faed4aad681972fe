/**
 * Binance USD-M futures. Conditional orders live in the algo book, with ids of their own; when one is triggered it becomes
 * an order of the matching engine, and `ALGO_UPDATE` says which. Fields as in "Event: Order Update", "Event: Algo Order
 * Update" and "Event: Balance and Position Update" of Binance's developer documentation.
 */
import type { Order } from '@inspector/contract';
import { ConnectorError } from '../../connector.ts';
import type { UserWord } from '../user-words.ts';
import { binanceFuturesCodes } from './binance-futures-codes.ts';
import { useDemoTrading } from './demo-trading.ts';
import { moneyAssets } from './money.ts';
import { type OrderWords, restrictedTo, type VenueProfile } from './profile.ts';

/** The most that one answer holds; nobody moves money more often while a stream is lost. */
const INCOMES_IN_PAGE = 1000;

interface Income {
  tranId: number | string;
  asset: string;
  /** Negative when it went. */
  income: string;
  time: number | string;
}

/** ccxt makes a method of each address; its types do not know this one. */
interface IncomeCalls {
  fapiPrivateGetIncome(request: object): Promise<readonly Income[]>;
}

export const binanceFutures: VenueProfile = {
  exchange: 'binance',
  marketType: 'futures',
  ccxtId: 'binanceusdm',
  options: { watchOrderBookRate: 100 },
  hasConditionalBook: true,
  hasMarginModeBySymbol: true,
  namesConditional: true,
  cancelsAll: true,
  defaultSymbols: ['BTCUSDT', 'ETHUSDT'],
  codes: binanceFuturesCodes,
  budget: {
    perMinute: 2400,
    // An order weighs nothing, but 1,200 of them are taken in a minute.
    cost: {
      place: 2,
      cancel: 1,
      order: 2,
      'open-orders': 40,
      account: 5,
      trades: 5,
      transfers: 30,
      setting: 1,
      market: 20,
    },
  },
  onOtherAddress(venue) {
    // ccxt picks the table of codes by the venue's real host.
    const linear = (venue.exceptions as Record<string, Record<string, Record<string, unknown>>>).linear;
    venue.getExceptionsByUrl = (_url, kind) => linear?.[kind] ?? {};
  },
  useTestnet: useDemoTrading,
  orderParameters(order, { isHedged }) {
    return {
      ...(isHedged ? { positionSide: positionSideOf(order) } : restrictedTo(order)),
      ...(order.stopPrice === undefined
        ? {}
        : { workingType: order.triggerBy === 'trade' ? 'CONTRACT_PRICE' : 'MARK_PRICE' }),
    };
  },
  nameParameters: (clientOrderId, isConditional) => ({ clientOrderId, ...(isConditional ? { trigger: true } : {}) }),
  tradesOf: (externalId) => ({ orderId: externalId }),
  refine(read, { info }) {
    const { algoStatus, actualOrderId, actualQty, executedQty, actualPrice, avgPrice, workingType, type, orderType } =
      info as Record<string, string | undefined>;
    const side = (info as { positionSide?: string }).positionSide;
    const words: OrderWords = {
      ...read,
      type: orderType ?? type ?? read.type,
      ...(workingType === undefined || read.stopPrice === undefined ? {} : { triggerBy: triggerOf(workingType) }),
      ...(reducesSide(read.side, side) ? { reduceOnly: true } : {}),
    };
    if (algoStatus === undefined) return words;
    const executed = Number(actualQty ?? executedQty ?? 0);
    return {
      ...words,
      quantityExecuted: executed,
      priceExecuted: Number(actualPrice ?? avgPrice ?? 0),
      status: statusOfAlgo(algoStatus, executed, words.quantity),
      ...(actualOrderId ? { becomes: actualOrderId } : {}),
    };
  },
  async fetchTransfers(venue, since) {
    const request = { incomeType: 'TRANSFER', startTime: since, limit: INCOMES_IN_PAGE };
    const incomes = await (venue as unknown as IncomeCalls).fapiPrivateGetIncome(request);
    const transfers = incomes.map(({ tranId, asset, income, time }) => ({
      ...{ id: String(tranId), asset, amount: Number(income), time: Number(time) },
    }));
    return transfers.sort((a, b) => a.time - b.time);
  },
  streamsTransfers: true,
  privateSocket: /listenKey=|\/private\//,
  watchAccount: [(venue) => venue.watchOrders()],
  forgetSession(venue) {
    venue.options.future = {};
  },
  userWords(message) {
    const { e: event } = (message ?? {}) as { e?: string };
    switch (event) {
      case 'ORDER_TRADE_UPDATE':
        return [orderWord((message as OrderMessage).o)];
      case 'ALGO_UPDATE':
        return [algoWord(message as AlgoMessage)];
      case 'ACCOUNT_UPDATE':
        return [accountWord(message as AccountMessage)];
      case 'listenKeyExpired':
        return [{ kind: 'ended', reason: 'the listen key expired' }];
      default:
        return [];
    }
  },
  balances({ info }) {
    const account = info as AccountAnswer;
    const assets = account.assets.filter(({ asset }) => moneyAssets.has(asset));
    const equity = Number(account.totalMarginBalance);
    return {
      wallets: new Map(assets.map(({ asset, walletBalance }) => [asset, Number(walletBalance)])),
      availableBalance: Number(account.availableBalance),
      marginRatio: equity > 0 ? Number(account.totalMaintMargin) / equity : 0,
    };
  },
  async accountMode(venue) {
    const calls = venue as unknown as Record<
      'fapiPrivateGetMultiAssetsMargin',
      () => Promise<{ multiAssetsMargin: boolean }>
    >;
    const [{ hedged }, { multiAssetsMargin }] = await Promise.all([
      venue.fetchPositionMode() as Promise<{ hedged: boolean }>,
      calls.fapiPrivateGetMultiAssetsMargin(),
    ]);
    if (multiAssetsMargin === true || String(multiAssetsMargin) === 'true') {
      const how =
        'switch it to Single-Asset Mode (Futures, Preference, Asset Mode, or POST /fapi/v1/multiAssetsMargin)';
      throw new ConnectorError(
        'ACCOUNT_MODE',
        `The account is in Multi-Assets Mode, in which its money has no fixed worth: ${how}`,
      );
    }
    return { isHedged: hedged };
  },
};

/** In hedge mode every order names the side that it belongs to; the side itself restricts what it can do. */
const positionSideOf = (order: Order): 'LONG' | 'SHORT' => {
  const reduces = order.reduceOnly === true || order.closePosition === true;
  return (order.side === 'BUY') !== reduces ? 'LONG' : 'SHORT';
};

const reducesSide = (side: 'BUY' | 'SELL', positionSide: string | undefined): boolean =>
  (positionSide === 'LONG' && side === 'SELL') || (positionSide === 'SHORT' && side === 'BUY');

const triggerOf = (workingType: string | undefined): 'mark' | 'trade' =>
  workingType === 'MARK_PRICE' ? 'mark' : 'trade';

/** A triggered order is at the matching engine: until it has filled it works. One that never gets there is seen by its stop. */
function statusOfAlgo(status: string, executed: number, quantity: number): Order['status'] {
  switch (status) {
    case 'CANCELED':
      return 'CANCELED';
    case 'EXPIRED':
      return 'EXPIRED';
    case 'REJECTED':
      return 'REJECTED';
    case 'FINISHED':
      if (executed >= quantity * (1 - 1e-9)) return 'FILLED';
      return 'CANCELED';
    default:
      return executed > 0 ? 'PARTIALLY_FILLED' : 'NEW';
  }
}

interface OrderMessage {
  o: Record<
    's' | 'c' | 'S' | 'ot' | 'q' | 'p' | 'ap' | 'sp' | 'x' | 'X' | 'i' | 'z' | 'N' | 'n' | 't' | 'wt' | 'ps',
    string
  > & {
    T: number;
    R: boolean;
    cp?: boolean;
  };
}

const statuses: Readonly<Record<string, Order['status']>> = {
  NEW: 'NEW',
  PARTIALLY_FILLED: 'PARTIALLY_FILLED',
  FILLED: 'FILLED',
  CANCELED: 'CANCELED',
  EXPIRED: 'EXPIRED',
  EXPIRED_IN_MATCH: 'EXPIRED',
  REJECTED: 'REJECTED',
};

function orderWord(o: OrderMessage['o']): UserWord {
  const side = o.S as 'BUY' | 'SELL';
  const stopPrice = Number(o.sp);
  const price = Number(o.p);
  const order: OrderWords = {
    externalId: String(o.i),
    clientOrderId: o.c,
    symbol: { name: o.s },
    side,
    type: o.ot,
    quantity: Number(o.q),
    quantityExecuted: Number(o.z),
    priceExecuted: Number(o.ap),
    status: statuses[o.X] ?? 'UNKNOWN',
    time: o.T,
    updateTime: o.T,
    ...(price > 0 ? { price } : {}),
    ...(stopPrice > 0 ? { stopPrice, triggerBy: triggerOf(o.wt) } : {}),
    ...(o.R || reducesSide(side, o.ps) ? { reduceOnly: true } : {}),
    ...(o.cp === true ? { closePosition: true } : {}),
  };
  if (o.x !== 'TRADE') return { kind: 'order', order };
  return { kind: 'order', order, trade: { id: String(o.t), fee: Number(o.n ?? 0), feeAsset: o.N ?? '' } };
}

interface AlgoMessage {
  T: number;
  E: number;
  o: Record<'caid' | 'aid' | 'o' | 's' | 'S' | 'ps' | 'q' | 'X' | 'ai' | 'ap' | 'aq' | 'tp' | 'wt' | 'rm', string> & {
    cp: boolean;
    R: boolean;
  };
}

function algoWord({ T: time, o }: AlgoMessage): UserWord {
  const side = o.S as 'BUY' | 'SELL';
  const quantity = Number(o.q);
  const executed = Number(o.aq ?? 0);
  const status = statusOfAlgo(o.X, executed, quantity);
  const reason = status === 'REJECTED' && o.rm ? { reason: 'UNKNOWN', reasonText: o.rm } : {};
  const order: OrderWords = {
    externalId: String(o.aid),
    clientOrderId: o.caid,
    symbol: { name: o.s },
    side,
    type: o.o,
    quantity,
    quantityExecuted: executed,
    priceExecuted: Number(o.ap ?? 0),
    status,
    time,
    updateTime: time,
    stopPrice: Number(o.tp),
    triggerBy: triggerOf(o.wt),
    ...(o.R || reducesSide(side, o.ps) ? { reduceOnly: true } : {}),
    ...(o.cp ? { closePosition: true } : {}),
    ...(o.ai ? { becomes: String(o.ai) } : {}),
    ...reason,
  };
  return { kind: 'order', order };
}

interface AccountMessage {
  T: number;
  a: {
    m: string;
    B?: readonly { a: string; wb: string; bc: string }[];
    P?: readonly { s: string; pa: string; ep: string; ps: string }[];
  };
}

const transfers: ReadonlySet<string> = new Set([
  'DEPOSIT',
  'WITHDRAW',
  'ADMIN_DEPOSIT',
  'ADMIN_WITHDRAW',
  'MARGIN_TRANSFER',
]);

function accountWord({ T: time, a }: AccountMessage): UserWord {
  const balances = a.B ?? [];
  const moved = transfers.has(a.m) ? balances.find(({ a: asset }) => moneyAssets.has(asset)) : undefined;
  return {
    kind: 'account',
    time,
    wallets: balances.map(({ a: asset, wb }) => ({ asset, balance: Number(wb) })),
    positions: (a.P ?? []).map(({ s, pa, ep, ps }) => ({
      symbol: s,
      side: sideOf(Number(pa), ps),
      quantity: Math.abs(Number(pa)),
      entryPrice: Number(ep),
      ...(ps === 'LONG' || ps === 'SHORT' ? { hedgeSide: ps } : {}),
    })),
    ...(moved === undefined ? {} : { transfer: { asset: moved.a, amount: Number(moved.bc) } }),
  };
}

function sideOf(amount: number, positionSide: string): 'LONG' | 'SHORT' {
  if (positionSide === 'LONG' || positionSide === 'SHORT') return positionSide;
  return amount < 0 ? 'SHORT' : 'LONG';
}

interface AccountAnswer {
  assets: readonly { asset: string; walletBalance: string }[];
  availableBalance: string;
  totalMaintMargin: string;
  totalMarginBalance: string;
}
