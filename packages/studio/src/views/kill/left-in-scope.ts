import type { AuditRecord, KillPreviewResponse } from '@inspector/contract';
import { constantInWords } from '#words/constant-in-words.ts';
import { formatPrice } from '#words/format.ts';

export type LeftPosition = KillPreviewResponse['positions'][number];
export type LeftOrder = KillPreviewResponse['orders'][number];

export interface LeftInScope {
  positions: readonly LeftPosition[];
  orders: readonly LeftOrder[];
}

/** What is left of several scopes, each once: scopes of a kill that was widened overlap. */
export function joinLeft(previews: readonly LeftInScope[]): LeftInScope {
  const positions = new Map(previews.flatMap((preview) => preview.positions.map((each) => [each.positionId, each])));
  const orders = new Map(previews.flatMap((preview) => preview.orders.map((each) => [each.clientOrderId, each])));
  return { positions: [...positions.values()], orders: [...orders.values()] };
}

const kinds: Readonly<Record<string, string>> = {
  MARKET: 'market order',
  LIMIT: 'limit order',
  STOP_MARKET: 'stop, at market',
  TAKE_PROFIT_MARKET: 'target, at market',
};

/** As a person looks for it at the venue: `STOP_MARKET` is "stop, at market". */
export const orderKind = (type: string): string => kinds[type] ?? constantInWords(type);

/** Price or trigger of each order, in words, by its client id; from the venue's words that it works, newest first. */
export function orderPrices(records: readonly Pick<AuditRecord, 'data'>[]): ReadonlyMap<string, string> {
  const prices = new Map<string, string>();
  for (const { data } of records) {
    const { clientOrderId, stopPrice, price } = data;
    if (typeof clientOrderId !== 'string' || prices.has(clientOrderId)) continue;
    const words = [
      ...(typeof stopPrice === 'number' ? [`triggers at ${formatPrice(stopPrice)}`] : []),
      ...(typeof price === 'number' ? [`limit ${formatPrice(price)}`] : []),
    ];
    if (words.length > 0) prices.set(clientOrderId, words.join(', '));
  }
  return prices;
}
