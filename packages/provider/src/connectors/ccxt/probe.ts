/** What a venue can and cannot do, as ccxt and the venue say, and what stands in for what it cannot. */
import type { Capability } from '../connector.ts';
import type { PlacingCall } from './order-words.ts';
import type { AccountMode, VenueProfile } from './profiles/profile.ts';
import type { Venue } from './venue.ts';

export const capabilityNames = [
  'reduce-only',
  'stop-orders',
  'target-orders',
  'stop-and-target-together',
  'stop-by-mark',
  'client-ids',
  'client-ids-on-conditional-orders',
  'replace-without-gap',
  'cancel-all',
  'account-stream',
  'leverage',
  'hedge-mode',
] as const;
export type CapabilityName = (typeof capabilityNames)[number];

interface OrderFeatures {
  stopLossPrice?: boolean;
  takeProfitPrice?: boolean;
  triggerPriceType?: Record<string, boolean> | null;
  hedged?: boolean;
}

export function probe(venue: Venue, profile: VenueProfile, mode: AccountMode): Capability[] {
  const isSpot = profile.marketType === 'spot';
  const features = orderFeatures(venue, isSpot);
  const has = (name: string): boolean => (venue.has as Record<string, unknown>)[name] === true;
  const stops = features.stopLossPrice === true;
  const targets = features.takeProfitPrice === true && !isSpot;
  const byMark = !isSpot && features.triggerPriceType?.mark === true;
  return [
    capability('reduce-only', !isSpot, 'spot holds what it has: a close is cut to the balance'),
    capability('stop-orders', stops, 'none: without stops at the venue an account is not governed'),
    capability('target-orders', targets, 'Inspector watches the target and closes at market (software target)'),
    capability(
      'stop-and-target-together',
      targets && stops,
      'the stop is at the venue, the target is watched by Inspector',
    ),
    capability(
      'stop-by-mark',
      byMark,
      'the stop at the venue goes by trades; Inspector watches the mark (software stop)',
    ),
    capability('client-ids', true),
    capability(
      'client-ids-on-conditional-orders',
      profile.namesConditional,
      'they are told apart by the id of the venue',
    ),
    capability(
      'replace-without-gap',
      !isSpot,
      'the balance is bound by the old stop: it is cancelled first, and Inspector watches the price meanwhile',
    ),
    capability('cancel-all', profile.cancelsAll && has('cancelAllOrders'), 'each order is cancelled by itself'),
    capability(
      'account-stream',
      profile.userWords !== undefined,
      'the account is asked by REST every 2 s; what happens between is seen late',
    ),
    capability('leverage', has('setLeverage') && !isSpot, 'it is what the account has'),
    {
      name: 'hedge-mode',
      can: mode.isHedged,
      note: mode.isHedged ? 'one side of a symbol at a time' : 'the account is in one-way mode',
    },
  ];
}

/**
 * False for a stop or target that ccxt would make something else of: where it does not list the parameter it leaves it out,
 * and what it sends is a market order, at once.
 */
export function takesTrigger(
  venue: Venue,
  { marketType }: Pick<VenueProfile, 'marketType'>,
  { parameters }: Pick<PlacingCall, 'parameters'>,
): boolean {
  const features = orderFeatures(venue, marketType === 'spot');
  if (parameters.stopLossPrice !== undefined && features.stopLossPrice !== true) return false;
  return parameters.takeProfitPrice === undefined || features.takeProfitPrice === true;
}

function capability(name: CapabilityName, can: boolean, instead?: string): Capability {
  return can || instead === undefined ? { name, can } : { name, can, note: instead };
}

/** ccxt describes what its `createOrder` takes, by market. */
function orderFeatures(venue: Venue, isSpot: boolean): OrderFeatures {
  const features = venue.features as
    | { spot?: { createOrder?: OrderFeatures }; swap?: { linear?: { createOrder?: OrderFeatures } } }
    | undefined;
  return (isSpot ? features?.spot?.createOrder : features?.swap?.linear?.createOrder) ?? {};
}
