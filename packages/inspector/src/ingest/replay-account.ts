import { describeErrors, type ReplayAccountLine, ReplayAccountLineSchema } from '@inspector/contract';
import { Compile } from 'typebox/compile';

const validator = Compile(ReplayAccountLineSchema);

/** A REPLAY_ACCOUNT line as parsed: the account at the start, or what is wrong with it. */
export function readReplayAccount(line: unknown): { account: ReplayAccountLine['payload'] } | { fault: string } {
  if (validator.Check(line)) return { account: line.payload };
  const violations = describeErrors(validator.Errors(line)).map(({ path, message }) => `${path} ${message}`);
  return { fault: violations.join('; ') };
}
