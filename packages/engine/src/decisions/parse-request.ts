/**
 * Reads an open request as it was received. Whatever is wrong with it is a decision (REQUEST_INVALID), not an error, so
 * this never throws and names the first field that is wrong.
 */
import type { ParsedRequest } from './entry.ts';

const MAX_NAME_LENGTH = 256;

type Raw = Record<string, unknown>;

export function parseOpenRequest(raw: Raw, isDetectorNeeded = true): ParsedRequest {
  const symbol = raw.symbol;
  const symbolName = isObject(symbol) ? symbol.name : undefined;
  const parsed: ParsedRequest = {
    problem: '',
    requestId: String(raw.requestId),
    connectorType: text(raw.connectorType),
    marketType: text(raw.marketType),
    accountId: typeof raw.accountId === 'string' && raw.accountId !== '' ? raw.accountId : undefined,
    symbolName: text(symbolName),
    side: raw.side === 'SHORT' ? 'SHORT' : 'LONG',
    quantity: number(raw.quantity),
    sizePercent: number(raw.sizePercent),
    limitPrice: number(raw.price),
    stopLoss: number(raw.stopLoss),
    takeProfit: number(raw.takeProfit),
    leverage: number(raw.leverage),
    expectedRoiPercent: number(raw.expectedRoiPercent),
    detectorSysname: text(raw.detectorSysname),
    expiresAt: number(raw.expiresAt),
  };
  parsed.problem = problemOf(raw, parsed, isDetectorNeeded);
  return parsed;
}

function problemOf(raw: Raw, parsed: ParsedRequest, isDetectorNeeded: boolean): string {
  if (parsed.connectorType === '') return 'connectorType is missing or no name';
  if (parsed.marketType === '') return 'marketType is missing or no name';
  if (parsed.symbolName === '') return 'symbol.name is missing or no name';
  if (raw.side !== 'LONG' && raw.side !== 'SHORT') return 'side is neither LONG nor SHORT';
  if (isDetectorNeeded && parsed.detectorSysname === '') return 'detectorSysname is missing or no name';
  if (raw.accountId !== undefined && parsed.accountId === undefined) return 'accountId is no name';
  for (const field of ['quantity', 'sizePercent', 'price', 'stopLoss', 'takeProfit', 'leverage'] as const) {
    const problem = positiveProblem(field, raw[field]);
    if (problem !== '') return problem;
  }
  for (const field of ['expectedRoiPercent', 'expiresAt'] as const) {
    if (raw[field] !== undefined && !Number.isFinite(raw[field])) return `${field} is no finite number`;
  }
  if (raw.quantity !== undefined && raw.sizePercent !== undefined) return 'quantity and sizePercent exclude each other';
  return '';
}

function positiveProblem(field: string, value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${field} is no finite number`;
  return value > 0 ? '' : `${field} is not above 0`;
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
