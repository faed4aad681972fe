/**
 * A small engine for the tests of the runner: it counts what it is told, records it, and asks for an order per request.
 * Its rules are trivial on purpose; what matters is that every kind of output and a timer are there, and that each
 * input, tick or not, changes its hash.
 */
import type { AuditKind, AuditRecord, Order } from '@inspector/contract';
import type { EngineInput, Output, Picture } from '@inspector/engine';
import type { EngineCore } from './engine-core.ts';

export interface SmallEngine {
  seq: number;
  epoch: number;
  /** Folded over everything that it was told. */
  digest: number;
  timers: number[];
  orders: number;
}

const out: Output = { records: [], effects: [], events: [], alerts: [], replies: [] };

function fold(engine: SmallEngine, text: string): void {
  for (let i = 0; i < text.length; i++) engine.digest = Math.imul(engine.digest ^ text.charCodeAt(i), 0x01000193) >>> 0;
}

function record(
  engine: SmallEngine,
  ts: number,
  fields: { kind: AuditKind; code: string; data?: object },
): AuditRecord {
  const made: AuditRecord = {
    seq: ++engine.seq,
    ts,
    severity: 'info',
    traceId: `trace-${engine.seq % 100}`,
    message: `${fields.kind} ${fields.code}`,
    epoch: engine.epoch,
    ...fields,
    data: { digest: engine.digest, ...fields.data },
  };
  out.records.push(made);
  return made;
}

function place(engine: SmallEngine, now: number, reduceOnly: boolean): void {
  const order: Order = {
    id: '',
    clientOrderId: `order${++engine.orders}`,
    externalId: '',
    connectorType: 'paper',
    marketType: 'futures',
    symbol: { name: 'BTCUSDT' },
    side: reduceOnly ? 'SELL' : 'BUY',
    type: 'MARKET',
    quantity: 1,
    reduceOnly,
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'NEW',
    time: now,
    updateTime: now,
    source: { type: 'inspector', key: 'inspector' },
    epoch: engine.epoch,
  };
  record(engine, now, { kind: 'ORDER_INTENT', code: reduceOnly ? 'CLOSE' : 'ENTRY', data: { order } });
  out.effects.push({ kind: 'place', accountKey: 'paper:futures', order });
}

function command(engine: SmallEngine, input: Extract<EngineInput, { kind: 'command' }>): void {
  if (input.command === 'fault') throw new Error('a planted bug');
  if (input.command === 'timer')
    engine.timers = [...engine.timers, input.now + Number(input.fields.inMs)].sort((a, b) => a - b);
  const made = record(engine, input.now, { kind: 'GOVERNOR_CHANGED', code: input.command, data: input.fields });
  out.alerts.push({ seq: made.seq, code: input.command, severity: 'info', message: '', reminder: false, data: {} });
  if (input.command === 'close') place(engine, input.now, true);
  if (input.replyTo !== undefined)
    out.replies.push({ replyTo: input.replyTo, ok: true, status: 200, result: { seq: made.seq } });
}

/** Fields in one order: a decoded market input has them in another than the one that was written. */
function textOf(input: EngineInput): string {
  if (input.kind === 'book') return `${input.now} ${input.bids.slice(0, 2 * input.bidCount)}`;
  if (input.kind === 'trade') return `${input.now} ${input.symbol} ${input.price} ${input.quantity} ${input.time}`;
  return JSON.stringify(input);
}

function step(engine: SmallEngine, input: EngineInput): Output {
  for (const list of Object.values(out)) list.length = 0;
  while (engine.timers.length > 0 && engine.timers[0]! <= input.now) {
    record(engine, engine.timers.shift()!, { kind: 'DATA_STALE', code: 'TIMER' });
  }
  const { kind, now } = input;
  fold(engine, textOf(input));
  switch (kind) {
    case 'request':
      record(engine, now, { kind: 'REQUEST_DECIDED', code: 'OK', data: { request: input.request } });
      place(engine, now, input.type !== 'open');
      break;
    case 'command':
      command(engine, input);
      break;
    case 'order-answer':
      record(engine, now, {
        kind: input.outcome === 'unknown' ? 'ORDER_UNKNOWN' : 'ORDER_RESULT',
        code: input.outcome,
      });
      break;
    case 'dead-letter':
      record(engine, now, { kind: 'DEAD_LETTER', code: input.code, data: { reason: input.reason } });
      break;
    case 'started':
      engine.epoch = input.epoch;
      record(engine, now, { kind: 'STARTED', code: 'OK' });
      break;
    case 'stopped':
      record(engine, now, { kind: 'STOPPED', code: 'OK' });
      break;
    case 'trade':
      if (input.price > 1000) {
        const made = record(engine, now, { kind: 'DATA_OUTLIER', code: 'DATA_OUTLIER' });
        out.events.push({
          type: 'INSPECTOR_DATA_OUTLIER_DETECTED',
          seq: made.seq,
          correlationId: made.traceId,
          payload: {},
        });
      }
      break;
    default:
  }
  return out;
}

export const smallEngine: EngineCore<SmallEngine> = {
  create: ({ epoch }) => ({ seq: 0, epoch, digest: 0x811c9dc5, timers: [], orders: 0 }),
  step,
  nextTimer: (engine) => engine.timers[0] ?? Number.POSITIVE_INFINITY,
  picture: (engine) => ({ seq: engine.seq }) as Picture,
  snapshot: (engine) => ({ ...engine }),
  restore: (value) => ({ ...smallEngine.create({ epoch: 0 } as never), ...structuredClone(value as SmallEngine) }),
  hash: (engine) => JSON.stringify(engine),
  lastSeq: (engine) => engine.seq,
};
