import type { Alert, Effect, EngineInput, Reply } from '@inspector/engine';
import type { JournalError } from '../journal/journal-error.ts';

/** An order that can open or grow a position. */
export function isEntry(effect: Effect): effect is Extract<Effect, { kind: 'place' }> {
  return effect.kind === 'place' && effect.order.reduceOnly !== true && effect.order.closePosition !== true;
}

/** What the engine is told of an entry that was held back. */
export function notSent(effect: Extract<Effect, { kind: 'place' }>): EngineInput {
  return {
    kind: 'order-answer',
    now: 0,
    accountKey: effect.accountKey,
    clientOrderId: effect.order.clientOrderId,
    call: 'place',
    outcome: 'rejected',
    reason: 'UNKNOWN',
    reasonText: 'not sent: the intent could not be stored where it must be',
  };
}

/** What the audit is told afterwards of a request that was not taken. */
export function refusalOf(eventId: string, requestId: string): EngineInput {
  return {
    kind: 'dead-letter',
    now: 0,
    code: 'STORE_UNAVAILABLE',
    reason: `request ${requestId} came while nothing could be stored: it was not decided`,
    eventType: 'DETECTOR_POSITION_OPEN_REQUEST',
    eventId,
  };
}

export function stallAlert(error: JournalError, seq: number): Alert {
  return {
    seq,
    code: 'STORE_UNAVAILABLE',
    severity: 'critical',
    message: `Inspector cannot store: ${error.message}. No entry is approved, exits go on.`,
    reminder: false,
    data: { code: error.code },
  };
}

export function blockedAlert(reason: string, seq: number): Alert {
  return {
    seq,
    code: 'REPLICA_UNREACHABLE',
    severity: 'critical',
    message: `A standby cannot learn of what is decided: ${reason}. No entry is approved, exits go on.`,
    reminder: false,
    data: { code: 'REPLICA_UNREACHABLE' },
  };
}

export function unavailable(replyTo: number, code: string, message: string): Reply {
  return { replyTo, ok: false, status: 503, code, message };
}
