/** The example as `npm start` runs it, on simulated time and as fast as it goes: market, venue, engine, detector. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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

const T0 = 1_723_118_400_000;
const place = { connectorType: 'paper', marketType: 'futures' };

/** Hours of each run; a day of five seeds is `EXAMPLE_HOURS=24 EXAMPLE_SEEDS=1,2,3,4,5`. */
const hours = Number(process.env.EXAMPLE_HOURS ?? 0.5);
const seeds = (process.env.EXAMPLE_SEEDS ?? '1').split(',').map(Number);

interface Lock {
  code: string;
  seconds: number;
}

for (const seed of seeds)
  describe(`${hours} h of the example, seed ${seed}`, () => {
    const records: Pick<AuditRecord, 'kind' | 'code' | 'ts'>[] = [];
    const locks: Lock[] = [];
    playExampleDay({
      seed,
      startAt: T0,
      hours,
      onRecord({ kind, code, ts, data }) {
        records.push({ kind, code, ts });
        const { until } = data as { until?: number | null };
        if (kind === 'LIMIT_BREACHED') locks.push({ code, seconds: ((until ?? Number.POSITIVE_INFINITY) - ts) / 1000 });
      },
    });
    const ofKind = (kind: string) => records.filter((record) => record.kind === kind);
    const decided = ofKind('REQUEST_DECIDED');
    const approvals = decided.filter(({ code }) => code === 'OK');

    it('has a protected position within 10 s', () => {
      const [first] = ofKind('PROTECTION_PLACED');
      assert.ok(first && first.ts - T0 <= 10_000);
    });

    it('keeps on trading: never ten minutes without an approval', () => {
      let before = T0;
      for (const { ts } of [...approvals, { ts: T0 + hours * 3_600_000 }]) {
        assert.ok(ts - before < 600_000, `nothing approved from ${before - T0} to ${ts - T0} ms`);
        before = ts;
      }
    });

    it('is refused by many rules', () => {
      const codes = new Set(decided.map(({ code }) => code));
      assert.ok(codes.size >= 10, [...codes].join(' '));
      assert.ok(codes.has('COOLDOWN_ACTIVE'));
    });

    it('moves its stops, and ends trades in several ways', () => {
      assert.ok(ofKind('PROTECTION_MOVED').length > 20);
      assert.ok(new Set(ofKind('POSITION_CLOSED').map(({ code }) => code)).size >= 2);
    });

    it('is never stood down for longer than two minutes', () => {
      assert.deepEqual(
        locks.filter(({ seconds }) => seconds > 120),
        [],
      );
    });

    it('never leaves a position naked for long', () => {
      assert.deepEqual(ofKind('NAKED_EXPOSURE'), []);
    });
  });

interface ExampleDay {
  seed: number;
  startAt: number;
  hours: number;
  onRecord: (record: AuditRecord) => void;
}

/** Plays some hours of the example; every audit record is handed out. The same seed gives the same records. */
function playExampleDay({ seed, startAt, hours, onRecord }: ExampleDay): void {
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
