/**
 * Reads an open request as it was received. Whatever is wrong with it is a decision (REQUEST_INVALID), not an error, so
 * this never throws and names the first field that is wrong.
 */
import type { ParsedRequest } from './entry.ts';

const MAX_NAME_LENGTH = 256;

type Raw = Record<string, unknown>;

/** Reads into `parsed`, which a caller may use again and again, and returns it. */
export function parseOpenRequest(raw: Raw, isDetectorNeeded = true, parsed = createParsedRequest()): ParsedRequest {
  // Each field is read once, by name: requests differ in shape, and a field looked up by a variable costs far more.
  const { requestId, symbol, side, accountId, quantity, sizePercent, price, stopLoss, takeProfit } = raw;
  const { leverage, expectedRoiPercent, expiresAt } = raw;
  parsed.problem = '';
  parsed.requestId = typeof requestId === 'string' ? requestId : String(requestId);
  parsed.connectorType = text(raw.connectorType);
  parsed.marketType = text(raw.marketType);
  parsed.accountId = typeof accountId === 'string' && accountId !== '' ? accountId : undefined;
  parsed.symbolName = isObject(symbol) ? text(symbol.name) : '';
  parsed.side = side === 'SHORT' ? 'SHORT' : 'LONG';
  parsed.quantity = number(quantity);
  parsed.sizePercent = number(sizePercent);
  parsed.limitPrice = number(price);
  parsed.stopLoss = number(stopLoss);
  parsed.takeProfit = number(takeProfit);
  parsed.leverage = number(leverage);
  parsed.expectedRoiPercent = number(expectedRoiPercent);
  parsed.detectorSysname = text(raw.detectorSysname);
  parsed.expiresAt = number(expiresAt);
  if (parsed.connectorType === '') parsed.problem = 'connectorType is missing or no name';
  else if (parsed.marketType === '') parsed.problem = 'marketType is missing or no name';
  else if (parsed.symbolName === '') parsed.problem = 'symbol.name is missing or no name';
  else if (side !== 'LONG' && side !== 'SHORT') parsed.problem = 'side is neither LONG nor SHORT';
  else if (isDetectorNeeded && parsed.detectorSysname === '') parsed.problem = 'detectorSysname is missing or no name';
  else if (accountId !== undefined && parsed.accountId === undefined) parsed.problem = 'accountId is no name';
  else if (!isPositiveOrAbsent(quantity)) parsed.problem = positiveProblem('quantity', quantity);
  else if (!isPositiveOrAbsent(sizePercent)) parsed.problem = positiveProblem('sizePercent', sizePercent);
  else if (!isPositiveOrAbsent(price)) parsed.problem = positiveProblem('price', price);
  else if (!isPositiveOrAbsent(stopLoss)) parsed.problem = positiveProblem('stopLoss', stopLoss);
  else if (!isPositiveOrAbsent(takeProfit)) parsed.problem = positiveProblem('takeProfit', takeProfit);
  else if (!isPositiveOrAbsent(leverage)) parsed.problem = positiveProblem('leverage', leverage);
  else if (!isFiniteOrAbsent(expectedRoiPercent)) parsed.problem = 'expectedRoiPercent is no finite number';
  else if (!isFiniteOrAbsent(expiresAt)) parsed.problem = 'expiresAt is no finite number';
  else if (quantity !== undefined && sizePercent !== undefined)
    parsed.problem = 'quantity and sizePercent exclude each other';
  return parsed;
}

/** Empty; its numbers are NaN, so that they are written in place (see `createEntry`). */
export function createParsedRequest(): ParsedRequest {
  const unset = Number.NaN;
  return {
    problem: '',
    requestId: '',
    connectorType: '',
    marketType: '',
    accountId: undefined,
    symbolName: '',
    side: 'LONG',
    quantity: unset,
    sizePercent: unset,
    limitPrice: unset,
    stopLoss: unset,
    takeProfit: unset,
    leverage: unset,
    expectedRoiPercent: unset,
    detectorSysname: '',
    expiresAt: unset,
  };
}

/** Not given, or a finite number above 0. */
function isPositiveOrAbsent(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY);
}

/** Not given, or a finite number. */
function isFiniteOrAbsent(value: unknown): boolean {
  return value === undefined || Number.isFinite(value);
}

function positiveProblem(field: string, value: unknown): string {
  return Number.isFinite(value) ? `${field} is not above 0` : `${field} is no finite number`;
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  return typeof value === 'string' && value.length <= MAX_NAME_LENGTH ? value : '';
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
