import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Envelope, SymbolSpec } from '@inspector/contract';
import { type Connector, ConnectorError, type Deliver } from '../connector.ts';
import { accountCalls } from '../paper/account-calls.ts';
import { PaperExchange } from '../paper/exchange/exchange.ts';
import { CandleHistory } from '../paper/market/candles.ts';
import { steadyNow } from '../paper/ticker.ts';
import { type RecordedEvent, retimed } from './envelope-reader.ts';
import { openRecording, type Recording } from './recording.ts';

/** Events in one go before others get their turn, when the replay is behind its time. */
const EVENTS_PER_TURN = 200;
/** Longest sleep: a change of speed or a stop is noticed after it at the latest. */
const LONGEST_SLEEP_MS = 250;
export const SPEED_LIMIT = 1000;

/** Time as the replay meets it; the tests let it pass at once. */
export interface Pacer {
  now(): number;
  sleep(ms: number): Promise<void>;
}

const realPacer: Pacer = { now: Date.now, sleep: (ms) => sleepFor(ms) };

export interface ReplayConnectorSettings {
  file: string;
  /** Wallet at the start, unless the recording says it. */
  balance: number;
  makerFeePercent: number;
  takerFeePercent: number;
  connectorType?: string;
  /** Times real time; 1 unless told. */
  speed?: number;
  pacer?: Pacer;
}

export interface ReplayConnector extends Connector {
  readonly control: ReplayConnectorControl;
}

/** Starting and stopping of the recording; the account and its orders stay as they are. */
export interface ReplayConnectorControl {
  readonly file: string;
  isRunning(): boolean;
  /** Goes on where it was stopped, or from the beginning once it has ended. */
  start(speed: number): void;
  stop(): void;
}

/**
 * The connector `replay:<file>`: a recording's market data as if it came now, at real time or a multiple of it, and the
 * built-in exchange over it. Prices bear the time at which they are played. Errors: INPUT_UNREADABLE.
 */
export async function openReplayConnector(settings: ReplayConnectorSettings): Promise<ReplayConnector> {
  const recording = await openRecording(settings.file);
  return createReplayConnector(recording, settings);
}

function createReplayConnector(recording: Recording, settings: ReplayConnectorSettings): ReplayConnector {
  const { connectorType = 'replay', balance, makerFeePercent, takerFeePercent, pacer = realPacer } = settings;
  const { marketType } = recording;
  const now = steadyNow({ now: pacer.now });
  const account = { balance, makerFeePercent, takerFeePercent, instance: Math.floor(now() / 1000) >>> 0 };
  const exchange = new PaperExchange({ connectorType, marketType, ...account });
  const candles = new CandleHistory();
  const specs = new Map<string, SymbolSpec>();
  let deliver: Deliver | undefined;
  let lastEventAt: number | null = null;
  let trouble: string | undefined = 'The recording was not started';
  let speed = settings.speed ?? 1;
  let events: AsyncGenerator<RecordedEvent> | undefined;
  let waiting: RecordedEvent | undefined;
  let run = 0;
  let isRunning = false;
  /** Runs follow each other: one that was stopped lets go of the file before the next takes it. */
  let playing: Promise<void> = Promise.resolve();

  function settle(caused: readonly Envelope[]): void {
    for (const event of caused) deliver?.(event);
  }

  function play(recorded: RecordedEvent, shift: (time: number) => number): void {
    lastEventAt = now();
    if (recorded.kind === 'account') {
      exchange.start(recorded.account);
      const { symbols } = recorded.account;
      if (symbols) playEvent(listingOf(symbols, recorded.at), shift);
      settle(exchange.report(shift(recorded.at)));
    } else playEvent(recorded.envelope, shift);
  }

  function listingOf(symbols: SymbolSpec[], at: number): Envelope {
    const payload = { connectorType, marketType, symbols };
    return { eventId: `replay-symbols-${at}`, type: 'PROVIDER_SYMBOLS', source: 'PROVIDER', timestamp: at, payload };
  }

  function playEvent(recorded: Envelope, shift: (time: number) => number): void {
    const envelope = retimed(recorded, connectorType, shift);
    if (envelope.type === 'PROVIDER_ACCOUNT_EVENT') {
      settle(exchange.relay(envelope, envelope.timestamp));
      return;
    }
    note(envelope);
    deliver?.(envelope);
    settle(exchange.market(envelope));
  }

  function note(envelope: Envelope): void {
    if (envelope.type === 'PROVIDER_SYMBOLS') for (const spec of envelope.payload.symbols) specs.set(spec.name, spec);
    if (envelope.type === 'PROVIDER_MARKETDATA_TRADE' && envelope.payload.market !== false) {
      const { symbol, price, volume, time } = envelope.payload;
      candles.add(symbol.name, price, volume, time);
    }
  }

  /** Plays on until it is stopped or the recording ends. */
  async function playOn(own: number): Promise<void> {
    events ??= recording.events();
    let base: { recorded: number; played: number } | undefined;
    let turn = 0;
    while (own === run) {
      waiting ??= (await events.next()).value ?? undefined;
      if (own !== run) return;
      if (!waiting) break;
      base ??= { recorded: waiting.at, played: now() };
      const { recorded, played } = base;
      const shift = (time: number): number => Math.round(played + (time - recorded) / speed);
      const early = shift(waiting.at) - now();
      turn += 1;
      if (early > 0 || turn % EVENTS_PER_TURN === 0) {
        await pacer.sleep(Math.min(LONGEST_SLEEP_MS, Math.max(0, early)));
        if (own !== run) return;
        if (early > LONGEST_SLEEP_MS) continue;
      }
      play(waiting, shift);
      waiting = undefined;
    }
    if (own !== run) return;
    events = undefined;
    halt('The recording has ended');
  }

  function halt(why: string): void {
    run += 1;
    isRunning = false;
    trouble = why;
  }

  function fail(error: unknown): void {
    events = undefined;
    halt(error instanceof Error ? error.message : String(error));
  }

  const control: ReplayConnectorControl = {
    file: settings.file,
    isRunning: () => isRunning,
    start(times) {
      run += 1;
      speed = Math.min(SPEED_LIMIT, times);
      isRunning = true;
      trouble = undefined;
      const own = run;
      playing = playing.then(() => playOn(own)).catch(fail);
    },
    stop: () => halt('The recording was stopped'),
  };

  const calls = accountCalls({ exchange, now, settle });
  const demandListed = (symbol: string): void => {
    if (!specs.has(symbol)) throw new ConnectorError('SYMBOL_UNKNOWN', `Symbol ${symbol} is not in the recording`);
  };

  return {
    connectorType,
    marketType,
    control,
    ...calls,
    async start(to) {
      deliver = to;
      settle(exchange.report(now()));
      control.start(speed);
    },
    async stop() {
      if (isRunning) control.stop();
      deliver = undefined;
      await playing;
      await events?.return(undefined);
    },
    status: () => (trouble === undefined ? { ok: true, lastEventAt } : { ok: false, lastEventAt, reason: trouble }),
    async symbols() {
      return [...specs.values()];
    },
    async candles(query) {
      demandListed(query.symbol);
      return candles.query(query);
    },
  };
}
