/**
 * One engine on a file's time. Time is the input's and nothing else: before an input with timestamp t every engine timer
 * and every message of the venue that is due at or before t comes first, each at its own due time.
 *
 * Life of a line: timers and messages up to its time → its inputs → the venue sees the market event → the engine's
 * effects are carried out → the venue's answers and events go in, and their effects are carried out, until none is left.
 */
import { type AuditRecord, accountKey, type Envelope, marketEventTypes, type Options } from '@inspector/contract';
import { createEngine, type Effect, type Engine, type EngineInput, nextTimer, step } from '@inspector/engine';
import { commandInput, createDecoder, engineSymbols, zoneTable } from '@inspector/inspector/ingest';
import type { PaperVenue, VenueMessage } from './paper-venue.ts';
import type { ReplayLine } from './replay-line.ts';

export interface SessionOptions {
  options: Options;
  /** Null: orders are only recorded, and no query is ever answered. */
  venue: PaperVenue | null;
  /** Wallet of an account that asks for something before the file or the venue has shown it. */
  paperBalance: number;
  /** From an effect to the venue's answers and events. */
  latencyMs: number;
  onRecord(record: AuditRecord): void;
}

export interface Session {
  readonly engine: Engine;
  /** Takes a line of an event file, after whatever is due before it. */
  take(line: ReplayLine): void;
  /** Takes a market input of a capture likewise. The venue does not see it: a capture asks for no order. */
  feed(input: EngineInput): void;
}

/** Steps at one moment of time. More can only be an endless exchange between engine and venue: the run stops. */
const STEPS_AT_ONE_TIME_LIMIT = 100_000;

const marketTypes: ReadonlySet<string> = new Set(marketEventTypes);

export function createSession({ options, venue, paperBalance, latencyMs, onRecord }: SessionOptions): Session {
  const engine = createEngine({ options, zone: zoneTable(options.general.timezone), epoch: 1, appKey: 'inspector' });
  const decoder = createDecoder({ symbols: engineSymbols(engine), acceptRefs: true });
  const accounts = new Set<string>();
  const markets = new Set<string>();
  let accountGiven = false;
  // Latency is one number, so messages fall due in the order in which they were sent.
  const onTheWay: { due: number; message: VenueMessage }[] = [];
  const effects: Effect[] = [];
  let now = 0;
  let stepsAtThisTime = 0;

  function moveTo(time: number): void {
    if (time <= now) return;
    now = time;
    stepsAtThisTime = 0;
  }

  function stepOver(input: EngineInput): void {
    if (++stepsAtThisTime > STEPS_AT_ONE_TIME_LIMIT) {
      throw new Error(`more than ${STEPS_AT_ONE_TIME_LIMIT} steps at ${now}: engine and venue do not come to rest`);
    }
    const output = step(engine, input);
    for (const record of output.records) onRecord(record);
    if (venue) effects.push(...output.effects);
  }

  function deliver(message: VenueMessage): void {
    if (message.kind === 'answer') {
      message.input.now = now; // a late answer arrives at its own time
      stepOver(message.input);
    } else {
      for (const input of decoder.decode(message.envelope, now)) stepOver(input);
    }
  }

  function send(messages: readonly VenueMessage[]): void {
    for (const message of messages) {
      if (latencyMs === 0) deliver(message);
      else onTheWay.push({ due: now + latencyMs, message });
    }
  }

  function carryOut(): void {
    if (!venue) return;
    for (let effect = effects.shift(); effect; effect = effects.shift()) send(venue.execute(effect, now));
  }

  function advance(until: number): void {
    for (;;) {
      const timer = nextTimer(engine);
      const message = onTheWay[0];
      const due = Math.min(timer, message?.due ?? Number.POSITIVE_INFINITY);
      if (!(due <= until)) break;
      moveTo(due);
      // A message is an input: a timer that is due at its very time fires before it.
      if (message === undefined || timer <= message.due) stepOver({ kind: 'clock', now });
      else deliver(onTheWay.shift()!.message);
      carryOut();
    }
    moveTo(until);
  }

  /**
   * Where a file names no account at all, one that something is asked of starts with the paper balance: but only on a
   * market that the file shows.
   */
  function introduce({ connectorType, marketType, accountId }: Record<string, unknown>): void {
    if (!venue || accountGiven || typeof connectorType !== 'string' || typeof marketType !== 'string') return;
    if (!markets.has(accountKey(connectorType, marketType))) return;
    const account =
      typeof accountId === 'string' ? { connectorType, marketType, accountId } : { connectorType, marketType };
    const key = accountKey(connectorType, marketType, account.accountId);
    if (accounts.has(key)) return;
    accounts.add(key);
    venue.start({ ...account, walletBalance: paperBalance });
    stepOver({ kind: 'account-start', now, ...account, walletBalance: paperBalance, positions: [] });
  }

  function takeEvent(message: unknown): void {
    const inputs = decoder.decode(message, now);
    if (inputs.some((input) => input.kind === 'dead-letter')) {
      for (const input of inputs) stepOver(input);
      return;
    }
    const envelope = message as Envelope;
    if (envelope.type === 'PROVIDER_ACCOUNT_EVENT') {
      const { connectorType, marketType, accountId } = envelope.payload;
      accounts.add(accountKey(connectorType, marketType, accountId));
      venue?.account(envelope); // before the engine's step: what it asks the venue is answered by what the file says
    }
    for (const input of inputs) {
      if (input.kind === 'request') introduce(input.request);
      stepOver(input);
    }
    if (!venue || !marketTypes.has(envelope.type)) return;
    const { connectorType, marketType } = envelope.payload as { connectorType: string; marketType: string };
    if (!accountGiven) markets.add(accountKey(connectorType, marketType));
    send(venue.market(envelope));
  }

  return {
    engine,
    take(line) {
      advance(line.now);
      switch (line.kind) {
        case 'account': {
          const { symbols, positions = [], ...account } = line.account;
          const { connectorType, marketType } = account;
          accounts.add(accountKey(connectorType, marketType, account.accountId));
          accountGiven = true;
          venue?.start(line.account);
          if (symbols) {
            const payload = { connectorType, marketType, symbols };
            const head = { eventId: 'replay-account', source: 'PROVIDER', timestamp: now };
            takeEvent({ ...head, type: 'PROVIDER_SYMBOLS', payload });
          }
          stepOver({ kind: 'account-start', now, ...account, positions });
          break;
        }
        case 'clock':
          stepOver({ kind: 'clock', now, line: true });
          break;
        case 'command':
          stepOver(commandInput({ payload: line.payload, options: engine.options, now }));
          break;
        case 'event':
          takeEvent(line.message);
      }
      carryOut();
    },
    feed(input) {
      advance(input.now);
      stepOver(input);
      carryOut();
    },
  };
}
