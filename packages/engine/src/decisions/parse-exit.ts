/** Reads a close, reduce or flip request as it was received; what is wrong with it is a decision. */
import type { ParsedRequest } from './entry.ts';
import { parseOpenRequest } from './parse-request.ts';

type Raw = { requestId: string } & Record<string, unknown>;

/** Only what says which position is left, and how much of it, can make an exit invalid: a flip's levels are its entry's. */
export function parseExit(raw: Raw, type: 'close' | 'reduce' | 'flip'): ParsedRequest {
  const { requestId, connectorType, marketType, accountId, symbol, side, quantity, detectorSysname } = raw;
  const exit: Raw = { requestId, connectorType, marketType, symbol, side };
  if (accountId !== undefined) exit.accountId = accountId;
  if (quantity !== undefined && type !== 'flip') exit.quantity = quantity;
  if (typeof detectorSysname === 'string') exit.detectorSysname = detectorSysname;
  const parsed = parseOpenRequest(exit, false);
  if (parsed.problem === '' && type === 'reduce' && quantity === undefined) parsed.problem = 'quantity is missing';
  return parsed;
}
