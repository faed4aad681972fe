import type { IncidentResponse } from '@inspector/contract';

interface LeftPosition {
  symbol: string;
  side: string;
  quantity: number | null;
}

export interface VenueProof {
  verifiedAt: number | null;
  positionsInScope: number | null;
  ordersInScope: number | null;
  /** Whether the venue itself listed its orders; a snapshot alone does not. */
  ordersShownByVenue: boolean;
  accounts: readonly { accountKey: string; walletBalanceUsd: number | null; lastReconciledAt: number | null }[];
  legacyLeft: readonly LeftPosition[];
  dustLeft: readonly LeftPosition[];
}

type Fields = Readonly<Record<string, unknown>>;

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter((each): each is Fields => typeof each === 'object' && each !== null) : [];
const leftOf = (value: unknown): LeftPosition[] =>
  listOf(value).map(({ symbol, side, quantity }) => ({
    symbol: String(symbol ?? ''),
    side: String(side ?? ''),
    quantity: numberOf(quantity),
  }));

/** The venue's proof of an incident, null before it is flat. */
export function venueProof(proof: IncidentResponse['proof']): VenueProof | null {
  if (proof === null) return null;
  return {
    verifiedAt: numberOf(proof.verifiedAt),
    positionsInScope: numberOf(proof.positionsInScope),
    ordersInScope: numberOf(proof.ordersInScope),
    ordersShownByVenue: proof.ordersShownByVenue === true,
    accounts: listOf(proof.accounts).map((account) => ({
      accountKey: String(account.accountKey ?? ''),
      walletBalanceUsd: numberOf(account.walletBalanceUsd),
      lastReconciledAt: numberOf(account.lastReconciledAt),
    })),
    legacyLeft: leftOf(proof.legacyLeft),
    dustLeft: leftOf(proof.dustLeft),
  };
}
