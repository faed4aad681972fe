import type { AuditRecord, AuditRecordOf, PositionRuntimeState } from '@inspector/contract';
import type { Tone } from '#design/tone.ts';
import { constantInWords } from '#words/constant-in-words.ts';

/** Something that happened to a position or was decided about its symbol. */
export interface PositionEvent {
  seq: number;
  ts: number;
  kind: 'decision' | 'fill' | 'protection' | 'close' | 'position' | 'naked';
  /** In a few words: "Fill, entry", "Stop moved". */
  title: string;
  /** The record in a sentence. */
  message: string;
  price: number | null;
  quantity: number | null;
  /** Of a fill or an allowed decision: up buys, down sells. */
  direction: 'up' | 'down' | null;
  tone: Tone;
  /** Of a stop or target that works, or works no more. */
  level: OrderLevel | null;
}

/** An order that holds a level at the venue; price null: it ended. */
export interface OrderLevel {
  of: 'stop' | 'target';
  positionId: string | undefined;
  orderId: string;
  price: number | null;
}

type Position = Pick<PositionRuntimeState, 'accountKey' | 'symbol'>;

/** Whether a record belongs beside the chart of a position. */
export const isOfPosition = (record: AuditRecord, { accountKey, symbol }: Position): boolean =>
  record.symbol === symbol && record.accountKey === accountKey;

/** What a record says about a position; undefined for kinds that say nothing here. */
export function positionEvent(record: AuditRecord): PositionEvent | undefined {
  const base = {
    seq: record.seq,
    ts: record.ts,
    message: record.message,
    price: null,
    quantity: null,
    direction: null,
    level: null,
  };
  switch (record.kind) {
    case 'REQUEST_DECIDED':
      return { ...base, ...decisionLook(record) };
    case 'ORDER_RESULT':
      return fillOf(record, base);
    case 'PROTECTION_PLACED':
    case 'PROTECTION_MOVED':
    case 'PROTECTION_CANCELLED':
    case 'PROTECTION_FAILED': {
      const { price, quantity } = record.data as AuditRecordOf<'PROTECTION_PLACED'>['data'];
      const tone = record.kind === 'PROTECTION_FAILED' ? 'bad' : 'calm';
      const level = levelOf(record);
      return { ...base, kind: 'protection', title: protectionTitle(record), price, quantity, tone, level };
    }
    case 'NAKED_EXPOSURE':
      return { ...base, kind: 'naked', title: `Without protection: ${record.code.toLowerCase()}`, tone: 'bad' };
    case 'CLOSE_REQUESTED':
      return { ...base, kind: 'close', title: `Close asked for: ${constantInWords(record.code)}`, tone: 'warn' };
    case 'CLOSE_DEFERRED':
      return { ...base, kind: 'close', title: 'Close waits for a better book', tone: 'warn' };
    case 'POSITION_OPENED':
      return { ...base, kind: 'position', title: 'Opened', tone: 'accent' };
    case 'POSITION_CLOSED': {
      const { exitPrice, quantity } = record.data as AuditRecordOf<'POSITION_CLOSED'>['data'];
      return {
        ...base,
        kind: 'position',
        title: `Closed: ${constantInWords(record.code)}`,
        price: exitPrice,
        quantity,
        tone: 'accent',
      };
    }
    default:
      return undefined;
  }
}

function decisionLook({
  code,
  data,
}: AuditRecord): Pick<PositionEvent, 'kind' | 'title' | 'direction' | 'tone' | 'price'> {
  const { decision, request, exit, inputs } = data as Partial<AuditRecordOf<'REQUEST_DECIDED'>['data']>;
  const side = request?.side;
  const isAllowed = decision === 'ALLOW';
  const isBuy = (side === 'LONG') !== (exit === true);
  const what = exit === true ? 'exit' : 'entry';
  return {
    kind: 'decision',
    title: isAllowed ? `Allowed ${what}` : `Refused ${what}: ${code}`,
    direction: typeof side === 'string' ? (isBuy ? 'up' : 'down') : null,
    tone: isAllowed ? 'good' : 'alert',
    price: typeof inputs?.price === 'number' ? inputs.price : null,
  };
}

type Base = Pick<PositionEvent, 'seq' | 'ts' | 'message' | 'price' | 'quantity' | 'direction' | 'level'>;

function fillOf(record: AuditRecord, base: Base): PositionEvent | undefined {
  const { status, quantityExecuted, priceExecuted, side, purpose } =
    record.data as AuditRecordOf<'ORDER_RESULT'>['data'];
  if (status === 'REJECTED') {
    return { ...base, kind: 'protection', title: `Rejected: ${purpose.toLowerCase()} order`, tone: 'bad' };
  }
  if (!(quantityExecuted > 0) || (status !== 'FILLED' && status !== 'PARTIALLY_FILLED')) return undefined;
  const part = status === 'PARTIALLY_FILLED' ? ', in part' : '';
  return {
    ...base,
    kind: 'fill',
    title: `Fill of ${purpose.toLowerCase()}${part}`,
    price: priceExecuted > 0 ? priceExecuted : null,
    quantity: quantityExecuted,
    direction: side === 'BUY' ? 'up' : 'down',
    tone: side === 'BUY' ? 'good' : 'bad',
  };
}

function levelOf({ kind, code, positionId, data }: AuditRecord): OrderLevel {
  const { price, clientOrderId } = data as AuditRecordOf<'PROTECTION_PLACED'>['data'];
  const works = kind === 'PROTECTION_PLACED' || kind === 'PROTECTION_MOVED';
  return { of: code === 'TARGET' ? 'target' : 'stop', positionId, orderId: clientOrderId, price: works ? price : null };
}

function protectionTitle({ kind, code }: AuditRecord): string {
  const what = code === 'TARGET' ? 'Target' : 'Stop';
  switch (kind) {
    case 'PROTECTION_PLACED':
      return `${what} works`;
    case 'PROTECTION_MOVED':
      return `${what} moved`;
    case 'PROTECTION_CANCELLED':
      return `${what} cancelled`;
    default:
      return `${what} failed`;
  }
}
