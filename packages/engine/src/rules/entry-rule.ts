/** The shape of an entry rule. One a file; `rules/index.ts` gives their precedence. */
import type { EntryCode } from '@inspector/contract';
import type { Entry } from '#decisions/entry.ts';
import type { Engine } from '#state/engine.ts';

/** A rule whose inputs are missing is skipped, and named in `inputs.skipped`. */
export const verdicts = { pass: 0, violated: 1, skipped: 2 } as const;
export type Verdict = (typeof verdicts)[keyof typeof verdicts];

export const PASS = verdicts.pass;
export const VIOLATED = verdicts.violated;
export const SKIPPED = verdicts.skipped;

/** Details of a violation, built only for refusals and warnings. */
export interface Explanation {
  scope: string;
  observed: number;
  limit: number;
  unit: string;
  message: string;
}

export interface EntryRule {
  code: EntryCode;
  judge(entry: Entry, engine: Engine): Verdict;
  explain(entry: Entry, engine: Engine): Explanation;
}

/** An explanation without numbers. */
export function plain(scope: string, message: string): Explanation {
  return { scope, observed: Number.NaN, limit: Number.NaN, unit: '', message };
}

export const accountScope = (entry: Entry): string => `account:${entry.subject.accountKey}`;
export const symbolScope = (entry: Entry): string => `symbol:${entry.subject.symbolKey}`;
export const detectorScope = (entry: Entry): string => `detector:${entry.subject.detectorSysname}`;
