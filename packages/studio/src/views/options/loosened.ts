/** What a change of options loosens, in words: each needs a reason before it is applied. */
import { directionOf } from './direction.ts';
import { valueWords } from './field-value.ts';
import type { FormField } from './form-field.ts';
import { inForce } from './looser.ts';
import { isObject, type Json, type JsonObject, pointerOf, type Steps, sameValue, valueAt } from './option-tree.ts';

export interface Loosened {
  pointer: string;
  label: string;
  /** Whom it concerns: undefined for everybody, else `symbol BTCUSDT`. */
  whose: string | undefined;
  before: string;
  after: string;
  /** What is no longer so strict, in a sentence. */
  sentence: string;
}

/** Switches that are no limits themselves, and whose change to this value takes a safeguard away. */
const safeguards: Readonly<Record<string, { loose: Json; sentence: string }>> = {
  'general.allowLoosening': {
    loose: true,
    sentence: 'Overrides may loosen limits from now on: the override counts, not the stricter value.',
  },
  'general.requireSecondActor': { loose: false, sentence: 'One person alone can re-arm from now on.' },
};

const overrideKinds = { symbols: 'symbol', detectors: 'detector', accounts: 'account' } as const;

/** Every limit that is less strict in `after`, for everybody and under each override. */
export function loosenedBy(fields: readonly FormField[], before: JsonObject, after: JsonObject): Loosened[] {
  const found = fields.flatMap((field) => inBase(field, before, after));
  for (const [kind, whose] of Object.entries(overrideKinds)) {
    const names = new Set([...namesOf(before, kind), ...namesOf(after, kind)]);
    for (const name of names) {
      const at: Steps = ['overrides', kind, name];
      const lists = fields.flatMap((field) => inOverride(field, { before, after, at, whose: `${whose} ${name}` }));
      found.push(...lists);
    }
  }
  return found;
}

const namesOf = (options: JsonObject, kind: string): string[] => {
  const map = valueAt(options, ['overrides', kind]);
  return isObject(map) ? Object.keys(map) : [];
};

function inBase(field: FormField, before: JsonObject, after: JsonObject): Loosened[] {
  const was = valueAt(before, field.steps);
  const is = valueAt(after, field.steps);
  if (was === undefined || is === undefined || sameValue(was, is)) return [];
  const safeguard = safeguards[field.path];
  if (safeguard !== undefined && sameValue(is, safeguard.loose)) {
    return [told(field, { was, is, steps: field.steps, sentence: safeguard.sentence })];
  }
  return directionOf(field, was, is) === 'looser'
    ? [told(field, { was, is, steps: field.steps, sentence: sentenceOf(field, is) })]
    : [];
}

interface OverridePlace {
  before: JsonObject;
  after: JsonObject;
  at: Steps;
  whose: string;
}

/** Only what this override itself does: a base that was loosened is told once, of the base. */
function inOverride(field: FormField, { before, after, at, whose }: OverridePlace): Loosened[] {
  const steps = [...at, ...field.steps];
  const own = { was: valueAt(before, steps), is: valueAt(after, steps) };
  const mayLoosenBefore = valueAt(before, ['general', 'allowLoosening']) === true;
  const mayLoosenAfter = valueAt(after, ['general', 'allowLoosening']) === true;
  if (sameValue(own.was, own.is) && mayLoosenBefore === mayLoosenAfter) return [];
  const baseBefore = valueAt(before, field.steps);
  const baseAfter = valueAt(after, field.steps);
  if (baseBefore === undefined || baseAfter === undefined) return [];
  const was = inForce(field, { base: baseBefore, override: own.was, mayLoosen: mayLoosenBefore });
  const is = inForce(field, { base: baseAfter, override: own.is, mayLoosen: mayLoosenAfter });
  return directionOf(field, was, is) === 'looser'
    ? [told(field, { was, is, steps, sentence: sentenceOf(field, is), whose })]
    : [];
}

function told(
  field: FormField,
  { was, is, steps, sentence, whose }: { was: Json; is: Json; steps: Steps; sentence: string; whose?: string },
): Loosened {
  return {
    pointer: pointerOf(steps),
    label: field.label,
    whose,
    before: valueWords(field, was),
    after: valueWords(field, is),
    sentence,
  };
}

function sentenceOf(field: FormField, value: Json): string {
  if (field.zeroIsOff && value === 0) return 'The limit is switched off.';
  if (field.path.endsWith('.action')) return 'Does less when the limit trips.';
  if (field.kind === 'until') return 'The lock ends sooner.';
  if (field.kind === 'windows') return 'Entries are let in at times at which they were not.';
  if (field.kind === 'list') return field.stricter === 'higher' ? 'Fewer are kept out.' : 'More are let in.';
  if (field.kind === 'boolean' || field.kind === 'enum') return 'The stricter choice is given up.';
  return field.stricter === 'lower' ? 'Allows more than before.' : 'Asks for less than before.';
}
