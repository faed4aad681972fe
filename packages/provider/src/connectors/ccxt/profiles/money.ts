/**
 * What is held of other assets on spot, at the prices that were paid. It counts as money: with the results of the positions
 * at the present price it is what the account is worth.
 */
export const heldAtCost = 'HELD_AT_COST';

/**
 * Assets that count one for one as the account's money, those that a spot position is rather quoted in first. Other assets
 * have no fixed worth in it: accounts that use them as collateral are shown by the venue's own valuation where it gives one.
 */
export const moneyAssets: ReadonlySet<string> = new Set(['USDT', 'USDC', 'FDUSD', 'BUSD', 'USD', heldAtCost]);
