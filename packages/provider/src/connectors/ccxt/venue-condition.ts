import type { CallKind } from './profiles/profile.ts';
import { adviceFor, type Meaning, type Trouble } from './venue-trouble.ts';

/** Troubles that stay until somebody does something, or the venue is back. */
const lasting: ReadonlySet<Meaning> = new Set([
  'key',
  'permission',
  'ip',
  'restricted',
  'maintenance',
  'banned',
  'clock',
  'account-mode',
  'not-taken',
]);

/** Of them, those that only a call with the key can show to be over. */
const ofTheKey: ReadonlySet<Meaning> = new Set(['key', 'permission', 'ip', 'account-mode']);

export interface VenueConditionPorts {
  exchange: string;
  hasKey: boolean;
  onWorse: (sentence: string, code: string | undefined) => void;
  onBetter: () => void;
}

/** Whether the venue works with us, as the last calls showed it. */
export interface VenueCondition {
  /** What a call came to: trouble, or undefined when it went well. */
  note(trouble: Trouble | undefined, kind: CallKind): void;
  /** What is wrong and what to do about it; undefined when nothing is. */
  readonly sentence: string | undefined;
}

export function createVenueCondition({ exchange, hasKey, onWorse, onBetter }: VenueConditionPorts): VenueCondition {
  let trouble: Trouble | undefined;

  const sentenceOf = (heardOf: Trouble): string => {
    const advice = adviceFor(heardOf, exchange);
    return advice === undefined ? heardOf.words : `${heardOf.words}: ${advice}`;
  };

  function noteWell(kind: CallKind): void {
    if (trouble === undefined) return;
    // What everybody is answered says nothing of the key.
    const isForAll = kind === 'market' || kind === 'setting';
    if (hasKey && isForAll && ofTheKey.has(trouble.meaning)) return;
    trouble = undefined;
    onBetter();
  }

  return {
    note(heardOf, kind) {
      if (heardOf === undefined) {
        noteWell(kind);
        return;
      }
      if (!lasting.has(heardOf.meaning)) return;
      if (trouble?.meaning !== heardOf.meaning) onWorse(sentenceOf(heardOf), heardOf.code);
      trouble = heardOf;
    },
    get sentence() {
      return trouble && sentenceOf(trouble);
    },
  };
}
