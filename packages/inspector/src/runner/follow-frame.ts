import type { AuditRecord } from '@inspector/contract';
import { decodeInputs } from '../journal/input-decoder.ts';
import type { Journal } from '../journal/journal.ts';
import { chainOf, type Frame, lastInputOf } from '../replication/frame.ts';
import type { EngineCore } from './engine-core.ts';
import { isTick } from './pending-batch.ts';
import { INPUT_WEIGHT } from './snapshot-schedule.ts';

export type FollowErrorCode =
  /** Commits between what is here and this one are missing. */
  | 'STANDBY_BEHIND'
  /** What is here is not what the acting instance had, or this version decides otherwise. */
  | 'STANDBY_DIVERGED';

export interface FollowError extends Error {
  code: FollowErrorCode;
}

export interface Followed {
  records: AuditRecord[];
  weight: number;
}

interface Place {
  journal: Journal;
  frame: Frame;
  /** The chain of what is stored here. */
  chain: string;
}

/**
 * Applies a commit of the acting instance to this engine and stores it, as that instance did. Undefined when it is here
 * already. Throws a `FollowError`; after STANDBY_DIVERGED the engine is no longer that of the store and must be thrown away.
 */
export function followFrame<E>(core: EngineCore<E>, engine: E, { journal, frame, chain }: Place): Followed | undefined {
  const { lastInput } = journal;
  if (lastInputOf(frame) < lastInput) return undefined;
  if (lastInputOf(frame) === lastInput) {
    if (frame.chain === chain) return undefined;
    throw followError('STANDBY_DIVERGED', `input ${lastInput} here is not that of the acting instance`);
  }
  if (frame.firstInput > lastInput + 1) {
    throw followError('STANDBY_BEHIND', `inputs ${lastInput + 1} to ${frame.firstInput - 1} are missing`);
  }
  if (frame.firstInput <= lastInput || frame.previous !== chain) {
    throw followError(
      'STANDBY_DIVERGED',
      `what is stored up to input ${lastInput} is not what the acting instance had`,
    );
  }
  if (chainOf(chain, frame.inputs, frame.lines) !== frame.chain) {
    throw followError('STANDBY_DIVERGED', `the commit from input ${frame.firstInput} was changed on its way`);
  }
  const followed = stepAll(core, engine, frame);
  journal.commit(
    {
      firstInput: frame.firstInput,
      inputCount: frame.inputCount,
      inputs: frame.inputs,
      now: frame.now,
      records: followed.records,
      lines: frame.lines,
      meta: { ...frame.meta, chain: frame.chain },
    },
    followed.records.length > 0 ? 'full' : 'lazy',
  );
  return followed;
}

function stepAll<E>(core: EngineCore<E>, engine: E, frame: Frame): Followed {
  const records: AuditRecord[] = [];
  let weight = 0;
  decodeInputs(frame.inputs, (input) => {
    weight += isTick(input) ? 1 : INPUT_WEIGHT;
    for (const record of core.step(engine, input).records) {
      const computed = JSON.stringify(record);
      const told = frame.lines[records.length];
      if (computed !== told) {
        throw followError(
          'STANDBY_DIVERGED',
          `the acting instance recorded ${told ?? 'nothing'}, this one ${computed}`,
        );
      }
      records.push(record);
    }
  });
  if (records.length === frame.lines.length) return { records, weight };
  throw followError(
    'STANDBY_DIVERGED',
    `the acting instance recorded ${frame.lines[records.length]}, this one nothing`,
  );
}

function followError(code: FollowErrorCode, message: string): FollowError {
  return Object.assign(new Error(message), { name: 'FollowError', code });
}
