/**
 * Assets that count one for one as the account's money. Other assets have no fixed worth in it: accounts that use them as
 * collateral are shown by the venue's own valuation where it gives one.
 */
export const moneyAssets: ReadonlySet<string> = new Set(['USDT', 'USDC', 'FDUSD', 'BUSD', 'USD']);
