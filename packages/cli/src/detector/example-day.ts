/** The example as `npm start` runs it, on simulated time and as fast as it goes: market, venue, engine, detector. */
import { type AuditRecord, defaultOptions, type Envelope, mergeOptions } from '@inspector/contract';
import {
  PAPER_BALANCE_USD,
  PAPER_MAKER_FEE_PERCENT,
  PAPER_TAKER_FEE_PERCENT,
  SimulatedMarket,
} from '@inspector/provider/connectors';
import { createPaperVenue, type PaperVenue, type VenueMessage } from '#replay/paper-venue.ts';
import { createSession } from '#replay/session.ts';
import { createExampleDetector } from './example-detector.ts';
import { exampleOptions } from './example-options.ts';

export interface ExampleDay {
  seed: number;
  startAt: number;
  hours: number;
  onRecord: (record: AuditRecord) => void;
}

const place = { connectorType: 'paper', marketType: 'futures' };

/** Plays some hours of the example; every audit record is handed out. The same seed gives the same records. */
export function playExampleDay({ seed, startAt, hours, onRecord }: ExampleDay): void {
  const merged = mergeOptions(defaultOptions, exampleOptions);
  if ('errors' in merged) throw new Error(`The example options are invalid: ${JSON.stringify(merged.errors)}`);
  const market = new SimulatedMarket({ ...place, seed, startAt });
  const detector = createExampleDetector({ ...place, detectorSysname: 'example', seed });
  const terms = {
    balance: PAPER_BALANCE_USD,
    makerFeePercent: PAPER_MAKER_FEE_PERCENT,
    takerFeePercent: PAPER_TAKER_FEE_PERCENT,
  };
  const heard: Envelope[] = [];
  const session = createSession({
    options: merged.options,
    venue: overheard(createPaperVenue(terms), heard),
    paperBalance: terms.balance,
    latencyMs: 0,
    onRecord,
  });
  const symbols = market.symbols.map(({ spec }) => spec);
  session.take({ kind: 'account', now: startAt, account: { ...place, walletBalance: terms.balance, symbols } });
  for (let now = startAt + 1000; now <= startAt + hours * 3_600_000; now += 1000) {
    for (const event of market.next(now)) {
      session.take({ kind: 'event', now: event.timestamp, message: event });
      heard.unshift(event);
      for (let next = heard.shift(); next; next = heard.shift())
        for (const message of detector.onEvent(next)) session.take({ kind: 'event', now: event.timestamp, message });
    }
  }
}

/** The detector hears what the venue says of the account, as it would on the bus. */
function overheard(venue: PaperVenue, heard: Envelope[]): PaperVenue {
  const noted = (messages: VenueMessage[]): VenueMessage[] => {
    for (const message of messages) if (message.kind === 'event') heard.push(message.envelope);
    return messages;
  };
  return {
    ...venue,
    market: (envelope) => noted(venue.market(envelope)),
    execute: (effect, now) => noted(venue.execute(effect, now)),
  };
}
