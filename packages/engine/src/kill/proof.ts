/** What is kept of a verified kill: what the venue showed, and what was left out on purpose. */
import { isDust } from '#protection/protect.ts';
import type { Engine } from '#state/engine.ts';
import { positionState } from '#views/position-state.ts';
import { type KillScope, positionsInScope } from './remaining.ts';

export function buildProof(engine: Engine, kill: KillScope, ordersShown: boolean): Record<string, unknown> {
  const open = [...engine.positions.values()].filter((position) => position.status !== 'closed');
  const legacy = open.filter((position) => position.ownership === 'legacy');
  const dust = positionsInScope(engine, kill).filter((position) => isDust(engine, position));
  return {
    verifiedAt: engine.now,
    positionsInScope: 0,
    ordersInScope: 0,
    ordersShownByVenue: ordersShown,
    legacyLeft: kill.includeLegacy ? [] : legacy.map((position) => positionState(engine, position)),
    dustLeft: dust.map((position) => positionState(engine, position)),
    accounts: engine.accounts.map((account) => ({
      accountKey: account.key,
      walletBalanceUsd: Number.isNaN(account.walletBalance) ? null : account.walletBalance,
      lastReconciledAt: Number.isNaN(account.lastReconciledAt) ? null : account.lastReconciledAt,
    })),
  };
}
