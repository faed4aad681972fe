/**
 * The two older frames that are still accepted at receipt (contract 4):
 * `{value, options:{connectorType, marketType, key, updateMoment}}`, and Nest's `{pattern, data}` around that or around
 * an envelope.
 */
import { createHash } from 'node:crypto';
import { isEventType } from '@inspector/contract';

type Fields = Record<string, unknown>;

/** The envelope inside; anything else comes back as it is, to be judged as an envelope. */
export function unwrapFrame(message: unknown, channel?: string): unknown {
  if (!isFields(message) || typeof message.type === 'string') return message;
  const { pattern, data } = message;
  return typeof pattern === 'string' && isFields(data) ? unwrapValue(data, pattern) : unwrapValue(message, channel);
}

function unwrapValue(message: Fields, channel: string | undefined): unknown {
  const { type, value, options } = message;
  if (typeof type === 'string' || !isFields(value) || !isFields(options)) return message;
  return fromValueFrame(value, options, channel);
}

/**
 * The frame carries no type, source or id of its own: the type is the channel's, else the key's; the source is what the
 * type begins with; the id is a hash of the content, so that the same frame twice is the same event twice.
 */
function fromValueFrame(value: Fields, options: Fields, channel: string | undefined): Fields {
  const { connectorType, marketType, key, updateMoment } = options;
  const type = channel ?? (typeof key === 'string' && isEventType(key) ? key : undefined);
  const payload: Fields = { ...value };
  payload.connectorType ??= connectorType;
  payload.marketType ??= marketType;
  if (typeof key === 'string' && key !== type && payload.symbol === undefined && isOfOneSymbol(type)) {
    payload.symbol = { name: key };
  }
  return {
    eventId: contentId(JSON.stringify([type, value, options])),
    type,
    source: type?.slice(0, type.indexOf('_')),
    timestamp: updateMoment,
    payload,
  };
}

function isOfOneSymbol(type: string | undefined): boolean {
  return type?.startsWith('PROVIDER_MARKETDATA_') ?? false;
}

/** A UUID (version 8: vendor-specific) made from a content hash. */
function contentId(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
