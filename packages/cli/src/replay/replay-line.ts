/** One line of an event file, told apart from the others. */
import type { ReplayAccountLine } from '@inspector/contract';
import { MESSAGE_LIMIT_BYTES, unwrapFrame } from '@inspector/inspector/bus';
import { readReplayAccount } from '@inspector/inspector/ingest';
import { lineError } from './replay-error.ts';

export type ReplayLine =
  | { kind: 'account'; now: number; account: ReplayAccountLine['payload'] }
  | { kind: 'clock'; now: number }
  | { kind: 'command'; now: number; payload: unknown }
  | { kind: 'event'; now: number; message: unknown };

/**
 * Parses a line; `number` counts from 1. Throws a ReplayError (3) for what is not JSON or no envelope: an object with a
 * `type` and a `timestamp`. Whatever else is wrong with an event is for the bus's rules, which dead-letter it.
 */
export function parseReplayLine(line: Buffer, number: number): ReplayLine {
  const text = line.toString();
  const parsed = unwrapFrame(parseJson(text, number));
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw lineError(number, 'not an envelope');
  const { type, timestamp: now, payload } = parsed as { type?: unknown; timestamp?: unknown; payload?: unknown };
  if (typeof type !== 'string') throw lineError(number, 'not an envelope: it has no type');
  if (typeof now !== 'number' || !Number.isFinite(now) || now < 0) {
    throw lineError(number, 'not an envelope: timestamp is not a time in Unix milliseconds');
  }
  switch (type) {
    case 'CLOCK':
      return { kind: 'clock', now };
    case 'COMMAND':
      return { kind: 'command', now, payload };
    case 'REPLAY_ACCOUNT': {
      const read = readReplayAccount(parsed);
      if ('fault' in read) throw lineError(number, `REPLAY_ACCOUNT: ${read.fault}`);
      return { kind: 'account', now, account: read.account };
    }
    default:
      return { kind: 'event', now, message: line.length > MESSAGE_LIMIT_BYTES ? text : parsed };
  }
}

function parseJson(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw lineError(number, `not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
