import { createHash } from 'node:crypto';

/**
 * One commit of the acting instance, as a standby applies it: the same inputs give it the same engine, the same records
 * and the same store.
 */
export interface Frame {
  /** Fencing epoch of the instance that made it. */
  epoch: number;
  /** Number of its first input; frames follow each other without a hole. */
  firstInput: number;
  inputCount: number;
  /** `now` of its last input. */
  now: number;
  /** As `createInputEncoder` wrote them. */
  inputs: Uint8Array;
  /** The records that the inputs gave, as the JSON lines that are stored. */
  lines: readonly string[];
  /** Values that hold from this commit on. */
  meta: Readonly<Record<string, string>>;
  /** The chain up to the frame before, `CHAIN_START` for the first of all. */
  previous: string;
  /** The chain up to this frame: equal for stores that hold the same commits. */
  chain: string;
}

export const CHAIN_START = '';

/** Bytes of the hash that are kept, as hexadecimal digits: 64 bits tell two histories of one Inspector apart. */
const CHAIN_DIGITS = 16;

/** The chain after a commit: a hash over the chain before it, its inputs and its records. */
export function chainOf(previous: string, inputs: Uint8Array, lines: readonly string[]): string {
  const hash = createHash('sha256').update(`${previous}|${inputs.byteLength}|${lines.length}|`).update(inputs);
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest('hex').slice(0, CHAIN_DIGITS);
}

/** Number of its last input. */
export const lastInputOf = ({ firstInput, inputCount }: Frame): number => firstInput + inputCount - 1;
