/** Entry requests as detectors send them: approved ones, and ones that a rule of each group refuses. */
import { ENTRY_PRICE, marketType, symbolName } from '../held-engine.ts';

export type Request = { requestId: string } & Record<string, unknown>;

/** Requests that no account has seen, spread over `symbols`; what `change` adds makes them differ. */
export function createRequests(count: number, symbols: number, change: (index: number) => object): Request[] {
  return Array.from({ length: count }, (_, index) => ({
    requestId: `request-${index}`,
    connectorType: 'paper',
    marketType,
    symbol: { name: symbolName((index * 7) % symbols) },
    side: index % 2 === 0 ? 'LONG' : 'SHORT',
    quantity: 1 + (index % 5),
    detectorSysname: `detector-${index % 10}`,
    ...change(index),
  }));
}

/** Market and limit orders, with and without levels of their own. */
export function approvable(index: number): object {
  const side = index % 2 === 0 ? 1 : -1;
  const levels = { stopLoss: ENTRY_PRICE * (1 - side * 0.004), takeProfit: ENTRY_PRICE * (1 + side * 0.02) };
  if (index % 3 === 0) return {};
  if (index % 3 === 1) return levels;
  return { ...levels, price: ENTRY_PRICE * (1 - side * 0.001), leverage: 2 };
}

/** What each is refused for: size, leverage, collar, risk and reward, unknown symbol, several at once. */
export function refusable(index: number): object {
  const side = index % 2 === 0 ? 1 : -1;
  switch (index % 5) {
    case 0:
      return { quantity: 100_000 };
    case 1:
      return { leverage: 50 };
    case 2:
      return { price: ENTRY_PRICE * (1 - side * 0.2) };
    case 3:
      return { takeProfit: ENTRY_PRICE * (1 + side * 0.001) };
    default:
      return { quantity: 0.0001 };
  }
}
