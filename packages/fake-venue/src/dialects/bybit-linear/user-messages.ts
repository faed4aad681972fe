import { text } from '#dialects/text.ts';
import type { ExchangeEvent, PositionKey } from '#exchange/events.ts';
import { markOf } from '#exchange/margin.ts';
import { type ExchangeState, positionOf } from '#exchange/state.ts';
import { streamedPosition, walletShape } from './account-shapes.ts';
import { executionShape, orderShape, positionIdxOf, sideText } from './order-shapes.ts';
import { wireIdOf } from './wire-ids.ts';
import { wireOrderOf } from './wire-orders.ts';

export type UserTopic = 'order' | 'execution' | 'position' | 'wallet';

/** One message of the private stream; all that the account hears is sent under its topic. */
export interface UserMessage {
  topic: UserTopic;
  at: number;
  data: Record<string, unknown>;
  /** Tells of an order that has not got to the matching engine. */
  ofConditional: boolean;
}

type Of<K extends ExchangeEvent['kind']> = Extract<ExchangeEvent, { kind: K }>;

/**
 * The event as the private stream carries it. Nothing is documented about the order of topics; here a fill moves
 * position and wallet first. That a market order is told when it fills and has no message `New` is assumed.
 */
export function userMessagesOf(exchange: ExchangeState, event: ExchangeEvent): UserMessage[] {
  switch (event.kind) {
    case 'order':
      return orderMessages(exchange, event);
    case 'conditional': {
      const { status } = event.order;
      // From there on the order that it became is told of, under the same id.
      if (status === 'TRIGGERED' || status === 'FINISHED') return [];
      const data = { category: 'linear', ...orderShape(exchange, wireOrderOf(exchange, event.order)) };
      return [{ topic: 'order', at: event.at, data, ofConditional: true }];
    }
    case 'account':
      return accountMessages(exchange, event);
    case 'leverage':
      return positionMessages(exchange, event.at, sidesOf(exchange, event.symbol));
    case 'multi-assets':
    case 'trade':
    case 'book':
    case 'mark':
      return [];
  }
}

function orderMessages(exchange: ExchangeState, { at, order, execution, fill }: Of<'order'>): UserMessage[] {
  if (execution === 'NEW' && order.type === 'MARKET') return [];
  const say = (topic: UserTopic, shape: Record<string, unknown>): UserMessage => ({
    ...{ topic, at, ofConditional: false },
    data: { category: 'linear', ...shape },
  });
  const told = say('order', orderShape(exchange, wireOrderOf(exchange, order)));
  return fill === undefined ? [told] : [say('execution', executionShape(exchange, fill, order)), told];
}

const sidesOf = ({ hedgeMode }: ExchangeState, symbol: string): PositionKey[] =>
  (hedgeMode ? (['LONG', 'SHORT'] as const) : (['BOTH'] as const)).map((positionSide) => ({ symbol, positionSide }));

const positionMessages = (exchange: ExchangeState, at: number, positions: readonly PositionKey[]): UserMessage[] =>
  positions.map(({ symbol, positionSide }) => ({
    ...{ topic: 'position', at, ofConditional: false },
    data: streamedPosition(exchange, positionOf(exchange, symbol, positionSide)),
  }));

function accountMessages(exchange: ExchangeState, event: Of<'account'>): UserMessage[] {
  const wallet: UserMessage = { topic: 'wallet', at: event.at, data: walletShape(exchange), ofConditional: false };
  switch (event.reason) {
    case 'ORDER':
      return [...positionMessages(exchange, event.at, event.positions), wallet];
    case 'FUNDING_FEE':
      return [...event.positions.map((key) => fundingMessage(exchange, event, key)), wallet];
    case 'DEPOSIT':
    case 'WITHDRAW':
      return [wallet];
    case 'MARGIN_MODE':
      return [];
  }
}

/** Funding is told as an execution of the kind `Funding`, whose fee is what was paid. */
function fundingMessage(
  exchange: ExchangeState,
  { at, balanceChange }: Of<'account'>,
  { symbol, positionSide }: PositionKey,
): UserMessage {
  const { quantity } = positionOf(exchange, symbol, positionSide);
  const mark = markOf(exchange, symbol);
  const size = Math.abs(quantity);
  const id = wireIdOf(exchange.incomes.at(-1)?.id ?? 0);
  const data = {
    ...{ category: 'linear', symbol, orderId: id, orderLinkId: '', execId: id, execType: 'Funding' },
    ...{
      side: sideText(quantity > 0 ? 'BUY' : 'SELL'),
      positionIdx: positionIdxOf(positionSide),
      orderType: 'UNKNOWN',
    },
    ...{ execPrice: text(mark), execQty: text(size), execValue: text(size * mark), execFee: text(-balanceChange) },
    ...{ feeRate: '0.0001', execTime: String(at), isMaker: false, leavesQty: '0', orderPrice: '0', orderQty: '0' },
    ...{ stopOrderType: 'UNKNOWN', createType: '', closedSize: '0', execPnl: '0', markPrice: text(mark) },
  };
  return { topic: 'execution', at, data, ofConditional: false };
}
