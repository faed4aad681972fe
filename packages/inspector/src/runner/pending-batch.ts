import type { AuditRecord } from '@inspector/contract';
import type { Alert, Effect, EngineInput, Output, PublishedEvent, Reply } from '@inspector/engine';
import { createInputEncoder } from '../journal/input-encoder.ts';
import type { CommitBatch } from '../journal/journal.ts';

/** What a record is taken to weigh until it is written: it is kept as an object. */
const RECORD_BYTES = 600;

/** What may leave once the records that it belongs to are durable. */
export interface Outgoing {
  records: AuditRecord[];
  effects: Effect[];
  events: PublishedEvent[];
  alerts: Alert[];
  replies: Reply[];
}

/** Inputs that were applied and what they gave, but are not stored yet. */
export interface PendingBatch {
  readonly inputCount: number;
  readonly byteLength: number;
  /** True once anything in it must be on disk before it is acknowledged; market data alone need not. */
  readonly isUrgent: boolean;
  readonly hasRecords: boolean;
  /** Before the step. Throws when the input cannot be written; nothing is added then. */
  add(input: EngineInput): void;
  /** The newest input was not applied after all. */
  undo(): void;
  /** After the step: copies what the output's reused arrays hold. */
  collect(output: Output): void;
  /** A value that holds once this batch is stored. */
  setMeta(key: string, value: string): void;
  toCommit(firstInput: number): CommitBatch;
  /** Effects that are pending, taken out: whoever takes them sends them. */
  takeEffects(): Effect[];
  /** Hands over what was collected and starts the next batch. */
  take(): Outgoing;
}

export function createPendingBatch(): PendingBatch {
  const encoder = createInputEncoder();
  let outgoing = emptyOutgoing();
  let isUrgent = false;
  let now = 0;
  let meta: Record<string, string> | undefined;

  return {
    get inputCount() {
      return encoder.count;
    },
    get byteLength() {
      return encoder.byteLength + outgoing.records.length * RECORD_BYTES;
    },
    get isUrgent() {
      return isUrgent;
    },
    get hasRecords() {
      return outgoing.records.length > 0;
    },
    add(input) {
      encoder.append(input);
      now = input.now;
      if (!isTick(input)) isUrgent = true;
    },
    undo: () => encoder.undo(),
    collect(output) {
      for (const record of output.records) outgoing.records.push(record);
      for (const effect of output.effects) outgoing.effects.push(effect);
      for (const event of output.events) outgoing.events.push(event);
      for (const alert of output.alerts) outgoing.alerts.push(alert);
      for (const reply of output.replies) outgoing.replies.push(reply);
      if (output.records.length + output.effects.length + output.events.length + output.alerts.length > 0)
        isUrgent = true;
    },
    setMeta(key, value) {
      meta ??= {};
      meta[key] = value;
    },
    toCommit: (firstInput) => ({
      firstInput,
      inputCount: encoder.count,
      inputs: encoder.bytes(),
      now,
      records: outgoing.records,
      ...(meta === undefined ? {} : { meta }),
    }),
    takeEffects() {
      const effects = outgoing.effects;
      outgoing.effects = [];
      return effects;
    },
    take() {
      const taken = outgoing;
      outgoing = emptyOutgoing();
      encoder.reset();
      meta = undefined;
      isUrgent = false;
      return taken;
    },
  };
}

/** Inputs of which the last few milliseconds may be lost: raw market data and the passing of time. */
export function isTick(input: EngineInput): boolean {
  return isMarket(input) || input.kind === 'clock';
}

export function isMarket(input: EngineInput): boolean {
  return input.kind === 'trade' || input.kind === 'book' || input.kind === 'price' || input.kind === 'candle';
}

function emptyOutgoing(): Outgoing {
  return { records: [], effects: [], events: [], alerts: [], replies: [] };
}
