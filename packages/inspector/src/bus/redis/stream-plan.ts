/** Where the reading of a stream begins or goes on, and whether something is missing there. Pure. */
import type { StreamFacts } from './stream-facts.ts';
import { compareIds, FIRST_ID } from './stream-id.ts';

/**
 * `claiming`: what the group's consumers hold is looked at first. `history`: what was taken and never arrived here is
 * read again, from `lastRead` on. `live`: only what is new.
 */
export type StreamPhase = 'claiming' | 'history' | 'live';

export interface StreamPlan {
  phase: StreamPhase;
  lastRead: string;
  /** Everything up to here was handed over, in this life or an earlier one; unset where that is not known. */
  handed?: string;
  /** The group is made at this id, after the present one was removed. */
  createAt?: string;
  /** Why events may be missing. */
  gap?: string;
}

export interface StartTerms {
  /** The last event that is durable with the subscriber. */
  position?: string;
  /** True when the stream was there when the subscription first looked; what it held then was never asked for. */
  existedAtFirstLook: boolean;
}

export function planStart(facts: StreamFacts, { position, existedAtFirstLook }: StartTerms): StreamPlan {
  if (position !== undefined) return planFromPosition(facts, position);
  if (facts.group === undefined) {
    const at = existedAtFirstLook ? facts.last : FIRST_ID;
    return { phase: 'live', lastRead: at, handed: at, createAt: at };
  }
  const { lastDelivered, pending } = facts.group;
  const plan: StreamPlan =
    pending > 0
      ? { phase: 'claiming', lastRead: FIRST_ID }
      : { phase: 'live', lastRead: lastDelivered, handed: lastDelivered };
  return isTrimmedPast(facts, lastDelivered) ? { ...plan, gap: TRIMMED } : plan;
}

/** After an interruption, in a reader that remembers what it read last. */
export function planResume(facts: StreamFacts, lastRead: string): StreamPlan {
  if (!facts.exists) {
    const plan: StreamPlan = { phase: 'live', lastRead: FIRST_ID, handed: FIRST_ID, createAt: FIRST_ID };
    return lastRead === FIRST_ID ? plan : { ...plan, gap: GONE };
  }
  if (compareIds(facts.last, lastRead) < 0) {
    // A group that is there came with the older data. Without one nothing tells old from new: all of it, once more.
    if (facts.group) return { phase: 'history', lastRead: facts.last, handed: facts.last, gap: LOST_TAIL };
    return { phase: 'live', lastRead: FIRST_ID, handed: FIRST_ID, createAt: FIRST_ID, gap: LOST_TAIL };
  }
  const gap = isTrimmedPast(facts, lastRead) ? TRIMMED : undefined;
  if (facts.group) return { phase: 'history', lastRead, ...(gap === undefined ? {} : { gap }) };
  return { phase: 'live', lastRead, createAt: lastRead, gap: gap ?? NO_GROUP };
}

function planFromPosition(facts: StreamFacts, position: string): StreamPlan {
  const at = (id: string, gap?: string): StreamPlan => {
    const plan: StreamPlan = { phase: 'live', lastRead: id, handed: id, createAt: id };
    return gap === undefined ? plan : { ...plan, gap };
  };
  if (!facts.exists) return at(FIRST_ID, position === FIRST_ID ? undefined : GONE);
  // Ids are times: what is in the stream is older than the position, so it was there when the position was stored.
  if (compareIds(facts.last, position) < 0) return at(facts.last, LOST_TAIL);
  return at(position, isTrimmedPast(facts, position) ? TRIMMED : undefined);
}

/** The entry that was read last is kept by whoever trims with care; where even that is gone, more may be. */
function isTrimmedPast({ first, last }: StreamFacts, position: string): boolean {
  if (position === FIRST_ID) return false;
  return first === undefined ? compareIds(last, position) > 0 : compareIds(first, position) > 0;
}

const GONE = 'the stream is gone, the server was emptied';
const LOST_TAIL = 'the stream ends before what was read of it, the server lost its newest part';
const TRIMMED = 'entries were dropped before they were read';
const NO_GROUP = 'the group is gone';
