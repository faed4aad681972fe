import { constantInWords } from './constant-in-words.ts';
import { formatPrice } from './format.ts';
import { sentenceCase } from './sentence-case.ts';

const kinds: Readonly<Record<string, string>> = {
  STOP_MARKET: 'Stop',
  TAKE_PROFIT_MARKET: 'Target',
};

/** As a person looks for it at the venue: `STOP_MARKET` is "Stop", `TRAILING_STOP` "Trailing stop". */
export const orderKind = (type: string): string => kinds[type] ?? sentenceCase(constantInWords(type));

/** At which price an order works: its trigger, its limit, both, or null for one at market. */
export function orderLevel({ price, stopPrice }: { price?: number; stopPrice?: number }): string | null {
  const words = [
    ...(stopPrice === undefined ? [] : [`triggers at ${formatPrice(stopPrice)}`]),
    ...(price === undefined ? [] : [`limit ${formatPrice(price)}`]),
  ];
  return words.length === 0 ? null : words.join(', ');
}
