import type { ReconciliationState } from '@inspector/contract';

/** Whether a kill over these scopes has to be shown flat by this account; a detector trades on any of them. */
export const isAccountCovered = (scopes: readonly string[], accountKey: string): boolean =>
  scopes.some((scope) => {
    if (scope === 'global' || scope.startsWith('detector:')) return true;
    if (scope === `account:${accountKey}`) return true;
    const [connectorType, marketType] = accountKey.split(':');
    return scope.startsWith(`symbol:${connectorType}:${marketType}:`);
  });

/** Comparisons of the accounts that a kill waits for. One that was only ever named by a request answers nobody. */
export function comparisonsOf<State extends Pick<ReconciliationState, 'accountKey' | 'lastAt'>>(
  states: readonly State[],
  scopes: readonly string[],
): State[] {
  const covered = states.filter(({ accountKey }) => isAccountCovered(scopes, accountKey));
  const compared = covered.filter(({ lastAt }) => lastAt !== null);
  return compared.length > 0 ? compared : covered;
}
