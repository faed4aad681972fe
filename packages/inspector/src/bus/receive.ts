/** Receipt: whatever comes in becomes an envelope or a dead letter, in one place for every bus and for replay. */
import { type Envelope, type FieldError, isEventType, mayPublish, validateEnvelope } from '@inspector/contract';
import { MESSAGE_LIMIT_BYTES } from './bounds.ts';
import { type DeadLetter, deadLetter, isDeadLetterCode } from './dead-letter.ts';
import { unwrapFrame } from './unwrap-frame.ts';

/** `candidate` is the refused message without its older frame, where it was JSON at all. */
export type Received = { ok: true; envelope: Envelope } | { ok: false; deadLetter: DeadLetter; candidate: unknown };

/** Violations that a dead letter's reason names; the rest is counted. */
const NAMED_VIOLATIONS = 3;

/**
 * `message` is JSON text, its bytes, or a parsed object; `channel` is the event type that the transport names, for older
 * frames that do not. Unknown fields are kept.
 */
export function receiveEnvelope(message: unknown, channel?: string): Received {
  if (typeof message !== 'string' && !(message instanceof Uint8Array)) return admit(unwrapFrame(message, channel));
  const text = () => (typeof message === 'string' ? message : Buffer.from(message).toString());
  const bytes = sizeOf(message);
  if (bytes > MESSAGE_LIMIT_BYTES) {
    return refused(deadLetter('TOO_LARGE', `${bytes} bytes, at most ${MESSAGE_LIMIT_BYTES}`, text()));
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text());
  } catch {
    return refused(deadLetter('ENVELOPE_INVALID', 'not JSON', text()));
  }
  return admit(unwrapFrame(parsed, channel));
}

/** A character is at most three bytes, so most texts need not be counted. */
function sizeOf(message: string | Uint8Array): number {
  if (typeof message !== 'string') return message.byteLength;
  return message.length * 3 <= MESSAGE_LIMIT_BYTES ? message.length : Buffer.byteLength(message);
}

function admit(candidate: unknown): Received {
  // Before the envelope's shape: a source that does not exist is a mismatch too, and the worse of the two.
  const { type, source } = (candidate ?? {}) as { type?: unknown; source?: unknown };
  if (typeof type === 'string' && typeof source === 'string' && isEventType(type) && !mayPublish(source, type)) {
    return refused(
      deadLetter('SOURCE_MISMATCH', `${source.slice(0, 64)} may not publish ${type}`, candidate),
      candidate,
    );
  }
  const check = validateEnvelope(candidate);
  if (check.ok) return { ok: true, envelope: check.envelope };
  const code = isDeadLetterCode(check.code) ? check.code : 'ENVELOPE_INVALID';
  return refused(deadLetter(code, describe(check.message, check.errors), candidate), candidate);
}

function describe(message: string, errors: readonly FieldError[]): string {
  const named = errors.slice(0, NAMED_VIOLATIONS).map(({ path, message }) => `${path} ${message}`);
  if (errors.length > NAMED_VIOLATIONS) named.push(`and ${errors.length - NAMED_VIOLATIONS} more`);
  return named.length === 0 ? message : `${message}: ${named.join('; ')}`;
}

function refused(letter: DeadLetter, candidate?: unknown): Received {
  return { ok: false, deadLetter: letter, candidate };
}
