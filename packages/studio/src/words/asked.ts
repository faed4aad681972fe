import type { AuditRecord } from '@inspector/contract';
import { formatNumber, formatQuantity } from './format.ts';

export const isDecision = ({ kind }: Pick<AuditRecord, 'kind'>): boolean => kind === 'REQUEST_DECIDED';

/** True for a request that was decided against; a check without consequences is none. */
export const isRefusal = ({ kind, data }: Pick<AuditRecord, 'kind' | 'data'>): boolean =>
  kind === 'REQUEST_DECIDED' && data.decision !== 'ALLOW' && data.check !== true;

interface Asked {
  symbol: string;
  side: string;
  kind: 'entry' | 'exit' | 'check';
  /** As received: nothing of it is judged. */
  request: Readonly<Record<string, unknown>>;
}

/** What a request asked for: `Open SHORT 3.28 % of equity in ETHUSDT`, `Close LONG 0.5 BTCUSDT`. */
export function askedWords({ symbol, side, kind, request: { quantity, sizePercent } }: Asked): string {
  const size =
    typeof quantity === 'number'
      ? formatQuantity(quantity)
      : typeof sizePercent === 'number'
        ? `${formatNumber(sizePercent)} % of equity in`
        : '';
  const verb = kind === 'exit' ? 'Close' : kind === 'check' ? 'Check' : 'Open';
  return [verb, side, size, symbol === '' ? 'an unnamed symbol' : symbol].filter((part) => part !== '').join(' ');
}
