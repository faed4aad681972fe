import type { FakeVenue } from '@inspector/fake-venue';

/** Client ids under which the venue took more than one order. */
export const sentTwice = (venue: FakeVenue): string[] =>
  [...venue.placings()].flatMap(([id, count]) => (count > 1 ? [id] : []));
