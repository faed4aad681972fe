import type { ConnectorHealth, ReconciliationState } from '@inspector/contract';
import { formatWhen } from '#words/format.ts';

export interface Stuck {
  /** As Inspector believes; null: not known. */
  remaining: { orders: number; positions: number } | null;
  /** The last comparison of each account in scope; undefined: not read yet. */
  accounts: readonly Pick<ReconciliationState, 'accountKey' | 'lastOk' | 'lastAt'>[] | undefined;
}

/** Why a kill hangs: the venue does not answer, or it answers and something is left. The two want different deeds. */
export function stuckReason({ remaining, accounts }: Stuck): string {
  const silent = accounts?.filter(({ lastOk }) => !lastOk) ?? [];
  const left = remaining === null ? null : leftWords(remaining);
  if (silent.length > 0) {
    const known = left === null ? 'Whether anything is left is not known.' : `As last known, ${left}.`;
    return `The venue does not answer. ${silent.map(silenceWords).join(' ')} ${known}`;
  }
  if (accounts === undefined || accounts.length === 0) {
    return `Whether the venue answers is not known. ${left === null ? '' : `As last known, ${left}.`}`.trim();
  }
  if (left === null) return 'The venue answers and has not shown flat.';
  return isNothing(remaining)
    ? 'The venue answers. Nothing is left as far as known here, but it has not shown flat.'
    : `The venue answers, and ${left}.`;
}

const isNothing = (remaining: Stuck['remaining']): boolean => remaining?.orders === 0 && remaining.positions === 0;

/** A moment and not an age: what an alert says is read out again whenever it changes. */
const silenceWords = ({ accountKey, lastAt }: { accountKey: string; lastAt: number | null }): string =>
  lastAt === null ? `${accountKey} has never answered.` : `${accountKey} last answered at ${formatWhen(lastAt)}.`;

const counted = (number: number, one: string): string => `${number} ${number === 1 ? one : `${one}s`}`;

function leftWords({ orders, positions }: { orders: number; positions: number }): string {
  const parts = [
    ...(positions > 0 ? [counted(positions, 'position')] : []),
    ...(orders > 0 ? [counted(orders, 'order')] : []),
  ];
  if (parts.length === 0) return 'nothing is left';
  return `${parts.join(' and ')} ${orders + positions === 1 ? 'is' : 'are'} left`;
}

/** What a person should do now, in order. */
export function stuckAdvice({ remaining, accounts }: Stuck): string[] {
  const isSilent = accounts?.some(({ lastOk }) => !lastOk) === true;
  return [
    isSilent
      ? 'Open the venue itself, on its page or app: it may answer there, or say how long it is away.'
      : 'Open the venue itself, on its page or app, and compare it with the list below.',
    ...((remaining?.positions ?? 0) > 0
      ? [
          'Close there by hand, reduce-only, each position of the list. A double close does no harm: both can only reduce.',
        ]
      : []),
    ...((remaining?.orders ?? 0) > 0
      ? ['Cancel there by hand each order of the list; the stop of a position only once that is closed.']
      : []),
    'Leave Inspector running: it goes on trying, at most 30 s apart, and verifies as soon as the venue shows flat.',
  ];
}

/** Connectors that are not well, each with its reason in full. */
export const connectorTroubles = (connectors: readonly ConnectorHealth[]): string[] =>
  connectors
    .filter(({ ok }) => !ok)
    .map(
      ({ connectorType, marketType, reason }) =>
        `${connectorType}:${marketType}: ${reason ?? 'not well, without a reason'}`,
    );
