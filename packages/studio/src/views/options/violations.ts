import { sentenceCase } from '#words/sentence-case.ts';
import { boundWords, numberWords } from './field-value.ts';
import type { FormField } from './form-field.ts';
import { windowViolations } from './no-trade-window.ts';
import { type Json, pointerOf, type Steps } from './option-tree.ts';

/** What is wrong with one place of the options. */
export interface Violation {
  /** JSON pointer into the options. */
  pointer: string;
  message: string;
}

/** What the page sees by itself; the server judges again, and the rules between fields are the server's alone. */
export function violationsOf(field: FormField, value: Json, steps: Steps = field.steps): Violation[] {
  const at = (message: string, ...more: string[]): Violation => ({ pointer: pointerOf([...steps, ...more]), message });
  switch (field.kind) {
    case 'number':
    case 'integer':
      return numberFaults(field, value).map((message) => at(message));
    case 'until': {
      if (field.values.includes(String(value))) return [];
      const { maximum } = field;
      const isFit = typeof value === 'number' && value > 0 && (maximum === null || value <= maximum);
      return isFit ? [] : [at(`Seconds above 0${maximum === null ? '' : `, up to ${numberWords(maximum)}`}.`)];
    }
    case 'enum':
      return field.values.includes(String(value)) ? [] : [at(`One of ${field.values.join(', ')}.`)];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [at('Yes or no.')];
    case 'text':
      return textFaults(field, value).map((message) => at(message));
    case 'list': {
      const tooMany = Array.isArray(value) && field.maxItems !== null && value.length > field.maxItems;
      return tooMany ? [at(`At most ${numberWords(field.maxItems ?? 0)} entries.`)] : [];
    }
    case 'windows':
      return (Array.isArray(value) ? (value as readonly Json[]) : []).flatMap((window, index) =>
        windowViolations(window).map(({ name, message }) => at(message, String(index), name)),
      );
  }
}

function numberFaults(field: FormField, value: Json): string[] {
  const whole = field.kind === 'integer' ? 'A whole number' : 'A number';
  const bounds = boundWords(field);
  const wanted = `${whole}${bounds === '' ? '' : `, ${bounds}`}${field.zeroIsOff ? '; 0 or “off” switches it off' : ''}.`;
  const { minimum, exclusiveMinimum, maximum } = field;
  const isFit =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (field.kind === 'number' || Number.isInteger(value)) &&
    (minimum === null || value >= minimum) &&
    (exclusiveMinimum === null || value > exclusiveMinimum) &&
    (maximum === null || value <= maximum);
  return isFit ? [] : [wanted];
}

function textFaults(field: FormField, value: Json): string[] {
  if (typeof value !== 'string') return ['A text.'];
  if (field.pattern !== null && !new RegExp(field.pattern, 'u').test(value)) return [expected(field)];
  if (field.maxLength !== null && value.length > field.maxLength) return [`At most ${field.maxLength} characters.`];
  return [];
}

const expected = ({ expects }: FormField): string =>
  expects === null ? 'Does not have the form that is asked for.' : `${sentenceCase(expects)}.`;

/** The server's violations name the body; here they name the options. */
export const fromServer = (errors: readonly { path: string; message: string }[]): Violation[] =>
  errors.map(({ path, message }) => ({ pointer: path.replace(/^\/options(?=\/|$)/, ''), message: sentence(message) }));

const sentence = (message: string): string => {
  const text = sentenceCase(message);
  return /[.!?]$/.test(text) ? text : `${text}.`;
};

/** Whether a violation belongs to the field at those steps: to itself or to something in it. */
export const belongsTo = ({ pointer }: Violation, steps: Steps): boolean => {
  const own = pointerOf(steps);
  return pointer === own || pointer.startsWith(`${own}/`);
};
