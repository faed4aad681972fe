import type { AuditRecord } from '@inspector/contract';
import { codeName } from '#words/code-names.ts';
import { kindName } from './kind-looks.ts';

const purposes: Readonly<Record<string, string>> = {
  ENTRY: 'Entry order',
  STOP: 'Stop order',
  TARGET: 'Target order',
  CLOSE: 'Closing order',
  CANCEL: 'Cancel',
};

const statuses: Readonly<Record<string, string>> = {
  NEW: 'works at the venue',
  PARTIALLY_FILLED: 'partly filled',
  FILLED: 'filled',
  CANCELED: 'cancelled',
  REJECTED: 'rejected',
  EXPIRED: 'expired',
  UNKNOWN: 'in doubt',
};

const verdicts: Readonly<Record<string, string>> = { ALLOW: 'allowed', BLOCK: 'refused', THROTTLE: 'dropped' };

/** A record as a line of a story: "Stop order works at the venue". */
export function stepTitle({ kind, code, data }: AuditRecord): string {
  const order = purposes[String(data.purpose)] ?? 'Order';
  const level = code === 'TARGET' ? 'Target' : 'Stop';
  switch (kind) {
    case 'REQUEST_DECIDED':
      return `${requestName(data)} ${verdicts[String(data.decision)] ?? 'decided'}${code === 'OK' ? '' : `: ${codeName(code)}`}`;
    case 'ORDER_INTENT':
      return `${order} written down`;
    case 'ORDER_SENT':
      return `${order} sent`;
    case 'ORDER_RESULT':
      return `${order} ${statuses[code] ?? code}`;
    case 'ORDER_UNKNOWN':
      return `${order} in doubt`;
    case 'POSITION_OPENED':
      return `Position opened${code === 'LEGACY' ? ', legacy' : ''}`;
    case 'POSITION_UPDATED':
      return 'Position changed';
    case 'POSITION_CLOSED':
      return `Position closed: ${codeName(code)}`;
    case 'CLOSE_REQUESTED':
      return `Close asked for: ${codeName(code)}`;
    case 'CLOSE_DEFERRED':
      return `Close waits: ${codeName(code)}`;
    case 'PROTECTION_PLACED':
      return `${level} works`;
    case 'PROTECTION_MOVED':
      return `${level} moved`;
    case 'PROTECTION_CANCELLED':
      return `${level} cancelled`;
    case 'PROTECTION_FAILED':
      return `${level} failed`;
    default:
      return kindName(kind);
  }
}

function requestName({ exit, check, request }: Readonly<Record<string, unknown>>): string {
  const side = typeof request === 'object' && request !== null && 'side' in request ? ` ${String(request.side)}` : '';
  if (exit === true) return `Request to leave${side}`;
  return `${check === true ? 'Check of an entry' : 'Request to open'}${side}`;
}
