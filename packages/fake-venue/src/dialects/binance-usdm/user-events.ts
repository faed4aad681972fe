import { text } from '#dialects/text.ts';
import type { ExchangeEvent } from '#exchange/events.ts';
import { unrealizedOf } from '#exchange/margin.ts';
import { averagePriceOf, type FakeOrder } from '#exchange/order.ts';
import { type ExchangeState, positionOf, settingsOf } from '#exchange/state.ts';
import { workingTypeOf } from './order-shapes.ts';
import { timeInForceText } from './parameters.ts';

type Of<K extends ExchangeEvent['kind']> = Extract<ExchangeEvent, { kind: K }>;

/** Why the venue ended an order by itself, in its numbers: a limit of time in force, or nothing left to reduce. */
const expiryReason = (order: FakeOrder): string => {
  if (order.status !== 'EXPIRED') return '0';
  return order.reduceOnly ? '4' : '2';
};

export function orderTradeUpdate({ at, order, execution, fill }: Of<'order'>): Record<string, unknown> {
  return {
    e: 'ORDER_TRADE_UPDATE',
    T: at,
    E: at,
    o: {
      s: order.symbol,
      c: order.clientId,
      S: order.side,
      o: order.type,
      f: timeInForceText(order),
      q: text(order.quantity),
      p: text(order.price),
      ap: text(averagePriceOf(order)),
      sp: '0',
      x: execution,
      X: order.status,
      i: order.id,
      l: text(fill?.quantity ?? 0),
      z: text(order.filledQuantity),
      L: text(fill?.price ?? 0),
      n: text(fill?.commission ?? 0),
      N: 'USDT',
      T: at,
      t: fill?.id ?? 0,
      b: '0',
      a: '0',
      m: fill?.maker ?? false,
      R: order.reduceOnly,
      wt: 'CONTRACT_PRICE',
      ot: order.type,
      ps: order.positionSide,
      cp: order.closePosition,
      rp: text(fill?.realizedPnl ?? 0),
      pP: false,
      si: 0,
      ss: 0,
      V: 'EXPIRE_MAKER',
      pm: 'NONE',
      gtd: 0,
      er: expiryReason(order),
    },
  };
}

export function algoUpdate({ at, order }: Of<'conditional'>): Record<string, unknown> {
  const triggered = order.triggeredOrderId > 0;
  return {
    e: 'ALGO_UPDATE',
    T: at,
    E: at,
    o: {
      caid: order.clientId,
      aid: order.id,
      at: 'CONDITIONAL',
      o: order.type,
      s: order.symbol,
      S: order.side,
      ps: order.positionSide,
      f: timeInForceText(order),
      q: text(order.quantity),
      X: order.status,
      ai: triggered ? String(order.triggeredOrderId) : '',
      ap: text(averagePriceOf(order)),
      aq: text(order.filledQuantity),
      act: triggered ? (order.price > 0 ? 'LIMIT' : 'MARKET') : '0',
      tp: text(order.triggerPrice),
      p: text(order.price),
      V: 'EXPIRE_MAKER',
      wt: workingTypeOf(order),
      pm: 'NONE',
      cp: order.closePosition,
      pP: false,
      R: order.reduceOnly,
      tt: order.triggeredAt,
      gtd: 0,
      rm: order.reason,
    },
  };
}

const REASONS: Record<Of<'account'>['reason'], string> = {
  ORDER: 'ORDER',
  DEPOSIT: 'DEPOSIT',
  WITHDRAW: 'WITHDRAW',
  FUNDING_FEE: 'FUNDING_FEE',
  MARGIN_MODE: 'MARGIN_TYPE_CHANGE',
};

export function accountUpdate(
  exchange: ExchangeState,
  { at, reason, balanceChange, positions }: Of<'account'>,
): Record<string, unknown> {
  const balance = { a: 'USDT', wb: text(exchange.wallet), cw: text(exchange.wallet), bc: text(balanceChange) };
  return {
    e: 'ACCOUNT_UPDATE',
    T: at,
    E: at,
    a: {
      m: REASONS[reason],
      B: reason === 'MARGIN_MODE' ? [] : [balance],
      P: positions.map(({ symbol, positionSide }) => {
        const position = positionOf(exchange, symbol, positionSide);
        return {
          s: symbol,
          pa: text(position.quantity),
          ep: text(position.entryPrice),
          bep: text(position.entryPrice),
          cr: text(position.realizedPnl),
          up: text(unrealizedOf(exchange, position)),
          mt: settingsOf(exchange, symbol).marginMode,
          iw: '0',
          ps: positionSide,
          ma: 'USDT',
        };
      }),
    },
  };
}

/** The event as the user stream carries it; undefined for what is public. */
export function userEventOf(exchange: ExchangeState, event: ExchangeEvent): Record<string, unknown> | undefined {
  switch (event.kind) {
    case 'order':
      return orderTradeUpdate(event);
    case 'conditional':
      return algoUpdate(event);
    case 'account':
      return accountUpdate(exchange, event);
    case 'leverage':
      return { e: 'ACCOUNT_CONFIG_UPDATE', E: event.at, T: event.at, ac: { s: event.symbol, l: event.leverage } };
    case 'multi-assets':
      return { e: 'ACCOUNT_CONFIG_UPDATE', E: event.at, T: event.at, ai: { j: event.on } };
    case 'trade':
    case 'book':
    case 'mark':
      return undefined;
  }
}
