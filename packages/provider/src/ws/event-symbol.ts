import type { Envelope } from '@inspector/contract';

/** The symbol that an event is about, as a subscription may name it: `BTCUSDT` or `paper:futures:BTCUSDT`. */
export interface EventSymbol {
  name: string;
  key: string;
}

/** Undefined for an event that is about no single symbol, such as a kill switch or a margin update. */
export function eventSymbol({ payload }: Envelope): EventSymbol | undefined {
  const { symbol, connectorType, marketType } = payload as Record<string, unknown>;
  const name = symbolName(symbol);
  if (name === undefined) return undefined;
  return typeof connectorType === 'string'
    ? { name, key: `${connectorType}:${marketType}:${name}` }
    : symbolOfText(name);
}

function symbolName(symbol: unknown): string | undefined {
  if (typeof symbol === 'string') return symbol === '' ? undefined : symbol;
  const name = (symbol as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' ? name : undefined;
}

/** INSPECTOR_* payloads carry a bare name or a whole symbolKey. */
function symbolOfText(text: string): EventSymbol {
  return { name: text.slice(text.lastIndexOf(':') + 1), key: text };
}
