import type { KillPreviewResponse, PositionRuntimeState } from '@inspector/contract';
import { constantInWords } from '#words/constant-in-words.ts';
import { sentenceCase } from '#words/sentence-case.ts';

export interface OrderRow {
  clientOrderId: string;
  symbol: string;
  side: string;
  /** `Stop`, `Target`, `Limit`, `Market`. */
  kind: string;
  quantity: number;
  /** What triggers a stop or a target; null where it is not known. The preview names no prices. */
  price: number | null;
}

const kinds: Readonly<Record<string, string>> = {
  STOP_MARKET: 'Stop',
  TAKE_PROFIT_MARKET: 'Target',
};

/** Orders that would be cancelled, with the levels of the positions that they protect. */
export function orderRows(
  orders: KillPreviewResponse['orders'],
  positions: readonly PositionRuntimeState[],
): OrderRow[] {
  const levels = new Map<string | null, number | null>();
  for (const { protection, stopLoss, takeProfit } of positions) {
    levels.set(protection.stopOrderId, stopLoss);
    levels.set(protection.takeProfitOrderId, takeProfit);
  }
  return orders.map(({ clientOrderId, symbol, side, type, quantity }) => ({
    clientOrderId,
    symbol,
    side,
    kind: kinds[type] ?? sentenceCase(constantInWords(type)),
    quantity,
    price: levels.get(clientOrderId) ?? null,
  }));
}
