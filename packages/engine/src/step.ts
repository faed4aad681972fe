/**
 * The engine's one entry: applies an input and says what it wants done. Pure, synchronous, total. Time is the input's;
 * timers due at or before it fire first, each at its own due time.
 */
import { onAccountInput, onAccountStart, onStreamGap } from './account/account-events.ts';
import { rollDay } from './account/day.ts';
import { record } from './audit/record.ts';
import { onCommand } from './commands/commands.ts';
import { onOptions } from './commands/options.ts';
import { decideExit } from './decisions/decide-exit.ts';
import { checkOpen, decideOpen } from './decisions/decide-open.ts';
import { fireTimers } from './fire-timers.ts';
import type { CheckInput, DeadLetterInput, EngineInput, MarketInput, RequestInput } from './input.ts';
import { watchLatchedKill } from './kill/kill-switch.ts';
import { onStarted, onStopped, onVenueCapabilities } from './life/life.ts';
import { onBook, onCandle, onPrice, onTrade } from './market/market-inputs.ts';
import { onSymbolListed, onSymbols } from './market/symbol-inputs.ts';
import { traceIdOf } from './number/hash.ts';
import { onOrderAnswer, onOrderInput } from './orders/order-events.ts';
import type { Output } from './output.ts';
import { onVenueState } from './reconcile/venue-state.ts';
import type { Engine } from './state/engine.ts';

/** The returned arrays are reused: they are valid until the next step. A time before the engine's counts as its own. */
export function step(engine: Engine, input: EngineInput): Output {
  const { out } = engine;
  if (out.records.length > 0) out.records = [];
  if (out.effects.length > 0) out.effects = [];
  if (out.events.length > 0) out.events = [];
  if (out.alerts.length > 0) out.alerts = [];
  if (out.replies.length > 0) out.replies = [];
  switch (input.kind) {
    case 'trade':
      beginMarketInput(engine, input);
      if (input.symbol >= 0 && input.symbol < engine.symbols.count) onTrade(engine, input);
      break;
    case 'book':
      beginMarketInput(engine, input);
      if (input.symbol >= 0 && input.symbol < engine.symbols.count) onBook(engine, input);
      break;
    case 'price':
      beginMarketInput(engine, input);
      if (input.symbol >= 0 && input.symbol < engine.symbols.count) onPrice(engine, input);
      break;
    case 'candle':
      beginMarketInput(engine, input);
      if (input.symbol >= 0 && input.symbol < engine.symbols.count) onCandle(engine, input);
      break;
    default:
      dispatch(engine, input);
  }
  if (engine.incidents.length > 0 && (out.records.length > 0 || input.kind !== 'clock')) watchLatchedKill(engine);
  return out;
}

/** Shared by all market inputs: their records are traced by their place in the sequence, made up only when written. */
const MARKET_TRACE = traceIdOf('market');

/** Apart from `beginOtherInput`: here inputs are of few shapes, so that reading their time allocates nothing. */
function beginMarketInput(engine: Engine, input: MarketInput): void {
  const { cause } = engine;
  if (engine.timers.count > 0 && engine.timers.due[0]! <= input.now) fireTimers(engine, input);
  if (input.now > engine.now) engine.now = input.now;
  engine.inputs++;
  cause.traceId = MARKET_TRACE;
  cause.causationId = null;
  cause.correlationId = MARKET_TRACE;
  if (engine.now >= engine.dayEndsAt) rollDay(engine);
}

type OtherInput = Exclude<EngineInput, { kind: 'trade' | 'book' | 'price' | 'candle' }>;

function beginOtherInput(engine: Engine, input: OtherInput): void {
  const { cause } = engine;
  if (engine.timers.count > 0 && engine.timers.due[0]! <= input.now) fireTimers(engine, input);
  if (input.now > engine.now) engine.now = input.now;
  engine.inputs++;
  cause.causationId = 'eventId' in input && input.eventId !== undefined ? input.eventId : null;
  cause.traceId = traceIdOf(cause.causationId ?? `input|${engine.inputs}`);
  cause.correlationId = cause.causationId ?? cause.traceId;
  if (engine.now >= engine.dayEndsAt && (input.kind !== 'clock' || input.line === true)) rollDay(engine);
}

function dispatch(engine: Engine, input: OtherInput): void {
  // Timers that fell due while nobody was there fire in the instance that begins: what they send is sent by it.
  const serialsBefore = engine.serials;
  if (input.kind === 'started') engine.epoch = input.epoch;
  beginOtherInput(engine, input);
  switch (input.kind) {
    case 'symbol-listed':
      onSymbolListed(engine, input);
      break;
    case 'symbols':
      onSymbols(engine, input);
      break;
    case 'account':
      onAccountInput(engine, input);
      break;
    case 'account-start':
      onAccountStart(engine, input);
      break;
    case 'order':
      onOrderInput(engine, input);
      break;
    case 'request':
      onRequest(engine, input);
      break;
    case 'check':
      onCheck(engine, input);
      break;
    case 'command':
      onCommand(engine, input);
      break;
    case 'options':
      onOptions(engine, input);
      break;
    case 'order-answer':
      onOrderAnswer(engine, input);
      break;
    case 'venue-state':
      onVenueState(engine, input);
      break;
    case 'dead-letter':
      onDeadLetter(engine, input);
      break;
    case 'stream-gap':
      onStreamGap(engine, input);
      break;
    case 'venue-capabilities':
      onVenueCapabilities(engine, input);
      break;
    case 'started':
      onStarted(engine, input, serialsBefore);
      break;
    case 'stopped':
      onStopped(engine, input);
      break;
    case 'clock':
      break;
  }
}

function onRequest(engine: Engine, input: RequestInput): void {
  engine.cause.correlationId = input.request.requestId;
  if (input.type === 'open') decideOpen(engine, { raw: input.request, eventId: input.eventId, source: input.source });
  else decideExit(engine, { type: input.type, raw: input.request, eventId: input.eventId });
}

function onCheck(engine: Engine, input: CheckInput): void {
  engine.cause.correlationId = input.request.requestId;
  const decision = checkOpen(engine, input.request, input.actor);
  if (input.replyTo !== undefined)
    engine.out.replies.push({ replyTo: input.replyTo, ok: true, status: 200, result: decision });
}

function onDeadLetter(engine: Engine, input: DeadLetterInput): void {
  const { code, reason, eventType, eventId, sample } = input;
  record(engine, 'DEAD_LETTER', {
    code,
    severity: 'warn',
    message: `Refused: ${reason}`,
    data: {
      reason,
      ...(eventType === undefined ? {} : { eventType }),
      ...(eventId === undefined ? {} : { eventId }),
      ...(sample === undefined ? {} : { sample }),
    },
  });
}
