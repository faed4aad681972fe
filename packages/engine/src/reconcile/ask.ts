/** Asking the venue. The answer comes back as a `venue-state` input with the same query id. */
import type { QueryEffect } from '#output.ts';
import type { Engine } from '#state/engine.ts';

/** Unanswered queries remembered; the oldest are forgotten, and their late answers count as unasked ones. */
const MAX_OPEN_QUERIES = 1000;

export function askVenue(
  engine: Engine,
  accountIndex: number,
  reason: QueryEffect['reason'],
  about: { symbol?: number; clientOrderId?: string } = {},
): number {
  const queryId = ++engine.serials;
  if (engine.queries.size >= MAX_OPEN_QUERIES) engine.queries.delete(engine.queries.keys().next().value!);
  engine.queries.set(queryId, {
    account: accountIndex,
    reason,
    clientOrderId: about.clientOrderId ?? null,
    symbol: about.symbol ?? -1,
  });
  engine.out.effects.push({
    kind: 'query',
    accountKey: engine.accounts[accountIndex]!.key,
    queryId,
    reason,
    ...(about.symbol === undefined ? {} : { symbol: engine.symbols.names[about.symbol]! }),
    ...(about.clientOrderId === undefined ? {} : { clientOrderId: about.clientOrderId }),
  });
  return queryId;
}
