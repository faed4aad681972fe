import type { ReactNode } from 'react';
import { type MarketSymbol, useTickSize } from '#data/index.ts';
import type { DecidedRequest } from './decided-request.ts';

interface WithTickSizeProps {
  decided: DecidedRequest;
  children(tickSize: number | undefined): ReactNode;
}

/** Gives the step of the symbol's price to what tells prices of a decision. */
export function WithTickSize({ decided, children }: WithTickSizeProps) {
  const market = marketOf(decided);
  return market === null ? children(undefined) : <Asked market={market}>{children}</Asked>;
}

function Asked({ market, children }: { market: MarketSymbol; children: WithTickSizeProps['children'] }) {
  return children(useTickSize(market));
}

/** Null where the request names no market that exists: a symbol without a price may be anything that was sent. */
function marketOf({ request, decision, symbol }: DecidedRequest): MarketSymbol | null {
  const { connectorType, marketType } = request;
  if (decision.inputs.price === null && decision.sizing.price === null) return null;
  if (typeof connectorType !== 'string' || typeof marketType !== 'string') return null;
  return { connectorType, marketType, symbol };
}
