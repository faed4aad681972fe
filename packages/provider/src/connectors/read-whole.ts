import type { Order } from '@inspector/contract';
import type { AccountState, Connector } from './connector.ts';

/**
 * Orders first: what fills between the two answers is then in the positions, and was among the orders. The other way round
 * it would be in neither, and an account that holds something would look flat. Where orders cannot be had, the account is
 * not asked for: half an answer is none. Errors: those of the connector.
 */
export async function readWhole(
  connector: Pick<Connector, 'account' | 'openOrders'>,
): Promise<{ account: AccountState; openOrders: Order[] }> {
  const openOrders = await connector.openOrders();
  return { account: await connector.account(), openOrders };
}
