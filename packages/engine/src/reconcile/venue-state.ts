/** Answers of the venue to queries. One that failed changes nothing: unknown is not flat. */
import { accountOf } from '#account/accounts.ts';
import { applyBalances } from '#account/balances.ts';
import { readEquity } from '#account/equity.ts';
import { takeSpotCosts } from '#account/spot-cost.ts';
import type { VenueStateInput } from '#input.ts';
import { onOrderAbsent, onOrderQueryFailed } from '#orders/unknown.ts';
import { applyUpdate } from '#orders/updates.ts';
import { afterProtectionQuery } from '#protection/confirmations.ts';
import type { Engine } from '#state/engine.ts';
import { compareWithVenue } from './compare.ts';

export function onVenueState(engine: Engine, input: VenueStateInput): void {
  const query = engine.queries.get(input.queryId);
  engine.queries.delete(input.queryId);
  const [connectorType = '', marketType = '', accountId] = input.accountKey.split(':');
  const account = accountOf(engine, connectorType, marketType, accountId);
  const asked = query?.clientOrderId == null ? undefined : engine.orders.get(query.clientOrderId);
  account.answered ||= input.ok;
  if (!input.ok) {
    account.lastReconcileOk = false;
    if (asked !== undefined) onOrderQueryFailed(engine, asked);
    return;
  }
  if (asked !== undefined) {
    const shown = input.order ?? input.orders?.find((order) => order.clientOrderId === asked.clientOrderId);
    if (shown != null) applyUpdate(engine, asked, shown);
    else if (input.order === null) onOrderAbsent(engine, asked);
  }
  takeSpotCosts(engine, account, input.positions ?? []);
  applyBalances(engine, account, input, input.time);
  if (input.positions !== undefined) {
    compareWithVenue(engine, account, { positions: input.positions, orders: input.orders, time: input.time });
  }
  readEquity(engine, account, true);
  if (query?.reason === 'protection') afterProtectionQuery(engine, account.index);
}
