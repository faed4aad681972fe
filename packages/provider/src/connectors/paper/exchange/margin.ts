import type { Order } from '@inspector/contract';
import { isReducing, type Rejection } from './admission.ts';
import { reachesDown, subtractQuantity } from './amounts.ts';
import { closableBy, type PaperPosition } from './netting.ts';
import { type PaperOrder, remainingOf } from './paper-order.ts';

export interface MarginAccount {
  availableBalance: number;
  positionOf: (symbol: string) => PaperPosition | undefined;
  leverageOf: (symbol: string) => number;
  /** The price at which an order's margin is reckoned, 0 when there is none yet. */
  priceOf: (order: Order) => number;
  open: Iterable<PaperOrder>;
}

/**
 * Why an order lacks margin: what its opening part needs (notional / leverage) exceeds what is available, less what other
 * open orders would need, plus what its closing part releases. Passes when both are equal.
 */
export function lackOfMargin(order: Order, account: MarginAccount): Rejection | undefined {
  const needed = marginOf(order, account);
  if (needed === 0) return undefined;
  const position = account.positionOf(order.symbol.name);
  const closed = Math.min(closableBy(position, order.side), remainingOf(order));
  const released = closed > 0 ? (closed * account.priceOf(order)) / position!.leverage : 0;
  let reserved = 0;
  for (const { order: other } of account.open) if (other !== order) reserved += marginOf(other, account);
  const free = account.availableBalance + released - reserved;
  if (reachesDown(needed, free)) return undefined;
  return { reason: 'MARGIN', reasonText: `Margin of ${needed} is needed, ${Math.max(0, free)} is free` };
}

function marginOf(order: Order, account: MarginAccount): number {
  if (isReducing(order)) return 0;
  const closable = closableBy(account.positionOf(order.symbol.name), order.side);
  const opening = Math.max(0, subtractQuantity(remainingOf(order), closable));
  if (opening === 0) return 0;
  return (opening * account.priceOf(order)) / (order.leverage ?? account.leverageOf(order.symbol.name));
}
