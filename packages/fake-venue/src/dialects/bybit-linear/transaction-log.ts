import { text } from '#dialects/text.ts';
import { rounded } from '#exchange/amounts.ts';
import type { ExchangeState, FakeIncome } from '#exchange/state.ts';
import type { Call } from './context.ts';
import { invalid } from './errors.ts';
import { sideText } from './order-shapes.ts';
import { pageOf } from './pages.ts';
import { optional } from './parameters.ts';
import { timeRange } from './time-range.ts';
import { wireIdOf } from './wire-ids.ts';

const LOG_PAGE = { normal: 20, max: 50 };

interface LogEntry {
  id: number;
  at: number;
  type: 'TRADE' | 'SETTLEMENT' | 'TRANSFER_IN' | 'TRANSFER_OUT';
  symbol: string;
  /** What the wallet has gained or lost by it. */
  change: number;
  more: Record<string, unknown>;
}

function otherEntryOf({ id, at, symbol, type, amount: change }: FakeIncome): LogEntry[] {
  switch (type) {
    case 'FUNDING_FEE':
      return [{ id, at, symbol, type: 'SETTLEMENT', change, more: { funding: text(change), cashFlow: '0' } }];
    case 'TRANSFER':
      return [{ id, at, symbol, type: change < 0 ? 'TRANSFER_OUT' : 'TRANSFER_IN', change, more: {} }];
    // The fills have these two in one.
    case 'REALIZED_PNL':
    case 'COMMISSION':
      return [];
  }
}

const tradeEntries = ({ fills }: ExchangeState): LogEntry[] =>
  fills.map((fill) => ({
    ...{ id: fill.id, at: fill.at, symbol: fill.symbol, type: 'TRADE' },
    change: rounded(fill.realizedPnl - fill.commission),
    more: {
      ...{
        side: sideText(fill.side),
        qty: text(fill.quantity),
        tradePrice: text(fill.price),
        fee: text(fill.commission),
      },
      ...{ cashFlow: text(fill.realizedPnl), tradeId: wireIdOf(fill.id), orderId: wireIdOf(fill.orderId) },
      orderLinkId: fill.clientId,
    },
  }));

/** Everything that has changed the wallet, newest first, with what was in it then. */
export function transactionLog({ context: { exchange, now }, params }: Call): unknown {
  const accountType = optional(params, 'accountType') ?? 'UNIFIED';
  if (accountType !== 'UNIFIED') throw invalid('accountType');
  const isInRange = timeRange(params, now());
  const type = optional(params, 'type');
  const currency = optional(params, 'currency') ?? 'USDT';
  const entries = [...exchange.incomes.flatMap(otherEntryOf), ...tradeEntries(exchange)].sort((a, b) => b.at - a.at);
  let balance = exchange.wallet;
  const shapes = entries.map((entry) => {
    const cashBalance = text(balance);
    balance = rounded(balance - entry.change);
    return { entry, cashBalance };
  });
  const shown = shapes.filter(
    ({ entry }) => isInRange(entry.at) && (type ?? entry.type) === entry.type && currency === 'USDT',
  );
  const { items, nextPageCursor } = pageOf(shown, params, LOG_PAGE);
  return {
    list: items.map(({ entry, cashBalance }) => ({
      ...{ id: wireIdOf(entry.id), symbol: entry.symbol, category: entry.symbol === '' ? '' : 'linear', side: 'None' },
      ...{
        transactionTime: String(entry.at),
        type: entry.type,
        transSubType: '',
        qty: '0',
        size: '0',
        currency: 'USDT',
      },
      ...{
        tradePrice: '',
        funding: '',
        fee: '0',
        cashFlow: text(entry.change),
        change: text(entry.change),
        cashBalance,
      },
      ...{ feeRate: '', bonusChange: '', tradeId: '', orderId: '', orderLinkId: '', ...entry.more },
    })),
    nextPageCursor,
  };
}
