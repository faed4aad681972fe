import type { InspectorHealth } from '@inspector/contract';

interface Stuck {
  remaining: { orders: number; positions: number } | null;
  connectors: InspectorHealth['connectors'];
}

const count = (number: number, one: string): string => `${number} ${number === 1 ? one : `${one}s`}`;

/** Why a kill hangs, as far as it is known here. */
export function stuckReason({ remaining, connectors }: Stuck): string {
  const away = connectors.filter(({ ok }) => !ok);
  if (away.length > 0) {
    const names = away.map(({ connectorType, marketType, reason }) =>
      reason === undefined ? `${connectorType}:${marketType}` : `${connectorType}:${marketType} (${reason})`,
    );
    return `The venue does not answer as it should: ${names.join(', ')}.`;
  }
  if (remaining === null) return 'The venue has not shown that it is flat.';
  const { orders, positions } = remaining;
  if (orders === 0 && positions === 0) {
    return 'Nothing is left as far as known here, but the venue has not confirmed it.';
  }
  const left = [
    ...(positions > 0 ? [count(positions, 'position')] : []),
    ...(orders > 0 ? [count(orders, 'order')] : []),
  ];
  return `After 10 s the venue still shows ${left.join(' and ')}.`;
}

/** What a person should do now, in order. */
export function stuckAdvice({ remaining, connectors }: Stuck): string[] {
  const isAway = connectors.some(({ ok }) => !ok);
  return [
    isAway
      ? 'Open the venue itself, on its page or app, and cancel and close there what is in scope.'
      : 'Look at the venue itself: is what is left still there?',
    ...((remaining?.positions ?? 0) > 0
      ? ['Close by hand, reduce-only, what does not close. A double close does no harm: both can only reduce.']
      : []),
    ...((remaining?.orders ?? 0) > 0 ? ['Cancel by hand the orders that are left.'] : []),
    'Leave Inspector running: it goes on trying, at most 30 s apart, and verifies as soon as the venue shows flat.',
  ];
}
