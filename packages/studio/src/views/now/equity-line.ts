import type { EquityPoint } from '@inspector/contract';

/** Equity of all accounts together at each sample, oldest first: an account stands as it last stood. */
export function equityLine(points: readonly Pick<EquityPoint, 'accountKey' | 'equityUsd' | 'ts'>[]): number[] {
  const accounts = new Set(points.map(({ accountKey }) => accountKey));
  const standing = new Map<string, number>();
  const line: number[] = [];
  let lastTs: number | undefined;
  for (const { accountKey, equityUsd, ts } of points) {
    standing.set(accountKey, equityUsd);
    // Before each account was seen once the sum is that of fewer accounts, not less money.
    if (standing.size < accounts.size) continue;
    const sum = [...standing.values()].reduce((total, value) => total + value, 0);
    if (ts === lastTs) line[line.length - 1] = sum;
    else line.push(sum);
    lastTs = ts;
  }
  return line;
}
