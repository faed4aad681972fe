import type { VenuePosition } from '@inspector/contract';
import type { OrderWords } from './profiles/profile.ts';

/** What a venue's private stream says, in the words of the connector. */
export type UserWord =
  | {
      kind: 'order';
      order: OrderWords;
      /** The fill that this message tells of. */
      trade?: { id: string; fee: number; feeAsset: string };
    }
  | {
      kind: 'account';
      /** The venue's time of the change: a fill of the same time is contained in it. */
      time: number;
      /** Whole balances of the assets that changed. */
      wallets: readonly { asset: string; balance: number }[];
      /** Absolute; quantity 0 is flat. In hedge mode one side of a symbol at a time. */
      positions: readonly (VenuePosition & { hedgeSide?: 'LONG' | 'SHORT' })[];
      /** Money that came or went, where the venue says so. */
      transfer?: { asset: string; amount: number };
    }
  /** The venue confirmed a subscription, named so that two are told apart. */
  | { kind: 'subscribed'; channel: string }
  /** The stream will say nothing more under its present key. */
  | { kind: 'ended'; reason: string };
