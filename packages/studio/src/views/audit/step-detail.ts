import type { AuditRecord } from '@inspector/contract';
import { constantInWords } from '#words/constant-in-words.ts';
import { formatGivenPrice, formatQuantity } from '#words/format.ts';

const orderKinds: readonly string[] = ['ORDER_INTENT', 'ORDER_SENT', 'ORDER_RESULT'];

/** What stands under a step's title: an order in words; of all else, and of one in doubt or rejected, what the record says. */
export function stepDetail({ kind, data, symbol, message }: AuditRecord): string {
  const { side, quantity, type, price, stopPrice, quantityExecuted, priceExecuted } = data;
  // Why the venue rejected it stands in the record alone.
  if (!orderKinds.includes(kind) || data.purpose === 'CANCEL' || data.status === 'REJECTED') return message;
  if ((side !== 'BUY' && side !== 'SELL') || typeof quantity !== 'number' || !(quantity > 0)) return message;
  const what = `${side === 'BUY' ? 'Buy' : 'Sell'} ${formatQuantity(quantity)} ${symbol ?? ''}`.trim();
  const filled = typeof quantityExecuted === 'number' && quantityExecuted > 0;
  const result = filled ? `, ${formatQuantity(quantityExecuted)} filled${at(priceExecuted)}` : '';
  return `${what}${termsOf(type, price, stopPrice)}${result}.`;
}

function termsOf(type: unknown, price: unknown, stopPrice: unknown): string {
  switch (type) {
    case 'MARKET':
      return ' at market';
    case 'LIMIT':
      return at(price);
    case 'STOP_MARKET':
    case 'TAKE_PROFIT_MARKET':
      return ` at market when the price reaches ${typeof stopPrice === 'number' ? formatGivenPrice(stopPrice) : 'its level'}`;
    default:
      return typeof type === 'string' ? `, ${constantInWords(type)}` : '';
  }
}

const at = (price: unknown): string => (typeof price === 'number' && price > 0 ? ` at ${formatGivenPrice(price)}` : '');
