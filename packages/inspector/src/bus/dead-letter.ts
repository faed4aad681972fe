import { SAMPLE_LIMIT } from './bounds.ts';

export const deadLetterCodes = {
  TOO_LARGE: 'The message is larger than 1 MiB.',
  ENVELOPE_INVALID: 'The message is no event envelope, and no older frame around one.',
  TYPE_UNKNOWN: 'There is no event of that type.',
  SOURCE_MISMATCH: "The event's type does not begin with its source.",
  PAYLOAD_INVALID: 'The payload does not fit the type.',
  HANDLER_FAILED: 'The event was delivered again and again and its handler failed each time.',
} as const;

export type DeadLetterCode = keyof typeof deadLetterCodes;

export const isDeadLetterCode = (code: string): code is DeadLetterCode => Object.hasOwn(deadLetterCodes, code);

/** A message that nobody will act on, with what is known of it. */
export interface DeadLetter {
  code: DeadLetterCode;
  reason: string;
  eventType?: string;
  eventId?: string;
  /** The message's beginning, at most `SAMPLE_LIMIT` characters. */
  sample: string;
}

export function deadLetter(code: DeadLetterCode, reason: string, message: unknown): DeadLetter {
  const letter: DeadLetter = { code, reason, sample: sampleOf(message) };
  if (typeof message !== 'object' || message === null) return letter;
  const { type, eventId } = message as { type?: unknown; eventId?: unknown };
  if (typeof type === 'string') letter.eventType = type.slice(0, SAMPLE_LIMIT);
  if (typeof eventId === 'string') letter.eventId = eventId.slice(0, SAMPLE_LIMIT);
  return letter;
}

function sampleOf(message: unknown): string {
  if (typeof message === 'string') return message.slice(0, SAMPLE_LIMIT);
  try {
    return (JSON.stringify(message) ?? String(message)).slice(0, SAMPLE_LIMIT);
  } catch {
    return '(cannot be shown)'; // a cycle, a BigInt: only an in-process publisher can make one
  }
}
