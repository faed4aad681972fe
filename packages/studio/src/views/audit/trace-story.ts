import type { AuditRecord } from '@inspector/contract';

/** What a part of a story is about, in the order in which a trade meets them. */
export type Stage = 'request' | 'order' | 'position' | 'protection' | 'exit' | 'other';

export interface StoryStep {
  record: AuditRecord;
  /** Since the step before, ms; null for the first. */
  sincePreviousMs: number | null;
  sinceStartMs: number;
}

/** Steps in a row that are about the same. */
export interface Chapter {
  stage: Stage;
  steps: StoryStep[];
}

export interface Milestones {
  /** From the decision to the first fill of the entry. */
  fillMs: number | null;
  /** From the position's opening to its first stop that works. */
  protectedMs: number | null;
  /** From opening to flat; null while it is open. */
  heldMs: number | null;
  realizedPnlUsd: number | null;
  /** Why it ended. */
  closeCode: string | null;
}

export interface TraceStory {
  chapters: Chapter[];
  milestones: Milestones;
  startTs: number;
  endTs: number;
}

/** The records of one trace, oldest first, as a story from request to close. */
export function traceStory(records: readonly AuditRecord[]): TraceStory {
  const start = records[0]?.ts ?? 0;
  const chapters: Chapter[] = [];
  const stageOf = stages();
  records.forEach((record, index) => {
    const previous = records[index - 1];
    const step: StoryStep = {
      record,
      sincePreviousMs: previous === undefined ? null : record.ts - previous.ts,
      sinceStartMs: record.ts - start,
    };
    const stage = stageOf(record);
    const chapter = chapters.at(-1);
    if (chapter?.stage === stage) chapter.steps.push(step);
    else chapters.push({ stage, steps: [step] });
  });
  return { chapters, milestones: milestonesOf(records), startTs: start, endTs: records.at(-1)?.ts ?? start };
}

/** Orders belong to what they are for; an update of a position that changes only its protection belongs to that. */
function stages(): (record: AuditRecord) => Stage {
  let quantity: unknown;
  return (record) => {
    const { kind, data } = record;
    switch (kind) {
      case 'REQUEST_DECIDED':
        return data.exit === true ? 'exit' : 'request';
      case 'ORDER_INTENT':
      case 'ORDER_SENT':
      case 'ORDER_RESULT':
      case 'ORDER_UNKNOWN':
        return orderStage(data.purpose);
      case 'POSITION_OPENED':
        quantity = data.quantity;
        return 'position';
      case 'POSITION_UPDATED': {
        const isSame = data.quantity === quantity;
        quantity = data.quantity;
        return isSame ? 'protection' : 'position';
      }
      case 'PROTECTION_PLACED':
      case 'PROTECTION_MOVED':
      case 'PROTECTION_CANCELLED':
      case 'PROTECTION_FAILED':
      case 'NAKED_EXPOSURE':
        return 'protection';
      case 'CLOSE_REQUESTED':
      case 'CLOSE_DEFERRED':
      case 'POSITION_CLOSED':
        return 'exit';
      default:
        return 'other';
    }
  };
}

function orderStage(purpose: unknown): Stage {
  switch (purpose) {
    case 'STOP':
    case 'TARGET':
    case 'CANCEL':
      return 'protection';
    case 'CLOSE':
      return 'exit';
    default:
      return 'order';
  }
}

function milestonesOf(records: readonly AuditRecord[]): Milestones {
  const first = (passes: (record: AuditRecord) => boolean) => records.find(passes);
  const decided = first(({ kind, data }) => kind === 'REQUEST_DECIDED' && data.exit !== true);
  const filled = first(
    ({ kind, data }) => kind === 'ORDER_RESULT' && data.purpose === 'ENTRY' && Number(data.quantityExecuted) > 0,
  );
  const opened = first(({ kind }) => kind === 'POSITION_OPENED');
  const stopped = first(({ kind, code }) => kind === 'PROTECTION_PLACED' && code === 'STOP');
  const closed = first(({ kind }) => kind === 'POSITION_CLOSED');
  const between = (from: AuditRecord | undefined, to: AuditRecord | undefined) =>
    from === undefined || to === undefined ? null : to.ts - from.ts;
  const result = closed?.data.realizedPnlUsd;
  return {
    fillMs: between(decided, filled),
    protectedMs: between(opened, stopped),
    heldMs: between(opened, closed),
    realizedPnlUsd: typeof result === 'number' ? result : null,
    closeCode: closed?.code ?? null,
  };
}
